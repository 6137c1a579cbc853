"""What a setting can be, how all are read at once, and how they are listed. See `../config.py`."""
