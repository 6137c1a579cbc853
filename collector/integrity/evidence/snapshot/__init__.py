"""The engine's state in a file beside the log, so that a restart need not read the log from 1.

`keeping.py` says when it is written and read, `of_log.py` of which log and code it is,
`sealed.py` writes the file and trusts none without the service's seal. What is in it: any tree of
plain values, containers and the engine's own classes (`kinds.py`), taken apart into columns by
`graph.py` and put together by `rebuild.py`; no field is named here, so a new one is carried too.
"""
