"""What commands share: options, and errors of one line."""

from __future__ import annotations

import os
import warnings
from collections.abc import Callable
from functools import wraps
from typing import Any

import click

from framing.text.encoding import printable

_NAMED = ("source", "corpus", "output", "plan", "folder")  # files and folders
_EXPECTED = (ValueError, TypeError, OSError, RuntimeError, ImportError)


def echo(text: object, *, err: bool = False) -> None:
    """Print a line without control characters, which a name of a file or a column may have."""
    click.echo(printable(str(text)), err=err)


def one_line_errors(command: Callable[..., Any]) -> Callable[..., Any]:
    """Print expected errors and warnings as one line each, without a traceback."""

    @wraps(command)
    def wrapped(*args: Any, **kwargs: Any) -> Any:
        with warnings.catch_warnings(action="always", category=UserWarning):
            warnings.showwarning = lambda message, *_, **__: echo(f"Warning: {message}", err=True)
            for name in _NAMED:  # a variable of a shell that is not set
                if kwargs.get(name) == "":
                    raise click.UsageError(f"{name} is empty; write . for the folder you are in")
            try:
                return command(*args, **kwargs)
            except _EXPECTED as error:
                if isinstance(error, BrokenPipeError) and _is_closed():
                    raise  # click ends quietly, as after `framing check IN | head`
                raise click.ClickException(printable(str(error))) from None

    return wrapped


def _is_closed() -> bool:
    """Return whether nobody reads the output any more; an empty line tries it."""
    try:
        print(flush=True)
    except BrokenPipeError:
        return True
    return False


def _named(_: click.Context, option: click.Parameter, values: tuple[str, ...]) -> dict[str, str]:
    """Return a mapping of repeated NAME=VALUE options."""
    pairs = [value.partition("=") for value in values]
    for value, pair in zip(values, pairs, strict=True):
        if not all(pair):
            raise click.BadParameter(f"{value!r} is not of the form {option.metavar}")
    return {name: named for name, _, named in pairs}


def listed(_: click.Context, _option: click.Parameter, value: str) -> tuple[str, ...]:
    """Return the parts of a list that commas separate."""
    return tuple(filter(None, value.replace(" ", "").split(",")))


FORMATS = click.option(
    "--formats", default="", metavar="LIST", callback=listed,
    help="Formats of the tables beside CSV and Parquet, such as xlsx,dta: xlsx, dta, sav.",
)  # fmt: skip
WORKERS = click.option(
    "--workers", type=click.IntRange(1), metavar="N", default=lambda: os.cpu_count() or 1,
    show_default="one per processor", help="Number of processes.",
)  # fmt: skip
LEXICON = click.option(
    "--lexicon", metavar="FILE", help="A dictionary; the built-in one by default."
)
_READING = (
    click.option(
        "--map", "columns", multiple=True, metavar="FIELD=COLUMN", callback=_named,
        help="Column or key that holds a field, such as outlet=media_name. Repeatable.",
    ),
    click.option(
        "--outlet", "outlets", multiple=True, metavar="NAME=OUTLET", callback=_named,
        help="Outlet that a name in IN stands for, such as FOX='Fox News'. Repeatable.",
    ),
    click.option(
        "--keep", multiple=True, metavar="ROLE",
        help="Score these blocks as body: caption, related, furniture, fragment.",
    ),
    click.option(
        "--language", "languages", multiple=True, default=["en"], show_default=True, metavar="CODE",
        callback=lambda _context, _option, codes: () if "any" in codes else codes,
        help="Language of the articles to read; 'any' for all of them. Repeatable.",
    ),
    click.option(
        "--dates", type=click.Choice(["dmy", "mdy"]), default=None,
        callback=lambda _context, _option, order: order or "",
        help="Order of day and month in dates such as 3/4/2018.",
    ),
)  # fmt: skip


def reading_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add the options that say how articles are read."""
    for option in reversed(_READING):
        command = option(command)
    return command


def take_reading(options: dict[str, Any]) -> dict[str, Any]:
    """Take out the options that say how articles are read; return those that are not defaults."""
    defaults = {"columns": {}, "outlets": {}, "keep": (), "languages": ("en",), "dates": ""}
    taken = {name: options.pop(name) for name in defaults}
    return {name: value for name, value in taken.items() if value != defaults[name]}
