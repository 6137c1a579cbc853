"""LOW SCORE → CLOSED LOOP: a low answer opens a case with an owner and a deadline.

`cases.py` is pure, `open.py` and `close.py` are the verbs. Imported by `exports` and everything
above it.
"""
