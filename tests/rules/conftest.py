"""What tests of rules share with those of triggers: rules in use, another app."""

from tests.triggers.conftest import in_use, make_app

__all__ = ["in_use", "make_app"]
