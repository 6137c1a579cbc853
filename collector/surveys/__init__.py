"""WHAT IS ASKED: metrics and their KPIs, wording per locale, the versions of a survey.

May use `model/`. Next: `metrics.py` (NPS, CSAT, CES; pure), `definitions.py` (what a survey may
say; pure), `wording.py`, `apply.py` (the verb), `catalog.py` (reading).
"""
