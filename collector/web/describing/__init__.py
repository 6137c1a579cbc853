"""The API's document, as programs and people read it: what flask-smorest describes, made whole.

`finish.py` names every operation, says who may call it and how it refuses; `widget_calls.py` adds
what a page calls; `reading.py` serves the document to look at. `web/openapi.py` puts it together.
"""
