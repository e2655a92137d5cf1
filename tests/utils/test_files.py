"""Several files that belong together: all of them are written, or none."""

from __future__ import annotations

import errno
import json
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path

import pandas as pd
import pytest

import framing as fr
from framing.batch.new_study import new_study
from framing.corpus.summary import read_to

TEXT = "Talks failed in Dovek, and ships left the harbour again at dawn. Rain may fall on Monday."
TEXTS = [f"{TEXT} {n} {'sea ' * n}" for n in range(40)]
READING = {"workers": 1, "progress": False, "formats": ["csv", "xlsx"]}


def files_in(folder: Path) -> dict[str, bytes]:
    return {
        f.relative_to(folder).as_posix(): f.read_bytes() for f in folder.rglob("*") if f.is_file()
    }


@contextmanager
def full_disk(size: int) -> Iterator[None]:
    """No file gets larger than so many bytes."""
    resource = pytest.importorskip("resource")
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, limits[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)


@pytest.fixture
def sources(tmp_path: Path) -> list[Path]:
    """Two sources, of which the second has more articles."""
    paths = [tmp_path / "old.jsonl", tmp_path / "new.jsonl"]
    for path, n in zip(paths, (3, 40), strict=True):
        path.write_text(
            "".join(json.dumps({"outlet": "Gull", "text": t}) + "\n" for t in TEXTS[:n])
        )
    return paths


@pytest.fixture
def study(sources: list[Path], tmp_path: Path) -> Path:
    read_to(sources[0], tmp_path / "study", **READING)
    return tmp_path / "study"


def _read(folder: Path, source: Path) -> None:
    read_to(source, folder, **READING)


def test_on_a_full_disk_a_study_stays_as_it_was(study, sources, tmp_path):
    """Whatever the size of the file that finds no room; the error names the folder."""
    read_to(sources[1], tmp_path / "new", **READING)
    old, new = files_in(study), files_in(tmp_path / "new")
    assert old.keys() == new.keys() and all(old[name] != new[name] for name in old)
    sizes = sorted(map(len, new.values()))
    for size in {0, 1, *sizes, *(size - 1 for size in sizes)} - {sizes[-1]}:
        with full_disk(size), pytest.raises(OSError, match=rf"File too large.*{study}"):
            _read(study, sources[1])
        assert files_in(study) == old, size
        assert not list(study.glob(".*"))
    _read(study, sources[1])
    assert files_in(study) == new


@pytest.mark.parametrize("name", ["fsync", "replace", "hardlink_to"])
@pytest.mark.parametrize("links", [True, False])
def test_where_a_call_fails_a_study_stays_as_it_was(study, sources, monkeypatch, name, links):
    """The n-th of its kind, for every n; also on a disk that has no hard links."""
    old, n, failed = files_in(study), 0, 1
    if not links:
        monkeypatch.setattr(Path, "hardlink_to", _failing)
    place = os if name == "fsync" else Path
    real = getattr(place, name)
    while failed:
        n, calls = n + 1, count(1)
        nth = lambda *about, n=n, calls=calls: (_failing if next(calls) == n else real)(*about)  # noqa: E731
        with monkeypatch.context() as patch:
            patch.setattr(place, name, nth)
            try:
                _read(study, sources[1])
                failed = 0
            except OSError as error:
                assert error.errno == errno.EIO and str(study) in str(error)
                if name == "fsync" and n > len(old):  # of the folder: all have their names
                    assert len(fr.read_corpus(study).articles) == 40
                    return
        assert (files_in(study) == old) == bool(failed)
        assert not list(study.glob(".*"))
    assert n >= len(old) or name == "hardlink_to"


def test_a_study_that_was_killed_while_files_got_their_names_is_old_or_new_or_told(
    study, sources, tmp_path, monkeypatch
):
    """Whatever move was the last one, every file is as one of the two studies had it."""
    old = files_in(study)
    real, states = Path.replace, []

    def seen(*about: Path) -> object:
        states.append(tmp_path / f"state{len(states)}")
        shutil.copytree(study, states[-1])
        return real(*about)

    for links in (True, False):
        monkeypatch.setattr(Path, "replace", seen)
        if not links:
            monkeypatch.setattr(Path, "hardlink_to", _failing)
        _read(study, sources[int(links)])
        monkeypatch.undo()
    assert len(states) == 2 * len(old)
    told = 0
    for state in states:
        try:
            n = len(fr.read_corpus(state).articles)
        except ValueError as error:
            assert "Read the source again" in str(error)
            told += 1
            continue
        shown = pd.read_csv(state / "audit.csv")["outcome"].eq("scored").sum()
        assert n == shown == len(pd.read_excel(state / "articles.xlsx"))
    assert told == len(states) - 2  # before the first move of each


def _failing(*_: object) -> object:
    raise OSError(errno.EIO, os.strerror(errno.EIO))


def test_on_a_full_disk_no_other_folder_is_left_half_written(tmp_path, strait, strait_scores):
    """Tables, lexicons, coding sheets, plans and new studies; the next try finds nothing."""
    cues = fr.find_cues(strait_scores)
    sheet = fr.coding_sheet(strait_scores, cues, hits=40, near_misses=20, without=20)
    levels = fr.levels(strait_scores)
    out = tmp_path / "out"
    ways: list[Callable[[Path], object]] = [
        lambda out: fr.save_tables(out, levels=levels, articles=strait.articles),
        lambda out: fr.load_lexicon("english").save(out / "mine.csv"),
        lambda out: sheet.to_excel(out / "sheet.xlsx"),
        lambda out: sheet.to_csv(out),
        new_study,
        lambda out: new_study(out / "below"),
    ]
    for way in ways:
        out.mkdir()
        way(out)
        sizes = sorted(map(len, files_in(out).values()))
        shutil.rmtree(out)
        for size in {sizes[0] - 1, *sizes[:-1:3], sizes[-1] - 1}:
            out.mkdir(exist_ok=True)
            with full_disk(size), pytest.raises((OSError, ValueError), match="File too large"):
                way(out)
            assert not files_in(tmp_path), size
        shutil.rmtree(out, ignore_errors=True)
