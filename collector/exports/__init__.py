"""VERDICT → KPI STORES: the numbered feed that downstream systems read, and the files made from it.

`datasets.py` is the public schema, `publish.py` the sequencer (the only writer), `feed.py` the
reader, `files.py` CSV, NDJSON and Parquet, `kpis.py` the figures computed from the export alone,
`kpi_query.py` those with denominators, interval and bounds.
May use every earlier stage; `web`, `work` and `commands` use it.
"""
