"""The command line: a file per group, put together by `main.py`. Calls verbs, prints, exits with meaning."""
