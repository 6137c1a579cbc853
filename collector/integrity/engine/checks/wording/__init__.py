"""What customers wrote: the same words again and again, or that somebody asked for a score."""
