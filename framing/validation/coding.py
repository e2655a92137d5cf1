"""Filled coding sheets, read back and checked against what was handed out."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from framing.schema import check_columns, check_is
from framing.text.numbers import many
from framing.utils.files import SHEETS, find_data
from framing.utils.table_files import read_texts
from framing.validation.forms import SHOWN, TONE, codes_of
from framing.validation.sheets import key_of

CHANGED = (
    "If the lexicon was changed, draw and code a new sheet; if only the part to learn from "
    "informed the change, see framing.retuned"
)
_SHEETS = (".csv", ".tsv", *SHEETS)
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


def check_coded(coded: object) -> None:
    """Raise an error unless something is what `read_coding` returns."""
    check_is(coded, Coded, "coded", "read_coding")


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
        a passage twice, or a folder has no sheet; with the file, the page and the row.
    """
    listed = [paths] if isinstance(paths, str | Path) else list(paths)
    files = [file for path in listed for file in _sheets(find_data(path, "corpora"))]
    if not files:
        raise ValueError("paths must name at least one filled sheet, got none")
    about, passages = _read_key(Path(key) if key else _key_beside(files[0]))
    known = passages.set_index("passage")
    rows = [row for file in files for row in _rows(file, about, known)]
    codes = pd.DataFrame(rows, columns=[*CODE_COLUMNS, "where"])
    twice = codes[codes.duplicated(["passage", "coder", "measure"])]
    if len(twice):
        row = twice.iloc[0]
        cell = ["passage", "coder", "measure"]
        same = codes[cell].eq(row[cell]).all(axis=1)
        raise ValueError(
            f"{row['where']}: {row['coder']} has coded {row['passage']} twice, also in "
            f"{codes['where'][same].iloc[0]}; if these are two people, who filled the same page of "
            "two files, rename the page of one of them"
        )
    codes = codes.sort_values(["measure", "passage", "coder"], ignore_index=True)
    return Coded(codes[CODE_COLUMNS], passages, about)


def _sheets(path: Path) -> list[Path]:
    """Return the filled sheets in a folder; a file is one itself."""
    if not path.exists():
        raise FileNotFoundError(f"{path}: there is no such file or folder")
    if not path.is_dir():
        return [path]
    files = [file for file in sorted(path.iterdir()) if file.suffix.lower() in _SHEETS]
    found = [file for file in files if file.name[0] not in ".~" and file.name != "codebook.csv"]
    if not found:
        raise ValueError(f"{path}: no filled sheet in this folder ({', '.join(_SHEETS)})")
    return found


def _key_beside(sheet: Path) -> Path:
    """Return the key of a sheet: the one of its name, or the only one in its folder."""
    own, found = key_of(sheet), sorted(sheet.parent.glob("*key.json"))
    if own.exists() or len(found) != 1:
        return own
    return found[0]


def _read_key(path: Path) -> tuple[dict[str, Any], pd.DataFrame]:
    if not path.exists():
        raise FileNotFoundError(
            f"{path}: no such key of the coding sheet; put it beside the sheets, or name it with "
            "key= (command: --key)"
        )
    content = json.loads(path.read_text("utf-8"))
    return content["about"], pd.DataFrame(content["passages"])


def _rows(
    path: Path, about: Mapping[str, Any], known: pd.DataFrame
) -> Iterator[tuple[str, str, str, float, str]]:
    """Yield the codes of a file, each with where it stands."""
    for page, table in _pages(path):
        where = f"{path.name}, {page}" if page else path.name
        missing = [measure for measure in about["measures"] if measure not in table]
        if missing:
            raise ValueError(
                f"{where}: no column {missing[0]!r}, got {', '.join(table)}; the measures are "
                f"{', '.join(about['measures'])}: leave a column empty where nothing was coded"
            )
        coder = page or path.stem
        for number, row in enumerate(table.to_dict("records"), start=2):
            place = f"{where}, row {number}"
            if not any(row.values()):
                continue
            _check_passage(row, known, place)
            for measure in about["measures"]:
                if row[measure]:
                    code = _code(row[measure], measure, place)
                    yield row["passage"], coder, measure, code, place


def _pages(path: Path) -> Iterator[tuple[str, pd.DataFrame]]:
    """Yield the tables of passages in a file; a page of a workbook is a coder."""
    if path.suffix.lower() in (".csv", ".tsv", ".txt"):
        yield "", _read_csv(path)
        return
    pages = pd.read_excel(
        path, sheet_name=None, dtype=str, engine="calamine", keep_default_na=False
    )
    found = {str(name): table for name, table in pages.items() if set(SHOWN) <= set(table)}
    if not found:
        raise ValueError(f"{path}: no page with the columns {', '.join(SHOWN)}")
    for name, table in found.items():
        yield name, table.fillna("").map(lambda cell: str(cell).strip())


def _read_csv(path: Path) -> pd.DataFrame:
    table = read_texts(path)
    missing = [name for name in SHOWN if name not in table]
    if missing:
        raise ValueError(f"{path}: no column {missing[0]!r}, got {', '.join(table)}")
    return table.map(str.strip)


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
