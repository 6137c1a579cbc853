"""→ EVENT: what comes in, in three formats, is accepted once; what it says of people is kept.

May use `triggers/` and all before it. Next: `formats/` (native, CloudEvents, Segment),
`receive.py` (the verb), `people.py` and `profile.py` (what is known of a person).
"""
