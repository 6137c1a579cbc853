"""The command line: a file per group, put together by `main.py`; it reads arguments and prints.

Calls verbs, decides nothing, may use everything. `configuration/` is for surveys and rules,
`operating/` for whoever runs the service. `context.py` gives a command its app.
"""
