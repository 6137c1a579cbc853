"""Channels against real servers on loopback."""
