"""Mistakes that would give wrong numbers without a word: each is an error that says what to do."""

from __future__ import annotations

import itertools
import unicodedata
from collections.abc import Iterable, Mapping
from typing import Any

import numpy as np
import pandas as pd

from framing.arguments import as_value
from framing.checks import MARKS, check_each_of_one, check_filled
from framing.schema import CATEGORIES, PLACE, PRIMARY, RECIPE, TONES
from framing.scoring.voices import WORD_COLUMNS
from framing.text.arrays import Bools, Floats

_CERTAIN = 25  # a chance of e^-25 is none
_LIKELY = 12  # of e^-12, one table in 160,000: where few rows can tell
_FEWEST = 1 / 2  # of the rows without a cue that chance leaves
_SPEECH = ("attrib", "hearsay", "evid")  # categories of who said or reported what
_WHOLE = "Rates are per 100 words of all paragraphs: give the whole table of framing.score"
_ROUNDING = 1e-6
_SEVERAL = 10  # articles; counts of cues are not the same in all paragraphs of so many


def check_groups(table: pd.DataFrame, by: str) -> None:
    """Raise an error if a group has no name, or two names that look the same."""
    check_filled(table, by)
    check_names(table[by].unique(), by)


def check_names(
    names: Iterable[object], by: str, *, where: str = "", of: Mapping[str, str] | None = None
) -> None:
    """Raise an error if two names differ only in what a reader does not see, or hardly.

    The message begins with ``where``, and says whose name each is, or where, if ``of`` tells.
    """
    known: dict[str, str] = {}
    for name in sorted(map(str, names)):
        folded = unicodedata.normalize("NFKC", name).casefold()
        key = "".join(c for c in folded if not c.isspace() and unicodedata.category(c) != "Cf")
        other = known.setdefault(key, name)
        if other != name:
            kept, other = sorted((other, name), key=_unusual)
            how = f", such as {kept!r}"
            if by == "outlet":
                how += f" (table.replace({{'outlet': {{{other!r}: {kept!r}}}}}), or in a command "
                how += f'--outlet "{other}={kept}")'
            both = " and ".join(f"{n!r}{f' ({of[n]})' if of else ''}" for n in (kept, other))
            raise ValueError(
                f"{where}column {by!r} has {both}, which differ only in case, spaces or invisible "
                f"characters: give them one name{how}, or names that can be told apart"
            )


def _unusual(name: str) -> bool:
    """Return whether a name has spaces or invisible characters that nobody would print."""
    seen = "".join(c for c in name if unicodedata.category(c) != "Cf")
    return name != " ".join(seen.split())


def check_merged(table: pd.DataFrame) -> None:
    """Raise an error if a merge has made two columns of one that says what articles are about."""
    for name in ("event", "topic", *MARKS):
        if name not in table and {f"{name}_x", f"{name}_y"} <= {*table}:
            raise ValueError(
                f"columns '{name}_x' and '{name}_y' are two columns {name!r} of a merge, and none "
                f"is used: drop the column from one of the tables before they are merged"
            )


def check_words(scores: pd.DataFrame) -> None:
    """Raise an error if the numbers of words, which are what cues are divided by, are none."""
    _check_numbers(scores, "words", least=0)
    if set(WORD_COLUMNS) <= set(scores):
        more = (scores["words"] > scores[list(WORD_COLUMNS)].sum(axis=1)).to_numpy()
        if more.any():
            raise ValueError(
                f"words is more than the sum of {', '.join(WORD_COLUMNS)} in {more.sum()} rows, "
                f"first in {_row(scores, more)}: are these the words of the paragraph?"
            )


def check_measures(scores: pd.DataFrame, measures: list[str]) -> None:
    """Raise an error if counts are no counts, or tones no tones."""
    for name in measures:
        if name not in TONES:
            _check_numbers(scores, name, least=-np.inf if name.startswith(RECIPE) else 0)
        elif scores[name].notna().any():
            _check_tones(scores, name)
    for name in (name for name in measures if name not in TONES):
        none = (scores["words"].to_numpy() == 0) & (scores[name].to_numpy(float) > 0)
        if none.any():
            raise ValueError(f"{_row(scores, none)} has {name!r} but no words")


def check_counts(scores: pd.DataFrame, names: list[str]) -> None:
    """Raise an error if a column that nobody named may hold something else than counts of cues."""
    own = {*TONES, *CATEGORIES, "negated"}
    unknown = [name for name in names if name not in own and not name.startswith(RECIPE)]
    if unknown and "sentences" not in scores:
        raise ValueError(
            f"column {unknown[0]!r} may hold anything: framing.score writes a column 'sentences' "
            "and then its counts, but this table has none; name the measures that are meant"
        )
    _check_sizes(scores, unknown)
    if not unknown or "article" not in scores:
        return
    articles = scores.groupby("article")[unknown]
    several = articles.size() > 1
    same = (articles.min() == articles.max())[several].all()
    same &= (articles.max()[several] != 0).mean() > 1 / _SEVERAL
    if several.sum() >= _SEVERAL and same.any():
        raise ValueError(
            f"column {same.idxmax()!r} is the same in all paragraphs of every article, so it is "
            "something about articles, not a count of cues: drop it, or name the measures"
        )


def _check_sizes(scores: pd.DataFrame, unknown: list[str]) -> None:
    """Raise an error if a row has more of something than words, and than cues it may be a sum of.

    What stands after the indices of the built-in lexicon can be an index only, of its categories.
    A word of several categories counts as often in their index.
    """
    whole = {*CATEGORIES} <= {*scores}
    start = scores.columns.get_loc(CATEGORIES[-1]) if whole else scores.shape[1]
    cues = [name for name in scores.columns[:start] if name in {*CATEGORIES, *unknown} - {*PRIMARY}]
    for name in unknown:
        is_index = scores.columns.get_loc(name) > start
        most = scores[[cue for cue in cues if cue != name]].sum(axis=1)
        most = most if is_index else np.maximum(most, scores["words"])
        if (scores[name] > most).any():
            raise ValueError(
                f"column {name!r} may be no count of cues: there are rows with more of it than "
                f"{'cues' if is_index else 'words'}; drop it, or name the measures that are meant"
            )


def check_dropped(scores: pd.DataFrame, measures: list[str]) -> None:
    """Raise an error if rows were picked by their cues, as a merge with the cues does.

    The rows may be those of a measure, of indices, or of any cue. Paragraphs that quote somebody
    may be picked, and nearly all of them say so: whether every row has a cue is asked of those
    without one of reported speech.
    """
    for name in (name for name in measures if name not in TONES):
        if scores[name].all() and _lacks_empty(scores, [name]):
            raise ValueError(f"every row has {name!r}: were rows without it dropped? {_WHOLE}")
    known = [name for name in CATEGORIES if name in scores]
    of_indices = [name for name in PRIMARY if name in known]
    for names in filter(None, [*map(list, itertools.combinations(of_indices, 2)), of_indices]):
        if _lacks_empty(scores, names):
            what = " or ".join(map(repr, names))
            raise ValueError(f"nearly every row has {what}: were rows without it dropped? {_WHOLE}")
    categories = [name for name in known if name not in ("hedge", "alarm", *_SPEECH)]  # no sums
    speech = scores[[name for name in _SPEECH if name in known]].sum(axis=1)
    if categories and _lacks_empty(scores[speech == 0], categories, _LIKELY):
        raise ValueError(f"nearly every row has any cue: were rows without it dropped? {_WHOLE}")


def _lacks_empty(scores: pd.DataFrame, names: list[str], certain: int = _CERTAIN) -> bool:
    """Return whether far fewer rows are without a hit than chance leaves.

    Hits come in clusters, so that real tables have as many of these rows as independent hits
    (Poisson) leave, or more. Of independent hits, fewer than half with a chance (Chernoff's bound)
    below e^-``certain``.
    """
    words = scores["words"].to_numpy(float)
    counts = scores[names].sum(axis=1, numeric_only=True).to_numpy(float)
    expected = np.exp(-counts.sum() / max(words.sum(), 1) * words).sum()
    empty = (counts == 0).sum()
    chance = expected - empty + empty * np.log(max(empty, 1) / max(expected, 1))
    several = (counts == 1).sum() > certain
    return bool(several and empty < expected * _FEWEST and chance > certain)


def check_density(words: pd.Series[int], counts: pd.DataFrame) -> None:
    """Raise an error if an article, the last level of the index, has more cues than words."""
    for name in counts:
        more = counts[name].to_numpy() > words.to_numpy()
        if more.any() and not str(name).startswith(RECIPE):
            at = int(more.argmax())
            raise ValueError(
                f"article {words.index[at][-1]!r} has {counts[name].iloc[at]:g} times {name!r} in "
                f"{words.iloc[at]:g} words: is that a count of cues, and are words those of the "
                "same paragraphs? Name the measures that are meant"
            )


def check_one_each(rows: pd.DataFrame, by: str) -> None:
    """Raise an error if an article has two events, or two topics."""
    for name in ("event", "topic"):
        pairs = rows.loc[rows[name] != "", [by, "article", name]].drop_duplicates()
        twice = pairs.duplicated([by, "article"])
        if twice.any():
            article = pairs.loc[twice, "article"].iloc[0]
            both = sorted(pairs.loc[pairs["article"] == article, name])
            raise ValueError(
                f"article {article!r} has two values of {name!r}, {both[0]!r} and {both[1]!r}: "
                "give all its paragraphs one of them"
            )


def check_one_outlet(scores: pd.DataFrame) -> None:
    """Raise an error if the paragraphs of an article are of two outlets.

    Outlets that number their articles alike have a paragraph 0 each: these are two articles.
    """
    if not {*PLACE, "outlet"} <= {*scores}:
        return
    pairs = scores[["article", "outlet"]].drop_duplicates()
    several = scores[scores["article"].isin(pairs["article"][pairs["article"].duplicated()])]
    apart = ~several.duplicated(PLACE, keep=False).groupby(several["article"]).any()
    check_each_of_one(pairs, pairs["article"].isin(apart.index[apart]))


def _check_numbers(scores: pd.DataFrame, name: str, *, least: float) -> None:
    """Raise an error unless a column holds whole numbers."""
    values = scores[name].to_numpy()
    if values.dtype.kind == "b":
        raise ValueError(f"column {name!r} must hold counts, got only True and False")
    if values.dtype.kind in "iu":
        bad = values < least
    else:
        values = _numbers(scores[name])
        bad = ~(np.isfinite(values) & (values == np.rint(values)) & (values >= least))
    if bad.any():
        kind = "whole numbers" if least < 0 else "whole numbers from 0 on"
        raise ValueError(f"column {name!r} must hold {kind}, got {_first(scores, name, bad)}")


def _check_tones(scores: pd.DataFrame, name: str) -> None:
    """Raise an error unless a column holds numbers from -1 to 1."""
    tones = _numbers(scores[name])
    if (beyond := np.abs(tones) > 1 + _ROUNDING).any():
        raise ValueError(
            f"column {name!r} must hold numbers from -1 to 1, got {_first(scores, name, beyond)}: "
            "were tones added up, or changed to percent? Give the table of framing.score"
        )
    bad = ~np.isfinite(tones)
    if bad.any():
        raise ValueError(
            f"column {name!r} must hold numbers, got {_first(scores, name, bad)}: leave these "
            f"articles out, or name measures without {name!r}"
        )


def _numbers(column: pd.Series[Any]) -> Floats:
    """Return a column as numbers, NaN where there is none or a text."""
    if column.dtype.kind not in "iuf":
        column = column.where([not isinstance(value, str) for value in column])
    return pd.to_numeric(column, errors="coerce").to_numpy(float, na_value=np.nan)


def _first(table: pd.DataFrame, name: str, bad: Bools) -> str:
    """Return how an error shows the first bad value of a column."""
    value = table[name].iloc[int(bad.argmax())]
    shown = "nothing" if pd.isna(value) else as_value(value)
    return f"{shown} in {_row(table, bad)} ({bad.sum()} in all)"


def _row(table: pd.DataFrame, bad: Bools) -> str:
    """Return how an error names the first bad row."""
    at = int(bad.argmax())
    return f"row {at} (article {table['article'].iloc[at]!r})"
