"""Collector: one question at the right moment, answered with one tap, that nobody can quietly game.

The folders are the stages of an answer's life (docs/architecture.md); a stage may use those before
it, never those after it. Start with `app.py` (the wiring), then `intake/` (where an event enters).
"""
