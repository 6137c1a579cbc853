"""Whole exports: rows leave the database in the form in which they leave the house.

The same bytes as the row-by-row writer (`../files.py`), many times faster and in little memory.
`postgres.py` has COPY make the lines, `sqlite.py` lets SQLite put them together; `arrow.py` takes
record batches to Parquet. `write.py` is what others call; rows come from `model/sql/source.py`.
Nothing here loads the service, so that `collector export` starts at once and stays small.
"""
