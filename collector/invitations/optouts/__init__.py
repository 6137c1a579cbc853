"""Who must not be written to: a person says stop, an address bounces, somebody complains.

Part of `invitations/`. Next: `optout.py` (the verbs), `words.py` (what counts as stop),
`bounces.py` (what comes back by mail), `suppressions.py`, `preferences.py` (what a person chose).
"""
