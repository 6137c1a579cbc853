"""RESPONSE → VERDICT: what speaks against an answer, what that weighs, why; nothing is deleted.

May use `answers/` and all before it. Verbs: `judge.py`, `nightly_rejudge.py`. `engine/` is the pure
method, `evidence/` the log that feeds it, `inputs/` signals and roster, `appeals/` people's
objections and rulings, `audit/` the same method on past exports. The method: docs/integrity/.
"""
