"""What providers call: the signature is checked, then one verb is called.

Next: `twilio.py` (receipts and text replies), `email.py` (bounces and complaints).
"""
