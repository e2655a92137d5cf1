"""Lexicons from dictionary files, and the one that comes with the package."""

from __future__ import annotations

import warnings
from functools import cache
from pathlib import Path

from framing.arguments import as_value
from framing.lexicon.formats.files import read_entries
from framing.lexicon.lexicon import Lexicon, NestedScope
from framing.lexicon.metadata import check_names, read_about
from framing.text.encoding import printable
from framing.text.numbers import many
from framing.utils.files import find_data

_BUILT_IN = Path(__file__).parent / "data" / "english.csv"


@cache
def built_in() -> Lexicon:
    """Return the English lexicon that comes with the package, read once."""
    return load_lexicon(_BUILT_IN)


def chosen_lexicon(lexicon: Lexicon | None) -> Lexicon:
    """Return the lexicon that was given, or the built-in one."""
    if lexicon is not None and not isinstance(lexicon, Lexicon):
        raise TypeError(
            "lexicon must be a Lexicon, as framing.load_lexicon('my.csv') or "
            f"framing.Lexicon(entries) returns it, got {as_value(lexicon)}"
        )
    return lexicon or built_in()


def load_lexicon(
    path: str | Path | None = None,
    *,
    depth: int | None = None,
    nested_scope: NestedScope | None = None,
) -> Lexicon:
    """Read a lexicon from a dictionary file of any common format.

    Parameters
    ----------
    path : str or Path, optional
        The name of a lexicon that comes with the package (``"english"``), or a file: LIWC
        (``.dic``), LIWC-22 (``.dicx``), Lexicoder (``.lc3``), WordStat (``.cat``), Yoshikoder
        (``.ykd``), YAML, or CSV with a column ``entry`` and optionally ``category``, ``tag``,
        ``rule``, ``weight``; or a ``.txt`` with a word in each line, all of one category that is
        named after the file. A TOML file of the same name may give name, version, licence,
        source, families and indices. Without a path, or with an empty one, the
        English lexicon that comes with the package.
    depth : int, optional
        Nested categories are joined to names such as ``alarm.fear``, as in quanteda; with
        ``depth=1`` all entries below ``alarm`` belong to ``alarm``.
    nested_scope : {"key", "dictionary"}, optional
        "key" (the default): a match inside a longer one of the same category is dropped;
        "dictionary": also where the longer one is of another category.

    Returns
    -------
    Lexicon
        Entries are phrases with globs (``*``, ``?``), not regular expressions; case is ignored. A
        duplicate entry of a category is kept once. Weights are kept, but not used in counts, which
        a warning tells. Emoticons, and in other formats than CSV, workbooks and
        lists all entries whose marks would be lost (``C++``), are left out with a warning.

    Raises
    ------
    ValueError
        If the format is unknown, the file or its TOML is invalid, there is no entry, there are
        over 3,000 categories, or (in CSV, workbooks and lists) an entry would count something else
        than it says; the message names file and line or section.

    Examples
    --------
    >>> load_lexicon().categories[:3]
    ('epi_modal', 'prob', 'evid')
    """
    if not isinstance(path, str | Path | None):
        raise TypeError(f"expected a file, got {as_value(path)}; entries make a framing.Lexicon(…)")
    if path is None or not str(path):
        return built_in()
    path = find_data(path, "lexicon/data")
    entries, declared = read_entries(path, depth=depth)
    if weighted := int(entries["weight"].ne(1).sum()):
        warnings.warn(
            f"{printable(path)}: {many(weighted, 'entry has a weight', 'entries have weights')} "
            "other than 1, which scores do not use: every hit counts 1. A recipe sums up points "
            "(framing.recipe)",
            stacklevel=2,
        )
    toml = path.with_suffix(".toml")
    about = {"name": path.stem} | read_about(toml)
    about["declared"] = (*about["declared"], *declared)
    try:
        check_names(about, about["declared"], [tag for tag in entries["tag"].unique() if tag])
    except ValueError as error:
        raise ValueError(printable(f"{toml}: {error}")) from None
    if nested_scope:
        about["nested_scope"] = nested_scope
    try:
        return Lexicon(entries, **about)
    except ValueError as error:
        raise ValueError(printable(f"{path}: {error}")) from None
