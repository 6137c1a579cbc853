"""The tables, one noun a file, and nothing that decides. Every stage may import them.

`base.py` holds the database handle, the column types and the unit of work.
"""
