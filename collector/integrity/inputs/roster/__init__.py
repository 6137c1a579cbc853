"""Who works where, since when, and with which contact points (as keyed hashes).

`reading.py` says what can be used (pure), `replace.py` is the verb, `current.py` answers questions:
who supervises whom, what the roster holds now. The table is `model/roster.py`.
"""
