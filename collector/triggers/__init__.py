"""EVENT → DECISION: who is asked, about what, and why everybody else was not.

May use `rules/` and `surveys/`. Next: `decide.py` (the verb), `gates/` (consent, caps, quiet hours,
sampling; pure), `arbitration.py` (rules compete; pure), `reasons.py` (every reason code),
`explain/` (in words), `rehearse/` (a dry run), `withhold.py` (a person withholds an ask).
"""
