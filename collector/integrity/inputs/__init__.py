"""What others say that the engine weighs: the roster (who works where) and signals (complaints,
refunds).

Verbs that keep what is sent; the engine hears of it through `integrity/evidence/`. Next:
`signals/receive.py`, `roster/replace.py`.
"""
