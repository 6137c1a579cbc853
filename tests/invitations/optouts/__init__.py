"""Tests of `collector/invitations/optouts/`."""
