"""The formats in which events arrive, a file each; each makes an `IncomingEvent` of a body. Pure.

Next: `native.py` (the service's own JSON), `cloudevents.py`, `segment.py`.
"""
