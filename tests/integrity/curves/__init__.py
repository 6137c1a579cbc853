"""Curves held at a few points: `benchmarks/integrity/curves/` prints them whole."""
