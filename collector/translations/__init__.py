"""WHAT WE SAY: the phrases that surround a survey's own wording, one set of catalogues a language.

The catalogues are gettext files in `templates/locale`. `catalogue.py` gives a phrase in a person's
language; `check.py`, `uses.py` and `update.py` are for whoever maintains them (`make messages`).
Knows neither Flask nor a table. Words that are *recognised* in what people write are elsewhere:
`answers/reply_words.py`, `invitations/optouts/words.py`. How to translate: `docs/languages.md`.
"""
