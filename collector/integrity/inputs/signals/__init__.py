"""Independent evidence about interactions: complaints, refunds, listened calls, repeat contacts.

Next: `reading.py` (what can be used; pure), `receive.py` (the verb).
"""
