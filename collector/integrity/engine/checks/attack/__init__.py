"""Scores against a subject: low ones that somebody makes in order to harm it."""
