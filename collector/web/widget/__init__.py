"""The widget's side of the server: its files, its calls under /w/v1, and who looks.

Parse, call one verb, answer; the script itself is in `channels/inapp/`. Next: `calls.py`,
`identity.py` (signed identities), `sites.py` (keys and origins), `inbox.py` (what waits).
"""
