"""How people ask to be left alone: one file of phrases a language. Start at `../demands.py`."""
