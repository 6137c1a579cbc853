"""Tests of collector/followups."""
