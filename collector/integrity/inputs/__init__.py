"""What others say that the engine weighs: signals (complaints, refunds, …) and the roster.

Verbs that keep what is sent; the engine gets it through `evidence/`. Next: `signals/receive.py`
(also for what comes in late), `roster/replace.py`.
"""
