"""Files of Stata and SPSS that are damaged or cut off."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pandas as pd
import pytest

from framing.corpus.readers import Found, number_of_rows
from framing.corpus.readers.files import File
from framing.corpus.readers.tables import read

TITLES = [f"Talks {n} fail" for n in range(9)]
TEXTS = [f"The talks of day {n} may fail, the {n} ministers said on Monday." for n in range(9)]
TABLE = pd.DataFrame({"title": TITLES, "text": TEXTS})


def sav(path: Path) -> None:
    pytest.importorskip("pyreadstat").write_sav(TABLE, str(path))


def zsav(path: Path) -> None:
    pytest.importorskip("pyreadstat").write_sav(TABLE, str(path), compress=True)


def dta(path: Path) -> None:
    TABLE.to_stata(path, write_index=False, version=118)


def long_dta(path: Path) -> None:
    TABLE.to_stata(path, write_index=False, version=118, convert_strl=["text"])


def labelled_dta(path: Path) -> None:
    outlet = pd.Categorical(["Gull", "Wire", "Gull"] * 3)
    TABLE.assign(outlet=outlet).to_stata(path, write_index=False, version=118)


FORMATS = {"a.sav": sav, "z.sav": zsav, "a.dta": dta, "long.dta": long_dta,
           "labelled.dta": labelled_dta}  # fmt: skip


def rows(name: str, data: bytes) -> Iterator[Found]:
    return read(File(name, data=data), {})


@pytest.mark.parametrize("name", ["a.sav", "long.dta"])
@pytest.mark.parametrize("row", range(9))
def test_a_byte_that_is_not_utf_8_costs_itself(tmp_path, name, row):
    FORMATS[name](tmp_path / name)
    data = (tmp_path / name).read_bytes()
    at = data.index(TEXTS[row].encode()) + 4
    found = list(rows(name, data[:at] + b"\xe9" + data[at + 1 :]))
    mended = TEXTS[row][:4] + "\ufffd" + TEXTS[row][5:]
    assert [f.text for f in found] == [*TEXTS[:row], mended, *TEXTS[row + 1 :]]
    assert [f.title for f in found] == TITLES


@pytest.mark.parametrize("name", FORMATS)
def test_a_file_that_is_cut_off_is_read_up_to_there_or_says_what_to_do(tmp_path, name):
    FORMATS[name](tmp_path / name)
    data = (tmp_path / name).read_bytes()
    whole, read_up_to = list(rows(name, data)), set()
    begin = max(data.find(b"Talks 0"), len(data) // 3) + 20
    for end in range(begin, len(data), max(7, (len(data) - begin) // 60)):
        try:
            found = list(rows(name, data[:end]))
        except ValueError as error:
            assert "save or download it again" in str(error)
            continue
        sound = [f for f in found if f.outcome == "scored"]
        assert sound == whole[: len(sound)]
        assert sum(number_of_rows(f.source) for f in found) == len(whole)
        assert all("save or download it again" in f.reason for f in found[len(sound) :])
        read_up_to.add(len(sound))
    assert name not in ("a.sav", "a.dta") or read_up_to >= set(range(2, 9))


def test_an_older_file_may_have_no_labels_behind_its_rows(tmp_path):
    outlet = pd.Categorical(["Gull", "Wire", "Gull"] * 3)
    TABLE.assign(outlet=outlet).to_stata(tmp_path / "a.dta", write_index=False, version=114)
    data = (tmp_path / "a.dta").read_bytes()
    behind = data.index(TEXTS[-1].encode()) + len(TEXTS[-1]) + 1  # and the code of the outlet
    assert [f.text for f in rows("a.dta", data[:behind])] == TEXTS
    for end in (behind - 1, behind + 30):
        with pytest.raises(ValueError, match="save or download it again"):
            list(rows("a.dta", data[:end]))
