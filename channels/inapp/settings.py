"""Settings of the in-app channel: there are none, and saying so catches a slip.

Read by ``channel.py`` only. Kept as a file so that every channel's folder reads the same.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Self

from channels import options as read


@dataclass(frozen=True, slots=True)
class InAppSettings:
    """Nothing to set: the inbox is the sender's own table of messages."""

    @classmethod
    def parse(cls, options: Mapping[str, str]) -> Self:
        """Raises SettingError if any option is given."""
        read.only(options, ())
        return cls()
