"""Statements that several stages share, and what the database means by an error.

`bulk.py`: many rows in one statement, on PostgreSQL and SQLite; `paging.py`: lists page by page;
`faults.py`: whether to run again, to come back later, or to mend something; `source.py`: a driver's
own connection, for reading without an ORM. Nothing here names a table.
Next: `../transaction.py`, `../batches.py`.
"""
