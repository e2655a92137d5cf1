"""Pages that are made from the code, so that they cannot say anything else."""

from __future__ import annotations

import html
from collections.abc import Iterator
from pathlib import Path

import click

import framing as fr
from framing.cli import main
from framing.lexicon.loading import built_in
from framing.report.notebooks import notebook_parameters
from framing.utils.files import bundled

GROUPS = {
    "read": "Reading articles",
    "score": "Scoring paragraphs",
    "lexicon": "Lexicons and dictionaries",
    "compare": "Comparing outlets",
    "explore": "Exploring what was counted",
    "reuse": "Copies and rewrites",
    "validate": "Validating by hand coding",
    "show": "Tables and figures",
    "report": "Reports",
}


def write(folder: Path) -> None:
    """Write all pages into a folder; a page that has not changed is left alone."""
    folder.mkdir(exist_ok=True)
    pages = {"api.rst": api(), "command.md": command(), "notebooks.md": notebooks()}
    for name, text in (pages | {"lexicon_table.md": lexicon_table()}).items():
        path = folder / name
        if not path.is_file() or path.read_text(encoding="utf-8") != text:
            path.write_text(text, encoding="utf-8")


def api() -> str:
    """List the public names in their groups; autosummary adds the first line of each."""
    parts = [
        f"{_title('Functions and classes', '=')}\nEverything below is in the namespace of the "
        "package: ``import framing as fr``, then ``fr.score(...)``.\n\n"
        ".. currentmodule:: framing\n"
    ]
    for group, names in fr.GROUPS.items():
        listed = "\n".join(f"   {name}" for name in names)
        title = _title(GROUPS[group], "-")
        parts.append(f"{title}\n.. autosummary::\n   :toctree: api/\n\n{listed}\n")
    return "\n".join(parts)


def _title(text: str, line: str) -> str:
    return f"{text}\n{line * len(text)}\n"


def command() -> str:
    """Describe every subcommand with its options, as its help does."""
    parts = [
        "# The command\n\n`framing --help` lists the commands, and `framing NAME --help` "
        "explains one.\n"
    ]
    for name, subcommand in _commands(main, "framing"):
        context = click.Context(subcommand, info_name=name, **main.context_settings)
        usage = " ".join([name, *subcommand.collect_usage_pieces(context)])
        rows = [record for p in subcommand.params if (record := p.get_help_record(context))]
        parts.append(f"## {name}\n\n```console\n$ {usage}\n```\n\n{_paragraphs(subcommand)}\n")
        parts.append(_table(["option", ""], [(f"`{flag}`", text) for flag, text in rows]))
    return "\n".join(parts)


def _commands(group: click.Group, name: str) -> Iterator[tuple[str, click.Command]]:
    """Yield all commands with their full names; a group stands for those in it."""
    for word, command in group.commands.items():
        if isinstance(command, click.Group):
            yield from _commands(command, f"{name} {word}")
        else:
            yield f"{name} {word}", command


def _paragraphs(subcommand: click.Command) -> str:
    return "\n\n".join(" ".join(p.split()) for p in (subcommand.help or "").split("\n\n"))


def notebooks() -> str:
    """List the parameters of every notebook that comes with the package."""
    parts = [
        "# Notebooks and their parameters\n\nSet a parameter with `-p NAME VALUE`, or in "
        "`parameters` of a [plan](../batch.md#the-plan).\n"
    ]
    for path in sorted(bundled("notebooks").glob("*.ipynb")):
        rows = [(f"`{p.name}`", f"`{p.default!r}`", p.comment) for p in notebook_parameters(path)]
        parts.append(f"## {path.stem}\n\n" + _table(["parameter", "default", "meaning"], rows))
    return "\n".join(parts)


def lexicon_table() -> str:
    """Show all entries of the English lexicon in a table that a box above it filters."""
    lexicon = built_in()
    columns = ["category", "entry", "tag", "rule"]
    head = "".join(f"<th>{name}</th>" for name in columns)
    rows = "\n".join(
        "<tr>" + "".join(f"<td>{html.escape(cell)}</td>" for cell in row) + "</tr>"
        for row in lexicon.entries[columns].itertuples(index=False)
    )
    return (
        f"# The entries of the lexicon\n\nAll {len(lexicon.entries):,} entries of {lexicon.name} "
        f"{lexicon.version}. [The lexicon](../lexicon.md) explains categories, tags and rules.\n\n"
        '<input class="table-filter" type="search" aria-label="Filter the entries" '
        'placeholder="Filter: fear, may, R-LIKELY …" data-table="entries">\n'
        f'<p class="table-count" data-table="entries"></p>\n\n'
        f'<table id="entries" class="table"><thead><tr>{head}</tr></thead><tbody>\n{rows}\n'
        "</tbody></table>\n"
    )


def _table(head: list[str], rows: list[tuple[str, ...]]) -> str:
    return "\n".join(_lines(head, rows)) + "\n"


def _lines(head: list[str], rows: list[tuple[str, ...]]) -> Iterator[str]:
    for row in [tuple(head), ("---",) * len(head), *rows]:
        yield "| " + " | ".join(cell.replace("|", "\\|") for cell in row) + " |"
