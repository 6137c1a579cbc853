"""A person says stop, an address bounces, somebody complains: who must not be written to, and why.

Part of `invitations/`. Next: `stop.py` (the verb), `words.py` (what counts as stop), `bounces.py`.
"""
