"""One check a file, in groups by what they look at; `registry.py` lists them in order.

`origin/` where answers come from, `contact/` whom was asked, `interaction/` what was asked about,
`wording/` what customers wrote, `robots/` machines and double posts, `attack/` scores against a
subject. Each file holds the check's code, its sizes with their reasons, and `CHECK`
(`../check.py`); each has a page in docs/integrity/.
"""
