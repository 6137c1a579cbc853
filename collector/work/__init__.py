"""How stages are woken: by a bell, or by the sweep, in one loop a process.

The database is the queue; a bell is only a wake-up and may be lost at any time. Start with
`loop.py`; `tasks.py` lists the stages, `bells.py` and `redis_bells.py` carry the bells.
`worker.py` runs the loop as a process of its own, `doorbell.py` as a thread of a web process.
May use every stage; only `app.py`, `simulation/` and `commands/` may use it.
"""
