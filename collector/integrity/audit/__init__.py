"""`collector audit`: past exports in, verdicts, findings, cleaned KPIs and a report out. No
database.

`columns.py` says what is expected, `parse.py` makes rows of it, `scratch.py` joins them on disk,
`run.py` drives the engine, `writing.py` and `report.py` write.
"""
