"""WHEN TO ASK: what a rule may say, its versions, its condition (CEL) and what that may cost.

May use `surveys/`. A rule is checked and stored here; who is asked by it is decided in `triggers/`.
Next: `definition.py` (all parts), `timing.py`, `contact_policy.py` (caps, control, quotas),
`conditions.py`, `apply.py` and `change.py` (the verbs).
"""
