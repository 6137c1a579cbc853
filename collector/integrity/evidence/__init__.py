"""The engine of `engine/` in a running service: what it is fed, in which order, and by whom.

`log.py` is the numbered log of evidence, `engine_cache.py` holds the engine in memory and can be
built again from the log, `feature_loader.py` reads what is known of an answer, `engine_state.py`
writes verdicts, `subject_analysis.py` judges subjects, `dump.py` writes the log as an audit's
files. The verbs are `integrity/judge.py` and `integrity/nightly_rejudge.py`. The method:
docs/integrity/live.md.
"""
