"""A made-up week of a made-up shop, played through the real pipeline.

Next: `run.py`, `week.py` (what happened), `customers.py` (who answered what), `gaming.py` (who
gamed), `play.py`,
`report.py` (the tables); `workspace/` holds the shop's surveys and rules.
"""
