"""The JSON API under /v1: parse, call one verb, answer. No decisions, no SQL of its own."""
