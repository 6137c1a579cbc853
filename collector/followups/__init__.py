"""LOW SCORE → CLOSED LOOP: a low answer opens a case with an owner and a deadline.

May use `integrity/` and all before it. Next: `cases.py` (which answers; pure), `open.py` and
`close.py` (the verbs).
"""
