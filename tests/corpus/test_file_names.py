from __future__ import annotations

import contextlib
import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import framing as fr
from framing.corpus.readers.file_names import from_path
from framing.corpus.readers.files import File
from framing.corpus.readers.walk import walk

STORY = "The ferry may stop on Monday, the board of the harbour said."


@pytest.mark.parametrize(
    "path",
    [
        "2031-03-12_Sun_ferry.txt", "Sun/2031-03-12-ferry.txt", "20310312_Sun_ferry.txt",
        "2031_03_12_Sun_ferry.txt", "Sun_2031-03-12_1.txt", "Sun 12-03-2031.txt",
        "Sun-20310312-001.txt", "Sun/2031/03/12/ferry.txt", "raw/Sun/2031/03/12-ferry.txt", "Sun/2031-03/12.txt", "texts/Sun/2031-03-12.txt",
        "2031-03-12 - Sun - Ferry may stop.txt", "Sun - 2031-03-12 - Ferry may stop.txt",
        "Sun_12 March 2031.txt", "Sun_Mar_12_2031.txt", "Ferry (Sun, 12 March 2031).txt",
        "2031-03-12 Sun - Ferry may stop.txt", "2031-03-12_Sun - ferry 0.txt",
        "2031-03-12 - Sun_Ferry may stop.txt", "2031-03-12_Sun_Ferry may - stop.txt",
        "Sun - Ferry may stop - 2031-03-12.txt", "Sun 2031-03-12 - Ferry may - stop.txt",
        "Sun - ferry 0 2031-03-12.txt", "12 March 2031, Sun - Ferry may stop.txt",
        "2031-03-12/Sun/ferry.txt", "all.zip/Sun/2031-03-12_ferry.txt", "Sun (2031-03-12).txt.gz",
    ],
)  # fmt: skip
def test_patterns_of_file_names(path):
    """Outlet and day from the path; an open order of day and month is left to the other files."""
    found = from_path(File(path))
    assert found["outlet"] == "Sun"
    assert found["date"] in ("2031-03-12", "12/03/2031")


@pytest.mark.parametrize(
    ("path", "found"),
    [
        ("Sun/2031/ferry-01.txt", {"outlet": "Sun"}),
        ("articles/article_12.txt", {}),
        ("2031-03-12-ferry-may-stop.txt", {"date": "2031-03-12"}),
        ("2031/x.txt", {}),
        ("Sun_003.txt", {"outlet": "Sun"}),
        ("ferry may stop.txt", {}),
    ],
)
def test_what_a_path_does_not_say_is_left_open(path, found):
    """A year, a slug or a generic name is no outlet."""
    assert from_path(File(path)) == found


@given(st.text(max_size=60))
def test_any_path_is_read(path):
    assert set(from_path(File(path))) <= {"outlet", "date"}


@pytest.mark.parametrize(
    ("name", "title"),
    [
        ("2031-03-12 - Sun - Ferry may stop", "Ferry may stop"),
        ("Sun - 2031-03-12 - Ferry may stop", "Ferry may stop"),
        ("2031-03-12 Sun - Ferry may stop", "Ferry may stop"),
        ("2031-03-12_Sun_Ferry may stop", "Ferry may stop"),
        ("Copy of 2031-03-12 - Sun - Ferry may stop", "Ferry may stop"),
        ("Kopie von Sun - 2031-03-12 - Ferry may stop", "Ferry may stop"),
        ("Copy (2) of 2031-03-12 Sun - Ferry may stop", "Ferry may stop"),
        ("2031-03-12_Sun_ferry", ""), ("Sun - 2031-03-12 - page 2", ""), ("Ferry may stop", ""),
    ],
)  # fmt: skip
def test_the_title_of_a_file_name_is_that_of_the_article(tmp_path, name, title):
    (tmp_path / f"{name}.txt").write_text(f"{STORY}\n\nNobody was surprised, he said.")
    (tmp_path / f"{name} again.txt").write_text(f"Ferry Talks Falter\n\n{STORY}")
    with pytest.warns(UserWarning, match="outlet") if title else contextlib.nullcontext():
        titles = fr.read_corpus(tmp_path).articles["title"]
    assert sorted(titles) == sorted([title, "Ferry Talks Falter"])


def test_one_file_name_decides_the_order_for_all_in_its_folder(tmp_path):
    for day in ("03-04-2031", "03-25-2031"):
        (tmp_path / f"Sun_{day}.txt").write_text(f"{STORY} {day}")
    with pytest.warns(UserWarning, match="outlet from the names"):
        articles = fr.read_corpus(tmp_path).articles
    assert articles["date"].dt.strftime("%m-%d").tolist() == ["03-04", "03-25"]


def test_an_unreadable_folder_fails_alone(tmp_path, monkeypatch):
    (tmp_path / "closed").mkdir()
    (tmp_path / "good.txt").write_text(STORY)
    scandir = os.scandir

    def refusing(path):
        if Path(path).name == "closed":
            raise PermissionError(13, "Permission denied")
        return scandir(path)

    monkeypatch.setattr(os, "scandir", refusing)
    found = list(walk(tmp_path))
    assert [getattr(f, "outcome", "file") for f in found] == ["failed", "file"]


@pytest.mark.parametrize("name", [
    "14Mar2019_DailyGull_7", "DailyGull_14mar2019_7", "2019Mar14_DailyGull_7", "DailyGull Mar-14-2019",
    "DailyGull_2019-Mar-14", "DailyGull-20190314-talks", "DailyGull [14Mar2019] talks",
])  # fmt: skip
def test_a_date_may_be_glued_together(name):
    found = from_path(File(f"{name}.txt"))
    assert found == {"outlet": "DailyGull", "date": "2019-03-14"}
