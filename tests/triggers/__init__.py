"""Tests of the way from an event to its decisions."""
