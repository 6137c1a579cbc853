"""`collector doctor|serve|worker|migrate|keys|…`: what whoever runs the service needs.

Next: `doctor.py` (checks every part), `serve.py`, `worker.py`, `keys.py`.
"""
