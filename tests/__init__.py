"""The tests mirror the tree and read as sentences. `conftest.py` holds what all of them share."""
