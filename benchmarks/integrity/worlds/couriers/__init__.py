"""Tern & Tide: couriers of parcels and food, rated in the app, by SMS and by a card at the door."""
