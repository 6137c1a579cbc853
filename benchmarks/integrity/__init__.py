"""How well the integrity engine tells gamed answers from honest ones. Start: `bench.py`."""
