"""One check a file: CODE, VERSION, COST and a pure `check(case, book, now) -> Finding | None`.

COST: `arrival` (O(1) from the running statistics, worth asking at once) or `periodic` (says more
once other answers or signals have come; asked again every night). A check weighs in nats (log
likelihood ratio), capped, with the reason for the size beside it; `combine.py` decides.
"""
