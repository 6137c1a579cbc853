"""The engine of `forensics/` in a running service: what it is fed, in which order, and by whom.

`log.py` is the numbered log of evidence, `keeper.py` holds the engine in memory and can be built
again from the log, `gather.py` reads what is known of an answer, `standing.py` writes verdicts,
`conclusion.py` judges subjects, `dump.py` writes the log as an audit's files. The verbs are
`integrity/judge.py` and `integrity/nights.py`. The method: docs/integrity/live.md.
"""
