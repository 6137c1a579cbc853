"""What providers call."""
