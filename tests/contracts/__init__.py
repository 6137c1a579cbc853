"""One contract, every channel, every export."""
