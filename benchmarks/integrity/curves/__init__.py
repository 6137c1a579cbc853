"""Curves that no world can draw: one thing raised step by step in a quiet company. Each file runs
alone and prints its curve; small ones are held in `tests/integrity/curves/`.
"""
