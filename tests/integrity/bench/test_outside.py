"""The two outside data sets: read from a folder or a wheel, or told how to get."""

from __future__ import annotations

import gzip
import sys
import zipfile
from datetime import UTC, datetime
from pathlib import Path
from random import Random

import pytest

from benchmarks.integrity.outside import package, reviews, rgmining, yelpchi
from benchmarks.integrity.outside.reviews import NotThere, Review

YELP = b"u1 p1 None 1 None\nu2 p1 None -1 None\nu2 p2 4.0 -1 2011-06-08\n"


def wheel(folder: Path, **files: bytes) -> Path:
    with zipfile.ZipFile(folder / "some-1.0-py3-none-any.whl", "w") as made:
        for name, content in files.items():
            made.writestr(f"some/{name.replace('_', '.')}", content)
    return folder


def test_yelpchi_is_read_out_of_the_wheel_and_what_is_left_out_is_unknown(tmp_path: Path) -> None:
    assert yelpchi.read(wheel(tmp_path, metadata_gz=gzip.compress(YELP))) == [
        Review("u1", "p1", False), Review("u2", "p1", True),
        Review("u2", "p2", True, 4, datetime(2011, 6, 8, 12, tzinfo=UTC)),
    ]  # fmt: skip


def test_rgmining_is_read_out_of_a_folder(tmp_path: Path) -> None:
    (tmp_path / "reviewer.dat").write_text("1 s1\n2 anomaly_1\n")
    (tmp_path / "review.dat").write_text("1 7 0.27\n2 7 4.6\n")
    assert rgmining.read(tmp_path) == [Review("1", "7", False, 0), Review("2", "7", True, 5)]


@pytest.mark.parametrize("content", [b"", b"a,b,c\n", b"u p 1 2 3 4\n", b"u p None 7 None\n"])
def test_what_is_no_such_data_is_refused(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "metadata.gz").write_bytes(gzip.compress(content))
    with pytest.raises(NotThere):
        yelpchi.read(tmp_path)


def test_who_has_not_the_data_is_told_how_to_get_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "argv", ["yelpchi", str(tmp_path)])
    assert package.command(yelpchi.__doc__ or "", yelpchi.GET, yelpchi.say) == 2
    said = capsys.readouterr()
    assert "pip download" in said.err
    assert said.out == ""


@pytest.mark.parametrize("reading", reviews.READINGS)
def test_accounts_that_review_whatever_there_is_are_not_rejected(reading: str) -> None:
    r = Random(7)
    given = [
        Review(f"u{n % 20}", f"p{r.randrange(12)}", n % 20 == 3, (5, 4, 5, 2)[n % 4])
        for n in range(240)
    ]
    found = reviews.came(given, reading, (1, 5))
    assert found.verdicts["bad"]["rejected"] == 0
    assert found.verdicts["other"]["rejected"] == 0


def test_an_account_that_praises_one_product_only_is_a_hand_in_that_reading() -> None:
    given = [Review(f"u{n}", f"p{n % 12}", False, (5, 4, 5, 2)[n % 4]) for n in range(240)]
    given += [Review("shill", "p3", True, 5) for _ in range(12)]
    assert reviews.came(given, "hand", (1, 5)).auc > 0.99
