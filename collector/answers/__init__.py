"""TAP → RESPONSE: taps are evidence and stay; a response is what they add up to.

`taps.py`, `user_agents.py`, `folding.py` and `reply_text.py` are pure. The verbs are `record.py` (a
tap comes in), `ask_again.py`, `fold.py` and `settle.py` (taps become a response); `sms_replies.py`
takes text messages, `answer_state.py` says where an invitation stands, `answer_history.py` what a
person said. Imported by `integrity` and everything above it.
"""
