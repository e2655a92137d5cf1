"""What coders fill in: a page of a workbook or a CSV file for each, and the codebook."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

import pandas as pd

from framing.utils.files import read_toml
from framing.utils.table_files import of_workbook

TONE = "tone"
SHOWN = ["passage", "before", "text", "after"]
_CODEBOOK = Path(__file__).parent / "codebook.toml"


def codes_of(measure: str) -> list[str]:
    """Return the codes that a coder may give: 1, 0 and ? (cannot be decided), and -1 for tone."""
    return ["-1", "0", "1", "?"] if measure == TONE else ["1", "0", "?"]


def codebook(measures: Sequence[str]) -> pd.DataFrame:
    """Return the codes, the question and examples of each measure."""
    known = read_toml(_CODEBOOK)
    rows = []
    for measure in measures:
        entry: dict[str, Any] = known.get(measure, {})
        question = entry.get("question", "(the researcher writes the definition here)")
        examples = ("\n".join(entry.get(name, [])) for name in ("yes", "no"))
        rows.append([measure, ", ".join(codes_of(measure)), question, *examples])
    return pd.DataFrame(rows, columns=["measure", "codes", "question", "yes", "no"])


def csv_files(shown: pd.DataFrame, measures: Sequence[str]) -> dict[str, pd.DataFrame]:
    """Return what stands in a CSV file for each coder, and in the codebook."""
    tables = {"codebook.csv": codebook(measures)}
    for coder, rows in shown.groupby("coder"):
        sheet = rows[SHOWN].reindex(columns=[*SHOWN, *measures, "note"], fill_value="")
        tables[f"coder-{coder}.csv"] = sheet
    return tables


def write_workbook(path: Path, shown: pd.DataFrame, measures: Sequence[str]) -> None:
    """Write the pages; without properties, and with the same bytes for the same sheet."""
    from xlsxwriter import Workbook  # slow to import

    with of_workbook() as how, Workbook(path, how) as book:
        book.set_properties({"created": datetime(2000, 1, 1)})
        wrapped = book.add_format({"text_wrap": True, "valign": "top"})
        head = book.add_format({"bold": True, "bottom": 1, "valign": "top"})
        page = book.add_worksheet("codebook")
        for coder, rows in shown.groupby("coder"):
            _write_coder(book.add_worksheet(f"coder {coder}"), rows, measures, head, wrapped)
        page.write_string(0, 0, "Read each sentence; those before and after it are context.", head)
        unsure = "? means that it cannot be decided. Leave empty what is not coded yet."
        page.write_string(1, 0, unsure)
        table = codebook(measures)
        _write_table(page, 3, table, list(table), [12, 12, 48, 60, 60], head, wrapped)
        share = book.add_format({"num_format": "0%"})
        _write_progress(page, 5 + len(measures), shown, len(measures), head, share)


def _write_coder(
    sheet: Any, rows: pd.DataFrame, measures: Sequence[str], head: Any, wrapped: Any
) -> None:
    widths = [9, 36, 60, 36, *([9] * len(measures)), 24]
    _write_table(sheet, 0, rows[SHOWN], [*SHOWN, *measures, "note"], widths, head, wrapped)
    for place, measure in enumerate(measures, start=len(SHOWN)):
        codes = codes_of(measure)
        sheet.data_validation(1, place, len(rows), place, {
            "validate": "list", "source": codes, "error_title": "Unknown code",
            "error_message": f"Codes are {', '.join(codes)}.",
        })  # fmt: skip
    sheet.freeze_panes(1, len(SHOWN))


def _write_table(
    page: Any, first: int, rows: pd.DataFrame, names: list[str], widths: list[int], *looks: Any
) -> None:
    """Write the names of columns, which may be more than the table has, and its rows."""
    head, wrapped = looks
    for place, (name, width) in enumerate(zip(names, widths, strict=True)):
        page.write_string(first, place, name, head)
        page.set_column(place, place, width, wrapped)
    for number, row in enumerate(rows.itertuples(index=False), start=first + 1):
        for place, text in enumerate(row):
            page.write_string(number, place, text, wrapped)


def _write_progress(
    page: Any, first: int, shown: pd.DataFrame, measures: int, head: Any, share: Any
) -> None:
    """Write which share of the cells each coder has filled in, as a formula."""
    page.write_string(first, 0, "progress", head)
    begin, end = (chr(ord("A") + len(SHOWN) + place) for place in (0, measures - 1))
    for number, (coder, own) in enumerate(shown.groupby("coder"), start=first + 1):
        cells = f"'coder {coder}'!{begin}2:{end}{len(own) + 1}"
        page.write_string(number, 0, f"coder {coder}")
        page.write_formula(number, 1, f"=COUNTA({cells})/{len(own) * measures}", share, 0)
