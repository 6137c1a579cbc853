"""Twilio's client against a stand-in over real HTTP."""
