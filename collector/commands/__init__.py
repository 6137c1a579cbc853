"""The command line: a file per group, put together by `main.py`. Verbs do the work."""
