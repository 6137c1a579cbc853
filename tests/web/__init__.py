"""What the world can call."""
