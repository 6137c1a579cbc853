"""Tests of collector/answers."""
