"""→ EVENT: what comes in, in three formats, is accepted once; what it says of people is kept.

May use `triggers/` and all to its right. Next: `receive.py` (the verb), `formats/` (native,
CloudEvents, Segment), `people.py` and `profile.py` (what is known of a person).
"""
