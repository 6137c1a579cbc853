"""The second simulator as a world: its people live in `benchmarks/integrity/foreign/`."""
