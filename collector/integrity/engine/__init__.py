"""The offline engine: judges a stream of answers from who used what, and subjects from their sums.

Pure: no Flask, no session, no files; time is what the records say. `engine.py` runs it,
`running_statistics.py` remembers, `checks/` weigh one answer, `subjects/` judge agents and teams,
`kpis.py` draws the sum. Used by `collector.integrity.audit`; the live pipeline can feed it the same
records.
"""
