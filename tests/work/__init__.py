"""Tests of `collector/work`."""
