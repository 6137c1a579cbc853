"""What would this rule have done? A dry run over recorded events, with the gates of real decisions.

`plan.py` checks what is asked, `run.py` plays it; `window.py` streams the events in the order in
which they were decided, `page.py` knows the people of a page, `recorded.py` reads what happened to
them, `past.py` what that looked like at each moment, `store.py` keeps the asks of the run itself,
`tally.py` counts. Writes nothing to the database. Used by the API and the command line.
"""
