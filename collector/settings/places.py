"""Settings that name a file or a folder: looked at on start, so that nothing fails later for it."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from marshmallow import ValidationError

from collector.settings.kinds import Setting


class Folder(Setting[Path]):
    """A folder that is there, or that can still be made."""

    kind = "folder"

    def read(self, text: str) -> Path:
        path = Path(text).absolute()
        try:
            if path.exists() and not path.is_dir():
                raise ValidationError("is a file; name a folder")
        except OSError as error:
            raise ValidationError(f"cannot be looked at ({error.strerror})") from None
        return path


class ClockFile(Setting[Path]):
    """A file that holds a time with its offset, as `clock.write` writes it."""

    kind = "file"

    def read(self, text: str) -> Path:
        path = Path(text)
        try:
            moment = datetime.fromisoformat(path.read_text(encoding="utf-8"))
        except OSError as error:
            raise ValidationError(
                f"names a file that cannot be read ({error.strerror}); unset it outside a replay"
            ) from None
        except ValueError:
            moment = None
        if moment is None or moment.tzinfo is None:
            raise ValidationError(
                "names a file that holds no time such as 2026-03-01T10:00:00+00:00; "
                "unset it outside a replay"
            )
        return path
