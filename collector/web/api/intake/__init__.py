"""The addresses that take in what happened: events in three formats, and what was not kept.

May touch the rooms `intake` and `triggers`. Next: `events.py`.
"""
