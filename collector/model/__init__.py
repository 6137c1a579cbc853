"""The tables, one noun a file, and what every transaction needs; nothing here decides.

May use `keys`, `config`, `clock`, `errors`. Next: `base.py` (the handle, the unit of work),
`bulk.py` (many rows in one statement), `ids.py`.
"""
