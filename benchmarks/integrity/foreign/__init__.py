"""A second simulator, of other people with other habits: so that nothing fits one world only.

Shares no code and no figure with `benchmarks/integrity/simulator/`. Start: `quarter.py`.
"""
