"""TAP → RESPONSE: taps are evidence and stay; a response is what they add up to.

`taps.py`, `agents.py`, `folding.py` and `reply_text.py` are pure. The verbs are `record.py` (a tap
comes in), `ask_again.py`, `fold.py` and `settle.py` (taps become a response); `sms_replies.py`
takes text messages, `standing.py` says where an invitation stands, `given.py` what a person
said. Imported by `integrity` and everything above it.
"""
