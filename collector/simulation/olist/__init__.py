"""Olist's published orders and answers as input of a replay, and the check on its end.

Next: `files.py` (CSV → events and answers), `ledger.py` (accounts for every review), `plain.py` and
`by_hand.py` (the same figures and decisions worked out apart, sharing no code), `report.py`.
Data: Olist, CC BY-NC-SA 4.0, not part of this project.
"""
