"""`collector surveys|rules|gallery|config|rehearse|audit-log`: what is asked, when, what changed.

Calls `rules/` and `surveys/`. Next: `files.py` (folders of YAML), `rules.py`, `rehearse.py`.
"""
