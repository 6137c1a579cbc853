"""SMS through Twilio: at most once, its cost known beforehand, its callbacks verified."""
