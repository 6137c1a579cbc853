"""Tests of `collector/rules/`."""
