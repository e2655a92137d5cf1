"""Alignments checked by a person: a sheet to fill in, read back with how many pairs were right."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from framing.reuse.realign import realign
from framing.stats.effects import wilson

SHEET_COLUMNS = [
    "pair", "article_a", "paragraphs_a", "text_a", "article_b", "paragraphs_b", "text_b",
    "code", "fix", "note",
]  # fmt: skip
CODES = ("accept", "reject", "fix")
PRECISION_COLUMNS = ["judged", "accepted", "rejected", "fixed", "precision", "low", "high"]
_FORMULA = re.compile(r"\A(?=[=+\-@\t\r])")  # what a spreadsheet would run, not show


class Judged(NamedTuple):
    """Three tables: ``aligned`` as the coder left it, the ``codes``, and ``precision``."""

    aligned: pd.DataFrame
    codes: pd.DataFrame
    precision: pd.DataFrame

    def __repr__(self) -> str:
        row = self.precision.iloc[0]
        return (
            f"{row['accepted']:.0f} of {row['judged']:.0f} pairs accepted: precision "
            f"{row['precision']:.2f}, 95 % interval {row['low']:.2f} to {row['high']:.2f}"
        )


def alignment_sheet(
    aligned: pd.DataFrame, path: str | Path, *, pairs: int = 100, seed: int = 1
) -> Path:
    """Write a sheet on which a person judges pairs of paragraphs drawn at random.

    Parameters
    ----------
    aligned : DataFrame
        As `align` or `align_versions` gives it.
    path : str or Path
        The CSV file to write (UTF-8). One that is there is never written over.
    pairs : int, default 100
        How many are drawn; all if there are fewer.
    seed : int, default 1
        Of the draw.

    Returns
    -------
    Path
        The sheet: `SHEET_COLUMNS`, a row a pair in random order, without score. To be filled in:
        ``code`` (accept; reject: the two have nothing to do with each other; fix: others of the
        second version belong to the first), ``fix`` (their numbers, "3 4"), and ``note``. A text
        that a spreadsheet would run as a formula has an apostrophe before it.
    """
    there = aligned[aligned["score"].notna()]
    order = np.random.default_rng(seed).permutation(len(there))[:pairs]
    sheet = there.iloc[order].rename_axis("pair").reset_index()
    for side in "ab":
        sheet[f"paragraphs_{side}"] = sheet[f"paragraphs_{side}"].map(_spaced)
        for name in (f"article_{side}", f"text_{side}"):
            sheet[name] = sheet[name].map(_escaped)
    sheet = sheet.reindex(columns=SHEET_COLUMNS, fill_value="")
    with Path(path).open("x", encoding="utf-8-sig", newline="") as file:
        sheet.to_csv(file, index=False, quoting=csv.QUOTE_ALL, lineterminator="\n")
    return Path(path)


def read_alignment_sheet(path: str | Path, aligned: pd.DataFrame) -> Judged:
    """Read a sheet that was filled in, and set right what the coder set right.

    Parameters
    ----------
    path : str or Path
        The sheet, separated by commas or semicolons.
    aligned : DataFrame
        What the sheet was drawn from.

    Returns
    -------
    Judged
        ``aligned``: rejected pairs stand apart, fixed ones together, with the score of their
        words. ``codes``: ``pair``, ``code``, ``fix`` (tuples), ``note``, a row a pair that was
        judged. ``precision``: one row, ``judged``, ``accepted``, ``rejected``, ``fixed``,
        ``precision`` (accepted of judged) and its 95 % interval ``low`` to ``high`` (Wilson's).

    Raises
    ------
    ValueError
        If a code is unknown, a fix names no paragraph of the second version, a pair is judged
        twice, or the sheet is of another alignment; with the row of the sheet.
    """
    known = aligned[aligned["score"].notna()]
    pairs = {str(pair): pair for pair in known.index}
    rows = []
    for number, row in enumerate(_read_sheet(Path(path)).to_dict("records"), start=2):
        where = f"{path}, row {number}"
        if row["pair"] not in pairs:
            raise ValueError(f"{where}: there is no pair {row['pair']!r} in this alignment")
        pair = pairs[row["pair"]]
        old = known.loc[pair]
        drawn = _spaced(old["paragraphs_a"]), _escaped(old["article_a"])
        if drawn != (row["paragraphs_a"], row["article_a"]):
            raise ValueError(f"{where}: the sheet was not drawn from this alignment")
        code, fix = row["code"].strip().lower(), tuple(map(int, re.findall(r"\d+", row["fix"])))
        _check_code(code, fix, _second_places(aligned, old), where)
        rows += [(pair, code, fix, row["note"])] if code else []
    codes = pd.DataFrame(rows, columns=["pair", "code", "fix", "note"])
    twice = codes["pair"][codes["pair"].duplicated()]
    if len(twice):
        raise ValueError(f"{path}: pair {twice.iloc[0]} stands in two rows; leave one")
    partners = {row.pair: row.fix for row in codes.itertuples() if row.code != "accept"}
    return Judged(realign(aligned, partners), codes, _precision(codes["code"]))


def _read_sheet(path: Path) -> pd.DataFrame:
    text = path.read_text("utf-8-sig")
    head = text.partition("\n")[0]
    separator = ";" if head.count(";") > head.count(",") else ","
    sheet = pd.read_csv(io.StringIO(text), sep=separator, dtype=str, keep_default_na=False)
    missing = [name for name in SHEET_COLUMNS if name not in sheet]
    if missing:
        raise ValueError(f"{path}: no column {missing[0]!r}; there are: {', '.join(sheet)}")
    return sheet


def _check_code(code: str, fix: tuple[int, ...], there: set[int], where: str) -> None:
    if code not in ("", *CODES):
        raise ValueError(f"{where}: code {code!r}; allowed are {', '.join(CODES)}, or nothing")
    if (code == "fix") != bool(fix):
        raise ValueError(f"{where}: a fix needs numbers in the column fix, and no other code does")
    if not set(fix) <= there:
        raise ValueError(
            f"{where}: paragraph {min(set(fix) - there)} is not in the second version, which has "
            f"{_spaced(sorted(there))}"
        )


def _second_places(aligned: pd.DataFrame, pair: pd.Series[Any]) -> set[int]:
    """The paragraphs of the second version of the article that a pair is from."""
    names = ["article_a", "article_b"]
    same = (aligned[names] == pair[names]).all(axis=1)
    return {place for places in aligned.loc[same, "paragraphs_b"] for place in places}


def _precision(codes: pd.Series[str]) -> pd.DataFrame:
    """Count the codes; Wilson's (1927) interval for the share of those accepted."""
    accepted, rejected, fixed = (int((codes == code).sum()) for code in CODES)
    n = len(codes)
    share = accepted / n if n else np.nan
    row = (n, accepted, rejected, fixed, share, *wilson(share, n))
    return pd.DataFrame([row], columns=PRECISION_COLUMNS)


def _spaced(places: Iterable[int]) -> str:
    return " ".join(map(str, places))


def _escaped(text: str) -> str:
    return _FORMULA.sub("'", text)
