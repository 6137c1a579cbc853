"""Tests of `collector/exports`."""
