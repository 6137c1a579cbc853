"""Tests of `collector/web/widget/`."""
