"""The checks, one a file: each has a CODE, a VERSION and a pure `check(case) -> Finding | None`.

A check weighs evidence in nats (log likelihood ratio: how much likelier is this if the answer is
not the asked person's own); it never decides. `judgement.py` decides, over all findings together.
"""
