"""Tests of `collector/invitations/stops/`."""
