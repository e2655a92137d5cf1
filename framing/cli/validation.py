"""Commands that validate a lexicon: draw a coding sheet, check it, report."""

from __future__ import annotations

import textwrap
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from framing.cli.options import LEXICON, echo, listed, one_line_errors
from framing.text.numbers import many

_KEY = click.option("--key", metavar="KEY.json", help="The key; beside the first sheet by default.")


def _setting(name: str, default: object, metavar: str, text: str) -> Callable[..., Any]:
    """Return an option that shows its default."""
    return click.option(name, default=default, show_default=True, metavar=metavar, help=text)


@click.group()
def validate() -> None:
    """Find out whether the lexicon is right in a corpus: draw a sheet, check it, report."""


@validate.command(name="new")
@click.argument("corpus", metavar="IN")
@click.option("-o", "--output", required=True, metavar="SHEET.xlsx", help="Workbook, or a folder.")
@_setting("--by", "outlet", "COLUMN", "Column whose values are compared.")
@click.option(
    "--measures", default="", metavar="LIST", callback=listed,
    help="Such as hedge,tone; those that reports are about by default.",
)  # fmt: skip
@_setting("--hits", 100, "N", "Sentences with a hit, per outlet and measure.")
@_setting("--near-misses", 50, "N", "Sentences whose hits a rule took away, likewise.")
@_setting("--without", 100, "N", "Sentences without either, per outlet.")
@_setting("--per-article", 2, "N", "Sentences of an article at most.")
@_setting("--coders", 2, "N", "Number of coders.")
@_setting("--overlap", 1.0, "SHARE", "Share that all coders code.")
@_setting("--learn", 0.0, "SHARE", "Share to tune the lexicon with.")
@LEXICON
@_setting("--seed", 1, "N", "Seed of the draw.")
@one_line_errors
def validate_new(
    corpus: str, output: str, lexicon: str | None, measures: tuple[str, ...], **options: Any
) -> None:
    """Draw sentences of IN for people to code.

    Coders fill in the workbook (or the CSV files of a folder); the key beside it says where each
    sentence is from, and is not for them.
    """
    from framing.lexicon.loading import load_lexicon
    from framing.report.prepare import check_folder
    from framing.scoring.study import open_study
    from framing.validation.sheets import check_free, coding_sheet, key_of

    check_free(Path(output))
    check_folder(Path(output).parent)
    chosen = load_lexicon(lexicon)
    study = open_study(corpus, lexicon=chosen)
    sheet = coding_sheet(
        study.scores, study.cues, lexicon=chosen, measures=measures or None, **options
    )
    write = sheet.to_excel if output.endswith(".xlsx") else sheet.to_csv
    echo(f"{write(output)}: {sheet}")
    echo(f"{key_of(Path(output))}: the key, not for coders")


@validate.command(name="check")
@click.argument("sheets", nargs=-1, required=True, metavar="SHEET ...")
@_KEY
@one_line_errors
def validate_check(sheets: tuple[str, ...], key: str | None) -> None:
    """Check filled sheets: how much is coded, and how far coders agree."""
    from framing.validation.agreement import disagreements
    from framing.validation.coding import read_coding
    from framing.validation.statement import agreement_sentences

    coded = read_coding(sheets, key=key)
    echo(coded)
    for sentence in agreement_sentences(coded):
        echo(sentence)
    table = disagreements(coded)
    unsure = (table == "?").any(axis=1).sum()
    echo(f"{many(len(table), 'disagreement')}, {unsure} of them a ? beside a code")


@validate.command(name="report")
@click.argument("sheets", nargs=-1, required=True, metavar="SHEET ...")
@click.option("--corpus", required=True, metavar="IN", help="What the sheet was drawn from.")
@_KEY
@click.option("--lexicon", metavar="FILE", help="The dictionary that the sheet was drawn with.")
@click.option("--tables", metavar="DIR", help="Folder for the tables behind the numbers.")
@one_line_errors
def validate_report(
    sheets: tuple[str, ...], corpus: str, key: str | None, lexicon: str | None, tables: str | None
) -> None:
    """Print what filled sheets say of the lexicon, as a paragraph for a paper."""
    from framing.lexicon.loading import load_lexicon
    from framing.report.tables import save_tables
    from framing.scoring.study import open_study
    from framing.validation.coding import read_coding
    from framing.validation.statement import outdated, validation_paragraph
    from framing.validation.validity import validity

    chosen, coded = load_lexicon(lexicon), read_coding(sheets, key=key)
    study = open_study(corpus, lexicon=chosen)
    if reasons := outdated(coded, study.corpus.paragraphs, lexicon=chosen):
        raise ValueError("; ".join(reasons))
    echo(textwrap.fill(validation_paragraph(coded, study.cues, lexicon=chosen), 80))
    if tables:
        found = validity(coded, study.cues, lexicon=chosen)
        save_tables(tables, validity=found.table, errors=found.errors, codes=coded.codes)
