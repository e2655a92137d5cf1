"""Manual checks of an alignment: a coding sheet, its precision, and the alignment corrected."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from framing.checks import check_columns
from framing.reuse.align import ALIGNED_COLUMNS, check_aligned, kind_of
from framing.reuse.features import profiles, read_words
from framing.reuse.similarity import measure_pairs
from framing.stats.effects import wilson
from framing.text.encoding import printable
from framing.utils.table_files import read_texts, write_csv

SHEET_COLUMNS = [
    "pair", "article_a", "paragraphs_a", "text_a", "article_b", "paragraphs_b", "text_b",
    "code", "fix", "note",
]  # fmt: skip
_BOTH = ["article_a", "article_b"]
CODES = ("accept", "reject", "fix")
PRECISION_COLUMNS = ["judged", "accepted", "rejected", "fixed", "precision", "low", "high"]
Places = tuple[int, ...]


class Judged(NamedTuple):
    """Three tables: ``aligned`` as corrected by the coder, the ``codes``, and ``precision``."""

    aligned: pd.DataFrame
    codes: pd.DataFrame
    precision: pd.DataFrame

    def __repr__(self) -> str:
        row = next(self.precision.itertuples())
        return (
            f"{row.accepted} of {row.judged} pairs accepted: precision {row.precision:.2f}, "
            f"95% interval {row.low:.2f} to {row.high:.2f}"
        )


def alignment_sheet(
    aligned: pd.DataFrame, path: str | Path, *, pairs: int = 100, seed: int = 1
) -> Path:
    """Write a coding sheet with randomly drawn pairs of paragraphs.

    Parameters
    ----------
    aligned : DataFrame
        As returned by `align` or `align_versions`.
    path : str or Path
        CSV file to write (UTF-8). An existing file is never overwritten.
    pairs : int, default 100
        Number of pairs to draw; all if there are fewer.
    seed : int, default 1
        Seed of the draw.

    Returns
    -------
    Path
        The sheet with `SHEET_COLUMNS`, one row per pair in random order, without scores. The
        coder fills in ``code`` (accept; reject: the two are unrelated; fix: other paragraphs of
        the second version belong to the first), ``fix`` (their numbers, such as "3 4") and
        ``note``. Text that a spreadsheet would run as a formula is preceded by an apostrophe.
    """
    check_aligned(aligned)
    paired = aligned[aligned["score"].notna()]
    order = np.random.default_rng(seed).permutation(len(paired))[:pairs]
    sheet = paired.iloc[order].rename_axis("pair").reset_index()
    for side in "ab":
        sheet[f"paragraphs_{side}"] = sheet[f"paragraphs_{side}"].map(_spaced)
    sheet = sheet.reindex(columns=SHEET_COLUMNS, fill_value="")
    write_csv(sheet, Path(path), mode="x", encoding="utf-8-sig")
    return Path(path)


def read_alignment_sheet(path: str | Path, aligned: pd.DataFrame) -> Judged:
    """Read a completed coding sheet and apply its corrections to the alignment.

    Parameters
    ----------
    path : str or Path
        The sheet, with commas or semicolons as separator.
    aligned : DataFrame
        The alignment from which the sheet was drawn.

    Returns
    -------
    Judged
        ``aligned``: with rejected pairs separated and fixed pairs joined and scored again.
        ``codes``: ``pair``, ``code``, ``fix`` (tuples) and ``note``, one row per coded pair.
        ``precision``: one row, ``judged``, ``accepted``, ``rejected``, ``fixed``, ``precision``
        (accepted over judged) and its 95% Wilson interval, ``low`` to ``high``.

    Raises
    ------
    ValueError
        If a code is unknown, a fix names no paragraph of the second version, a pair is coded
        twice, or the sheet belongs to another alignment; the message names the row.
    """
    check_aligned(aligned)
    known = aligned[aligned["score"].notna()]
    pairs = {str(pair): pair for pair in known.index}
    rows = []
    sheet = read_texts(path)
    check_columns(sheet, SHEET_COLUMNS, kind=f"pairs with their codes ({printable(path)})")
    for number, row in enumerate(sheet.to_dict("records"), start=2):
        where = f"{printable(path)}, row {number}"
        if row["pair"] not in pairs:
            raise ValueError(f"{where}: this alignment has no pair {row['pair']!r}")
        pair = pairs[row["pair"]]
        old = known.loc[pair]
        drawn = _spaced(old["paragraphs_a"]), old["article_a"]
        if drawn != (row["paragraphs_a"], row["article_a"]):
            raise ValueError(f"{where}: the sheet was not drawn from this alignment")
        code, fix = row["code"].strip().lower(), tuple(map(int, re.findall(r"\d+", row["fix"])))
        of_both = (aligned[_BOTH] == old[_BOTH]).all(axis=1)
        _check_code(code, fix, set(itertools.chain(*aligned["paragraphs_b"][of_both])), where)
        rows += [(pair, code, fix, row["note"])] if code else []
    codes = pd.DataFrame(rows, columns=["pair", "code", "fix", "note"])
    if len(twice := codes["pair"][codes["pair"].duplicated()]):
        raise ValueError(f"{printable(path)}: pair {twice.iloc[0]} is in two rows; keep one")
    partners = {row.pair: row.fix for row in codes.itertuples() if row.code != "accept"}
    return Judged(realign(aligned, partners), codes, _precision(codes["code"]))


def _check_code(code: str, fix: tuple[int, ...], known: set[int], where: str) -> None:
    if code not in ("", *CODES):
        raise ValueError(f"{where}: code must be {', '.join(CODES)} or empty, got {code!r}")
    if (code == "fix") != bool(fix):
        raise ValueError(
            f"{where}: the column fix must have numbers for code fix, and be empty otherwise"
        )
    if not set(fix) <= known:
        raise ValueError(
            f"{where}: paragraph {min(set(fix) - known)} is not in the second version, which has "
            f"{_spaced(sorted(known))}"
        )


def _precision(codes: pd.Series[str]) -> pd.DataFrame:
    """Count the codes; Wilson (1927) interval of the share accepted."""
    accepted, rejected, fixed = (int((codes == code).sum()) for code in CODES)
    n = len(codes)
    share = accepted / n if n else np.nan
    row = (n, accepted, rejected, fixed, share, *wilson(share, n))
    return pd.DataFrame([row], columns=PRECISION_COLUMNS)


def _spaced(places: Iterable[int]) -> str:
    return " ".join(map(str, places))


def realign(aligned: pd.DataFrame, partners: Mapping[Any, Places]) -> pd.DataFrame:
    """Assign other paragraphs of the second version, or none, to rows of an alignment.

    ``partners`` maps rows of ``aligned`` to paragraph numbers of the second version, () for none. A
    paragraph assigned to a row is removed from its former row; changed rows have no margin.

    >>> import framing as fr
    >>> a, b = (pd.DataFrame({"text": [t]}) for t in ("Talks could well fail.", "Talks fail."))
    >>> realign(fr.align(a, b), {0: ()})[["paragraphs_a", "paragraphs_b", "kind"]]
      paragraphs_a paragraphs_b      kind
    0         (0,)           ()  left out
    1           ()         (0,)     added
    """
    groups = aligned.groupby(_BOTH, sort=False)
    rows = [row for _, group in groups for row in _article_rows(group, partners)]
    table = pd.DataFrame(rows, columns=ALIGNED_COLUMNS)
    return table.astype({"score": "float64", "margin": "float64"})


def _article_rows(group: pd.DataFrame, partners: Mapping[Any, Places]) -> list[dict[str, Any]]:
    """Return the rows of two articles, unused paragraphs of the second at the end."""
    texts: dict[int, str] = {}  # of the second version, joined ones split again
    for places, whole in zip(group["paragraphs_b"], group["text_b"], strict=True):
        if places:
            texts |= zip(places, whole.split("\n\n", len(places) - 1), strict=True)
    given = {place for pair in group.index for place in partners.get(pair, ())}
    rows, left = [], set(texts)
    for pair, row in zip(group.index, group.to_dict("records"), strict=True):
        old = row["paragraphs_b"]
        new = partners.get(pair, tuple(place for place in old if place not in given))
        left -= set(new)
        if row["paragraphs_a"] or new:
            rows.append(row if new == old else _with_partner(row, new, texts))
    alone = row | {"paragraphs_a": (), "text_a": ""}
    return rows + [_with_partner(alone, (place,), texts) for place in sorted(left)]


def _with_partner(row: dict[str, Any], places: Places, texts: Mapping[int, str]) -> dict[str, Any]:
    text = "\n\n".join(texts[place] for place in places)
    kind = kind_of(len(row["paragraphs_a"]), len(places))
    score = np.nan
    if row["paragraphs_a"] and places:
        both = profiles(read_words([row["text_a"], text]))
        score = measure_pairs(both, np.array([0]), np.array([1]))["frame"].iloc[0]
    changed = {"paragraphs_b": places, "text_b": text, "kind": kind, "score": score}
    return row | changed | {"margin": np.nan}
