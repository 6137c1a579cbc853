"""Why was this person asked, or not: every gate in words, what came of it, when they could be.

`sentences.py`, `gate_report.py` and `next_time.py` are pure; `aftermath.py` loads what happened
later; `event.py` and `person.py` answer for one event and for one person. Reads only. Used by the
API, the command line and the console.
"""
