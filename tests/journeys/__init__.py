"""Journeys: from the event to the KPI store, over real servers."""
