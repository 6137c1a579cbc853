"""Tests of `collector/intake/`."""
