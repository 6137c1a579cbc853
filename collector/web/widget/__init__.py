"""The widget's side of the server: its files, its calls under /w/v1, who looks (identity), from
where.

Parse, call one verb, answer. The script itself is in `channels/inapp/`. Next: `calls.py`.
"""
