"""How senders stand with their providers."""
