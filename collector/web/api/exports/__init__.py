"""GET /v1/exports/…: the feed, a page at a time, and its contract.

`responses.py` holds the addresses, `page_query.py` what a reader may ask for, `page_schemas.py`
what a page looks like, `page_body.py` writes it.
"""
