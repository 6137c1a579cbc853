"""RESPONSE → VERDICT: what speaks against an answer, what it weighs, and why.

`evidence.py` holds what a check may see, `checks/` one check a file, `judgement.py` adds their
findings up; all of that is pure. `cases.py` reads, `judge.py` is the verb. Nothing is deleted and
every verdict can be replayed. Imported by `followups` and everything above it.
"""
