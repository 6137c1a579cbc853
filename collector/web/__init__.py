"""What the world can call: the JSON API, customers' pages, providers' callbacks, the widget.

May use every stage; holds no decision of its own. `blueprints.py` lists the addresses, `errors.py`
is the only map from a domain error to HTTP, `auth.py` guards what needs a key.
"""
