"""What would this rule have done? A dry run over recorded events, with the real gates.

Writes nothing to the database. Next: `plan.py` (what is asked), `run.py` (plays it), `window.py`
(the events), `page.py` and `recorded.py` (the people as they were), `tally.py` (counts).
"""
