"""Why was this person asked, or not: every gate in words, what came of it, when they could be.

Reads only. Next: `event.py` and `person.py` (one answer each), `sentences.py`, `gate_report.py` and
`next_time.py` (pure), `aftermath.py` (what happened later).
"""
