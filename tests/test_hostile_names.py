"""Names that are made to do harm: no message and no repr has a raw control character."""

from __future__ import annotations

import inspect
import unicodedata
import warnings
from collections.abc import Callable
from typing import Any

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from matplotlib import pyplot

import framing as fr
from framing.text.encoding import printable
from tests.made import made_scores
from tests.test_wrong_tables import DOORS, SECOND

EVIL = "Sun\x1b]0;x\x07\x9b\u202e\u2028\u2066."  # titles, colours, order of writing, lines


def is_clean(text: str) -> bool:
    """Return whether a terminal shows a text and does nothing else."""
    kinds = {unicodedata.category(character) for character in text if character != "\n"}
    return not kinds & {"Cc", "Cf", "Cs", "Zl", "Zp"}


def hostile(table: pd.DataFrame) -> pd.DataFrame:
    """Return a table in which every name is such a one, and one column, too."""
    names = [n for n in ("article", "outlet", "outlet_a", "outlet_b", "event") if n in table]
    worse = {name: table[name].astype(str) + EVIL for name in names}
    return table.assign(**worse, **{EVIL: EVIL})


class Tables:
    """What the functions take, by the name of the argument."""

    corpus = fr.load_example()
    paragraphs = hostile(corpus.paragraphs)
    articles = hostile(corpus.articles)
    corpus = corpus._replace(paragraphs=paragraphs, articles=articles)
    texts = fr.score(paragraphs)
    cues = fr.find_cues(paragraphs)
    gaps = fr.headline_gaps(texts, cues)
    scores = hostile(made_scores({"A": 2.0, "B": 1.0}, events=6))
    levels = fr.levels(scores)
    contrasts = fr.compare(scores, n_resamples=9)


def needed_by(door: Callable[..., Any]) -> dict[str, Any]:
    """Return arguments for a function, those of the right names from the tables."""
    known = SECOND | {name: value for name, value in vars(Tables).items() if name[0] != "_"}
    needed = [p for p in inspect.signature(door).parameters.values() if p.default is p.empty]
    return {p.name: known.get(p.name, Tables.scores) for p in needed if p.kind is not p.VAR_KEYWORD}


def told_by(door: Callable[..., Any], **arguments: Any) -> list[str]:
    """Return the messages of a call, and how what it returns shows itself."""
    with warnings.catch_warnings(record=True, action="always") as heard:
        try:
            made = door(**arguments)
        except Exception as error:
            told = [f"{type(error).__name__}: {error}"]
        else:
            told = [] if isinstance(made, pd.DataFrame | str) else [repr(made)]
    pyplot.close("all")
    return told + [str(warning.message) for warning in heard]


VALUES = [EVIL, [EVIL], {EVIL: EVIL}, pd.DataFrame({EVIL: [EVIL]})]
SPOILT = [
    (name, argument, column)
    for name in DOORS
    for argument, table in needed_by(getattr(fr, name)).items()
    if isinstance(table, pd.DataFrame)
    for column in table
]


@pytest.mark.parametrize("name", DOORS)
def test_no_message_has_a_raw_control_character(name, tmp_path, monkeypatch):
    """Each argument of each function is a hostile name, or a list, a dict or a table of it."""
    monkeypatch.chdir(tmp_path)
    door = getattr(fr, name)
    for argument in inspect.signature(door).parameters:
        for value in VALUES:
            told = told_by(door, **needed_by(door) | {argument: value})
            assert all(map(is_clean, told)), (argument, told)


@given(st.sampled_from(SPOILT), st.booleans())
@settings(max_examples=150)
def test_no_message_about_a_table_has_one(case, dropped):
    """A column of a table is gone, or every cell of it is a hostile name."""
    name, argument, column = case
    door = getattr(fr, name)
    table = needed_by(door)[argument]
    spoilt = table.drop(columns=column) if dropped else table.assign(**{column: EVIL})
    told = told_by(door, **needed_by(door) | {argument: spoilt})
    assert all(map(is_clean, told)), told


FILES = {
    "x.csv": f"{EVIL},{EVIL}\n1,2\n", "entries.csv": f"category,entry\n{EVIL},fear\n,\n",
    "groups.csv": f"outlet,group\n{EVIL},x\n{EVIL},y\n", "x.toml": f'["{printable(EVIL)}"',
    "keys.toml": '"\\u001b[31m\\u202e" = 1\n', "kept.toml": '[[report]]\n"a\\u001b[31m\\u202e" = 1\n',
    "x.json": f'{{"{EVIL}": 1}}', "x.ipynb": f'{{"{EVIL}": 1}}', "x.xlsx": "PK\x03\x04",
    "events.csv": f"article,event\n{EVIL},x\n{EVIL},y\n", "x.dic": f"%\n1 {EVIL}\n%\nfear 2\n",
}  # fmt: skip
READ = [
    (name, argument)
    for name in DOORS
    for argument in (
        "path",
        "corpus",
        "groups",
        "plan",
        "events",
        "notebook",
        "paths",
        "name",
        "out",
    )
    if argument in inspect.signature(getattr(fr, name)).parameters
]


@pytest.mark.parametrize("file", FILES)
@pytest.mark.parametrize(("name", "argument"), READ)
def test_no_message_about_a_file_has_one(tmp_path, name, argument, file):
    """Its folder has a hostile name, and so has what is in it."""
    folder = tmp_path / EVIL
    folder.mkdir()
    (folder / file).write_text(FILES[file], "utf-8")
    door = getattr(fr, name)
    for path in (folder / file, folder):
        told = told_by(door, **needed_by(door) | {argument: path})
        assert all(map(is_clean, told)), told


def test_what_shows_itself_has_none(tmp_path):
    """Marked paragraphs, lexica and the columns of a corpus; other marks that print nothing stay."""
    texts = pd.DataFrame({"text": [f"Talks may {EVIL} fail", "می\u200cرود\xa0may"]})
    shown = repr(fr.show(fr.score(texts), fr.find_cues(texts)))
    assert "[may: epi_modal] Sun\ufffd]0;x" in shown
    assert is_clean(shown.replace("\u200c", "")) and "می\u200cرود\xa0" in shown
    (tmp_path / "l.csv").write_text(f'category,entry\n"c{EVIL}",may\n')
    assert is_clean(repr(fr.load_lexicon(tmp_path / "l.csv")))
    table = pd.DataFrame({"text": texts["text"] + " The town is old.", EVIL: "x", f"{EVIL} ": "y"})
    columns = set(fr.read_corpus(table).articles) - set(Tables.corpus.articles)
    assert len(columns) == 2 and all(map(is_clean, columns))
