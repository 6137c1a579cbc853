"""DECISION → MESSAGE: an invitation goes out as a message; what became of it is written down.

May use `intake/`, `triggers/` and all before them, and `channels/`. Verbs: `claims.py` and
`send.py` (quiet hours are asked again here), `escalate.py` (next channel, reminder), `receipts.py`,
`reconcile.py`, `lapse.py`. Pure: `schedule.py`, `compose.py`. `optouts/`: stop, bounces.
"""
