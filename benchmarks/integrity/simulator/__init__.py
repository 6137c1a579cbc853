"""Made-up companies whose people answer, help, nag and cheat as people do. Start: `simulate.py`.

Written from how people behave, never from how the checks work: nothing here imports the engine.
"""
