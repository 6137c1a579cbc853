"""The addresses that take in what happened."""
