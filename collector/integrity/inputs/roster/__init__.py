"""Who works where, since when, and with which contact points (as keyed hashes).

Next: `reading.py` (what can be used; pure), `replace.py` (the verb), `current.py` (who supervises
whom, what the roster holds now).
"""
