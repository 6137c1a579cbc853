"""Tests of the formats in which events arrive."""
