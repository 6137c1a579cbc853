"""The engine in a running service: the numbered log of what it was fed, and what came of it.

Read and written inside the units of work of `judge.py` and `nightly_rejudge.py`. Next: `log.py`,
`feature_loader.py` (what is known of an answer), `engine_cache.py` (the engine in memory, built
again from the log), `subject_analysis.py`. More: docs/integrity/live.md.
"""
