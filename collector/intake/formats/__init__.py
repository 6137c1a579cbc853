"""One file for each format in which events arrive; each turns a body into `intake.IncomingEvent`.

Pure. Imported by the web and the replay. `native.py` is the service's own JSON.
"""
