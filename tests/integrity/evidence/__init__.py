"""Tests of collector/integrity/live."""
