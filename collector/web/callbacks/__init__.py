"""What providers call: signature checked, then one verb."""
