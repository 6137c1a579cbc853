"""Is every gate of the checks noticed by a test or a world? A package that asks.

A mutant is the engine with one gate changed: a comparison turned or moved by a step, a threshold
doubled or halved, `and` for `or`, a condition dropped. One that no test notices and that changes no
verdict in a company stands for a gate of which nobody would see that it is gone.

`gates.py` finds them, `watched.py` finds out which tests can tell each apart at all, `swap.py` puts
one in the engine's place, `hunt.py` asks, `__main__.py` prints.
"""
