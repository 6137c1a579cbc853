"""TAP → RESPONSE: every tap and text reply is kept as evidence; a response is what they add up to.

May use `invitations/` and all before it. Verbs: `record.py` (a tap comes in; the edit window),
`fold.py`, `settle.py`, `text_ledger.py` (a text comes in: `texts.py`). Pure: `folding.py`,
`bot_rules.py`, `reply_kind.py`, `reply_text.py` (reads a score out of a text). `sms_replies.py`
finds the question that a text answers.
"""
