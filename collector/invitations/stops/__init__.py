"""Stopping means stopping: what a person stops reaches the asks that wait, at once.

`everything.py` pauses and resumes all asking, `reach.py` follows a change of a rule or a survey,
`waiting.py` lists and counts what waits, `call_off.py` calls it off. What is stopped at this moment
is read by `rules/stops.py`; that nothing slips out meanwhile is `still_wanted.py`'s business.
"""
