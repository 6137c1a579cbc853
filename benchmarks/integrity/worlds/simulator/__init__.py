"""The first simulator as a world: its people live in `benchmarks/integrity/simulator/`."""
