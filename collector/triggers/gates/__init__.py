"""The gates between an event and an invitation: each pure, each with its reason code and figures.

`situation.py` is what they look at, `order.py` the fixed order in which they are asked; one gate a
file. Used by `contest.py` and by whatever explains or rehearses. The codes: `triggers/reasons.py`.
"""
