"""Tests of `collector audit`."""
