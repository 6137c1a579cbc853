"""The tables, one noun a file, and what every transaction needs; nothing here decides.

May use `keys`, `config`, `clock`, `errors`. Next: `base.py` (the handle, the unit of work),
`transaction.py`, `batches.py`, `sql/` (statements that stages share), `ids.py`.
"""
