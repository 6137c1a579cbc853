"""Tests of contested answers and findings."""
