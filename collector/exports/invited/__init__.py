"""The dataset `invitations`: who was asked, and what became of each ask; the denominators.

Next: `columns.py` (the public schema), `publish.py` (the feed's writer), `row.py` (a row's words).
"""
