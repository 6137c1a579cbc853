"""Whole exports out of either database, beside the row-by-row writer."""
