"""Independent evidence about interactions: complaints, refunds, listened calls, repeat contacts.

`reading.py` says what can be used (pure), `receive.py` is the verb. Used by the API and the command
line; the tables are `model/signals.py`.
"""
