"""How stages are woken: the doorbell (RQ, or a thread), the tasks behind every bell, the sweep.

The database is the queue; everything here is only a wake-up and may be lost at any time.
"""
