"""What the world can call: the JSON API, customers' pages, providers' callbacks, the widget.

May use every stage; decides nothing. Next: `blueprints.py` (all addresses), `errors.py` (the only
map from a domain error to HTTP), `auth.py` (keys and scopes), `health.py`.
"""
