"""Olist's published orders and satisfaction answers as input of a replay, and the check on its end.

`files.py` reads the CSV files and turns delivered orders into events and reviews into answers,
`ledger.py` accounts for every review. `plain.py` computes the scores straight from the CSV files,
`by_hand.py` what the careful rule must decide (they share no code with the rest), `explained.py`
holds the explanations against that, `report.py` compares and prints. `workspace/` holds the survey
and the rule, `careful.yaml` a rule with more care; `questions.py` reads them. Used by
`commands/replay.py`. Data: Olist, CC BY-NC-SA 4.0, not part of this project.
"""
