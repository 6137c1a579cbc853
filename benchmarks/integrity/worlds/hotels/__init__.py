"""A simulated hotel chain: a quarter of guest surveys, its gaming and its innocent oddities."""
