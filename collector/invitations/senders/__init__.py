"""How our senders stand with their providers: what they may take, what is held, what is undone.

May touch the rows of senders, holds and messages. `send.py` and `claims.py` ask here. Next:
`channel_status.py`, `holds.py`.
"""
