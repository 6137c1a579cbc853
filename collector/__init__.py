"""Collector: one question at the right moment, answered with one tap, that nobody can quietly game.

The folders are the stages of an answer's life, in order (docs/architecture.md); each may use
those before it and never those after it. Start reading at `app.py`.
"""
