"""The JSON API under /v1: parse, call one verb, answer. No decisions, no SQL of its own.

Next: `intake/events.py`; a file for each group of addresses, `…_schemas.py` describe their bodies.
"""
