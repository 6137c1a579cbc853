"""Tables, ids and the unit of work."""
