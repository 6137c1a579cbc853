"""Contested answers and findings: `terms.py` says who may, until when and who may rule; pure.

`about.py` reads what is contested; `open.py`, `rule.py` and `withdraw.py` are the verbs, `views.py`
is what is shown. Every step is in the log of changes (`model/audit.py`), in the same transaction.
"""
