"""Tests of collector/integrity."""
