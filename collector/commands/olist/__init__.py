"""Olist's published orders and satisfaction answers as input of a replay, and the check on its end.

`files.py` reads the CSV files and turns delivered orders into events and reviews into answers,
`ledger.py` accounts for every review, `plain.py` computes the scores straight from the CSV files
(it shares no code with the rest), `report.py` compares and prints. `workspace/` holds the survey
and the rule. Used by `commands/replay.py`. Data: Olist, CC BY-NC-SA 4.0, not part of this project.
"""
