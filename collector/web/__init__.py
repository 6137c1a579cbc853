"""What the world can call: JSON API, customers' pages, the console, providers' callbacks, the widget.

May use every stage; holds no decision of its own. `blueprints.py` lists the addresses, `errors.py`
is the only map from a domain error to HTTP, `auth.py` guards what needs a key.
"""
