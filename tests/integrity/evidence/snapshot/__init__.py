"""The engine's state in a file: what comes back, and what is never trusted."""
