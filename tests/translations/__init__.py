"""Phrases in a person's language, and the tools of those who keep the catalogues."""
