"""Tests of `collector/simulation/`."""
