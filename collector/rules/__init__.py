"""WHEN TO ASK: what a rule may say, its versions, its condition (CEL) and what that may cost.

A rule is checked here before it is taken into use; who is asked by it is decided in `triggers/`.
May use `surveys/` and the tables. Next: `definition.py` (the parts), `apply.py` (the verb).
"""
