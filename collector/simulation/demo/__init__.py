"""A made-up week of a made-up shop, played through the real pipeline for `collector demo`.

Next: `week.py` (what happened), `customers.py` (who answered what), `play.py`, `report.py`.
"""
