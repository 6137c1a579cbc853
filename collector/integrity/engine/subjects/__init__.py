"""Statements about how a subject's answers were collected: agents, teams, stores. Pure.

`sums.py` adds up; `solicitation.py`, `selection.py`, `fabrication.py` test, one family each;
`findings.py` combines the families, controls false discoveries and asks for independent witnesses.
A finding is about collection, never about a person's honesty.
"""
