"""TAP → RESPONSE: taps are evidence and stay; a response is what they add up to.

`taps.py`, `agents.py`, `folding.py` and `reply_text.py` are pure. The verbs are `record.py` (a tap
comes in), `fold.py` and `settle.py` (taps become a response); `sms_replies.py` reads text messages
and `standing.py` says where an invitation stands. Imported by `integrity` and everything above it.
"""
