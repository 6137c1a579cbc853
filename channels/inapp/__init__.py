"""Asking inside the product: the message row is the inbox that the widget reads."""
