"""What each gate of a check makes of values on either side of it, and at it."""
