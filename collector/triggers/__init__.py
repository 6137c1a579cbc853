"""EVENT → DECISION: who is asked, about what, and why everybody else was not.

The way of an event: `formats/` reads it, `intake/receive.py` (verb) keeps it, `decide.py` (verb)
has every listening rule judged by `gates.py`, lets the rules compete in `arbitration.py`, and
writes a decision for each, with a code of `reasons.py`. Rules are checked in `rules/definition.py`
and taken into use by `rules/apply.py` (verb). May be imported by every later stage; imports
`surveys` and `model`.
"""
