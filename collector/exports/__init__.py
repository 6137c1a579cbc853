"""VERDICT → KPI STORES: the numbered feed that downstream systems read; files and KPIs made of it.

May use every earlier stage. Next: `datasets.py` (the public schema), `publish.py` (the sequencer,
the feed's only writer), `feed.py` (reading), `files.py` (CSV, NDJSON, Parquet), `kpi_query.py`
(KPIs with denominators and intervals), `erase.py` (a person takes an answer back).
"""
