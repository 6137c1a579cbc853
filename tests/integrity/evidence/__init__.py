"""Tests of collector/integrity/evidence."""
