"""The offline engine: judges a stream of answers, and how each subject's answers were collected.

Pure: no Flask, no session, no files; time is what the records say. Start at `engine.py`: a case
(`records.py`) is written into `running_statistics.py`, `checks/` look at it through an
`assessment.py`, `combine.py` makes a verdict of their findings. `subjects/` judges agents, teams
and stores from sums of verdicts, `weights.py` and `kpis.py` draw the conclusions for figures.
`collector.integrity.audit` feeds it an export, `collector.integrity.evidence` a running service's
log.
"""
