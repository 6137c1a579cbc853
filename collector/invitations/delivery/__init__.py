"""How a claimed message gets to its provider: what is read, marked, called and written, in batches.

`hand_over.py` runs it, `lanes.py` says how many at once, `callers.py` are the threads, `turns.py`
and `taken.py` the transactions, `due_asks.py` the rows of a claim. Uses `invitations/` and what
that may use; only `send`, `claims` and `outcomes` use it. Next: `../send.py`.
"""
