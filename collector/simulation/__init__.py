"""Simulated time: the replay of recorded events, the demo's week, Olist's published orders.

May use every stage, `work/`, `web/` and `app.py`; only `commands/` may use it. Next: `replay.py`
(the clockwork), `demo/run.py`, `olist/files.py`.
"""
