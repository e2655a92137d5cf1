"""Filled coding sheets, read back and checked against what was handed out."""

from __future__ import annotations

import hashlib
import itertools
import json
import warnings
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from framing.arguments import check_is
from framing.checks import check_columns
from framing.lexicon.lexicon import Lexicon
from framing.text.encoding import printable
from framing.text.numbers import many
from framing.utils.files import check_path, find_data
from framing.validation.filled_pages import pages_of, sheets_in
from framing.validation.forms import TONE, codes_of
from framing.validation.sheets import key_of

CHANGED = (
    "If the lexicon was changed, draw and code a new sheet; if only the part to learn from "
    "informed the change, see framing.retuned"
)
_ALIKE = 30  # cells in which two people hardly ever give all the same codes
_UNDECIDED = 9  # instead of NaN, which equals nothing
CODE_COLUMNS = ["passage", "coder", "measure", "code"]


class Coded(NamedTuple):
    """Passages with the codes that people gave them.

    ``codes``: one row per code: ``passage``, ``coder``, ``measure``, ``code`` (1, 0, -1 for tone;
    NaN where the coder could not decide, ?). Cells that are still empty have no row. ``passages``:
    as in `CodingSheet`. ``about``: what the sheet was drawn for, and hashes of it. ``unsettled``:
    the coders' own codes if ``codes`` are those that `adjudicated` settled, otherwise None.
    """

    codes: pd.DataFrame
    passages: pd.DataFrame
    about: dict[str, Any]
    unsettled: pd.DataFrame | None = None

    @property
    def own(self) -> pd.DataFrame:
        """The codes as the coders gave them, whether or not they were settled afterwards."""
        return self.codes if self.unsettled is None else self.unsettled

    @property
    def doubts(self) -> list[str]:
        """What should be looked at before the codes are used: empty if nothing.

        Files and pages that could not be read, and coders with all the same codes.
        """
        unread = self.about.get("unread", ())
        lost = f"Not read as codes: {', '.join(unread)}."
        return [*([lost] if unread else []), *_twins(self.own)]

    @property
    def counted(self) -> list[str]:
        """The measures that were coded, without tone."""
        return [measure for measure in self.about["measures"] if measure != TONE]

    def part(self, name: str) -> pd.DataFrame:
        """Return the passages of a part of the sheet, "report" or "learn"."""
        return self.passages[self.passages["part"] == name]

    def __repr__(self) -> str:
        cells = len(self.passages) * len(self.about["measures"])
        done = self.codes.groupby(["passage", "measure"]).ngroups
        return (
            f"{many(len(self.codes), 'code')} by {many(self.codes['coder'].nunique(), 'coder')}; "
            f"{done:,} of {cells:,} sentences and measures are coded"
        )


def _twins(codes: pd.DataFrame) -> Iterator[str]:
    """Yield a sentence on every two coders who gave the same code wherever both gave one."""
    wide = codes.assign(code=codes["code"].fillna(_UNDECIDED)).pivot_table(
        "code", index=["passage", "measure"], columns="coder"
    )
    for a, b in itertools.combinations(wide, 2):
        both = wide[[a, b]].dropna()
        if len(both) >= _ALIKE and len(set(both[a])) > 1 and both[a].eq(both[b]).all():
            yield (
                f"{a} and {b} gave the same code in all {len(both):,} cells that both filled: if "
                "they are one person, whose sheet is there twice, remove one."
            )


def check_coded(coded: object) -> None:
    """Raise an error unless something is what `read_coding` returns."""
    check_is(coded, Coded, "coded", "read_coding")


def other_lexicon(coded: Coded, lexicon: Lexicon) -> str:
    """Return that a lexicon is not the one that a sheet was drawn with; empty if it is."""
    about = coded.about
    if lexicon.hash == about["hash"]:
        return ""
    return (
        f"the lexicon changed after the coding: coded with {about['lexicon']} {about['version']} "
        f"({about['hash'][:8]}), now {lexicon.name} {lexicon.version} ({lexicon.hash[:8]}). "
        f"{CHANGED}"
    )


def read_coding(
    paths: str | Path | Sequence[str | Path], *, key: str | Path | None = None
) -> Coded:
    """Read filled coding sheets.

    Parameters
    ----------
    paths : str, Path, or sequence of them
        Workbooks (.xlsx, .ods) or CSV files that coders have filled in, or the folder of such
        files; in any order of rows, columns and pages, complete or not. A page of a workbook, or
        a CSV file, is a coder. ``"strait-coded"`` is the coding of the example.
    key : str or Path, optional
        The key that was written with the sheet (``sheet.key.json``). By default the one of the
        first file's name, or the only ``…key.json`` in its folder.

    Returns
    -------
    Coded
        The codes with the passages they belong to.

    Raises
    ------
    FileNotFoundError
        If a file or the key does not exist.
    ValueError
        If a code is unknown, a text was changed, a passage is not in the key, a coder has coded
        a passage twice, or a folder has no sheet; with the file, the page and the row. If the
        columns of a page with passages have lost their names, or ``text`` is gone.

    Warns
    -----
    UserWarning
        If a file of the folder or a page of a workbook is not read, or two coders have given all
        the same codes: they may be one person, whose sheet is there twice.
    """
    listed = list(paths) if isinstance(paths, Iterable) and not isinstance(paths, str) else [paths]
    for path in listed:
        check_path("paths", path, "a file, a folder, or a list of these")
    unread: list[str] = []
    files = [file for path in listed for file in sheets_in(find_data(path, "corpora"), unread)]
    if not files:
        raise ValueError("paths must name at least one filled sheet, got none")
    about, passages = _read_key(Path(key) if key else _key_beside(files[0]))
    known = passages.set_index("passage")
    rows = [row for file in files for row in _rows(file, about, known, unread)]
    codes = pd.DataFrame(rows, columns=[*CODE_COLUMNS, "where"])
    cell = ["passage", "coder", "measure"]
    if len(twice := codes[codes.duplicated(cell)]):
        row = twice.iloc[0]
        same = codes[cell].eq(row[cell]).all(axis=1)
        raise ValueError(
            f"{row['where']}: {row['coder']} has coded {row['passage']} twice, also in "
            f"{codes['where'][same].iloc[0]}; if these are two people, who filled the same page of "
            "two files, rename the page of one of them"
        )
    codes = codes.sort_values(["measure", "passage", "coder"], ignore_index=True)
    coded = Coded(codes[CODE_COLUMNS], passages, about | {"unread": unread} if unread else about)
    for doubt in coded.doubts:
        warnings.warn(doubt, stacklevel=2)
    return coded


def _key_beside(sheet: Path) -> Path:
    """Return the key of a sheet: the one of its name, or the only one in its folder."""
    own, found = key_of(sheet), sorted(sheet.parent.glob("*key.json"))
    return own if own.exists() or len(found) != 1 else found[0]


def _read_key(path: Path) -> tuple[dict[str, Any], pd.DataFrame]:
    if not path.exists():
        raise FileNotFoundError(
            f"{printable(path)}: no such key of the coding sheet; put it beside the sheets, or "
            "name it with key= (command: --key)"
        )
    try:
        content = json.loads(path.read_text("utf-8"))
        return content["about"], pd.DataFrame(content["passages"])
    except (ValueError, TypeError, KeyError):
        raise ValueError(
            f"{printable(path)}: not the key of a coding sheet, which is a file such as "
            "sheet.key.json"
        ) from None


def _rows(
    path: Path, about: Mapping[str, Any], known: pd.DataFrame, unread: list[str]
) -> Iterator[tuple[str, str, str, float, str]]:
    """Yield the codes of a file, each with where it stands; see `pages_of` for ``unread``."""
    for page, table in pages_of(path, about["measures"], known.index, unread):
        where = f"{printable(path.name)}, {page}" if page else path.name
        for number, row in enumerate(table.to_dict("records"), start=2):
            place = f"{where}, row {number}"
            if not any(row.values()):
                continue
            _check_passage(row, known, place)
            for measure in about["measures"]:
                if row[measure]:
                    code = _code(row[measure], measure, place)
                    yield row["passage"], page or path.stem, measure, code, place


def _check_passage(row: Mapping[str, str], known: pd.DataFrame, where: str) -> None:
    if row["passage"] not in known.index:
        raise ValueError(f"{where}: passage {row['passage']!r} is not in the key of this sheet")
    expected = known.loc[row["passage"], "shown"]
    if _letters(row["text"]) != _letters(expected):
        raise ValueError(
            f"{where}: the text of {row['passage']} was changed; it was {expected!r}, "
            f"got {row['text']!r}"
        )


def _letters(text: str) -> str:
    """Return a text without what spreadsheets change: white space, and a guard before it."""
    return "".join(text.split()).removeprefix("'")


def _code(cell: str, measure: str, where: str) -> float:
    value = cell.removesuffix(".0").lstrip("'+") or cell
    if value not in codes_of(measure):
        allowed = ", ".join(codes_of(measure))
        raise ValueError(f"{where}: the code of {measure} must be one of {allowed}, got {cell!r}")
    return np.nan if value == "?" else float(value)


def adjudicated(coded: Coded, decisions: pd.DataFrame | None = None) -> Coded:
    """Settle what the coders disagree on, and freeze the result.

    Parameters
    ----------
    coded : Coded
        As returned by `read_coding`.
    decisions : DataFrame, optional
        ``passage``, ``measure`` and ``code`` (?: it cannot be decided; empty: not decided yet):
        what a meeting decided, as in the table of `disagreements`. They overrule the coders.

    Returns
    -------
    Coded
        One coder, "adjudicated": the decision where there is one, else the code of more than half
        of the coders who decided. Passages that stay undecided have no code. ``about`` gets
        ``frozen``, a SHA-256 over the passages and their codes. The coders' own codes stay in
        ``unsettled``: agreement is theirs.

    Raises
    ------
    ValueError
        If a decision is about a passage or measure that was not coded, is no code, or is there
        twice.
    """
    check_coded(coded)
    groups = coded.codes.dropna(subset="code").groupby(["measure", "passage"])["code"]
    shares = groups.value_counts(normalize=True)
    winners = shares[shares > 0.5].reset_index()[["passage", "measure", "code"]]
    if decisions is not None:
        made = _decided(decisions, coded)
        winners = pd.concat([winners, made]).drop_duplicates(["passage", "measure"], keep="last")
        winners = winners.dropna(subset="code")
    winners = winners.astype({"code": float}).sort_values(["measure", "passage"], ignore_index=True)
    codes = winners.assign(coder="adjudicated")[CODE_COLUMNS]
    texts = coded.passages.set_index("passage")["text"].reindex(codes["passage"])
    content = codes.assign(text=texts.to_numpy()).to_csv(index=False, lineterminator="\n")
    frozen = hashlib.sha256(content.encode()).hexdigest()
    return Coded(codes, coded.passages, coded.about | {"frozen": frozen}, coded.own)


def _decided(decisions: pd.DataFrame, coded: Coded) -> pd.DataFrame:
    """Return what a meeting decided, NaN where it could not."""
    columns = ["passage", "measure", "code"]
    check_columns(decisions, columns, kind="decisions, as framing.disagreements(coded) with codes")
    known = set(zip(coded.own["passage"], coded.own["measure"], strict=True))
    made: dict[tuple[str, str], float] = {}
    for row in decisions.itertuples():
        place = (row.passage, row.measure)
        if place not in known:
            raise ValueError(f"no coder has coded {row.measure} of passage {row.passage!r}")
        if pd.isna(row.code) or not (cell := str(row.code).strip()):
            continue
        if place in made:
            raise ValueError(f"{row.measure} of passage {row.passage!r} is decided twice")
        made[place] = _code(cell, row.measure, f"the decision on passage {row.passage!r}")
    return pd.DataFrame([(*place, code) for place, code in made.items()], columns=columns)
