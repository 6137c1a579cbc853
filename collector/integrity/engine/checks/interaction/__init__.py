"""What was asked about: did the interaction take place, and does the answer fit what else is known
of it?
"""
