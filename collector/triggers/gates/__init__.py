"""The gates between an event and an invitation: each pure, with its reason code and figures.

Next: `situation.py` (what they look at), `order.py` (the order in which they are asked), then one
gate a file. The codes: `triggers/reasons.py`.
"""
