"""Mail over a real SMTP server."""
