"""Everything of an audit between the files in a database and the subjects: the cases in the order
of time, their verdicts, who was invited. `run.py` above calls `stream.py` and `invitations.py`.

What may be worked out at the same time is worked out in forked processes (`apart.py`): a night's
verdicts while the next day's answers are taken in (`nights.py`), the invitations beside both. Which
process did it makes no difference to a byte of what is written.
"""
