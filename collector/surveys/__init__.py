"""WHAT IS ASKED: metrics and their KPIs, wording per locale, the catalog of survey versions.

`metrics.py`, `wording.py`, `fields.py` and `definitions.py` are pure. `apply.py` is the verb that
writes versions, `catalog.py` reads them. Every later stage may import this; this imports `model`.
"""
