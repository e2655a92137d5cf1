"""Which group an outlet is in: by a file, a column of the scores, or a mapping."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pandas as pd
from pandas.api.types import is_scalar

from framing.arguments import as_value, spelled
from framing.checks import texts_of
from framing.schema import UNKNOWN_OUTLET
from framing.stats.checks import check_names
from framing.text.encoding import printable
from framing.utils.files import check_path, is_table
from framing.utils.table_files import read_texts


def read_groups(groups: str | Path) -> str | dict[str, str]:
    """Return the group of every outlet that a file names, or the name of a column as it is.

    Parameters
    ----------
    groups : str or Path
        A CSV or Excel file with columns ``outlet`` and ``group``, or ``outlet`` and one other;
        anything that does not end in .csv, .tsv, .xlsx, .xls or .ods is the name of a column.

    Returns
    -------
    str or dict
        What ``framing.compare_groups`` takes. Outlets whose group is empty are in none.

    Raises
    ------
    FileNotFoundError
        If there is no such file.
    ValueError
        If a column is missing, an outlet has no name, or two groups, or names of groups differ in
        case only; the message has the row.

    Examples
    --------
    >>> read_groups("leaning")
    'leaning'
    """
    check_path("groups", groups, "a file, or the name of a column")
    if not is_table(groups):
        return str(groups)
    path, table = Path(groups), read_texts(Path(groups))
    others = [name for name in table if name != "outlet"]
    column = others[0] if len(others) == 1 else "group"
    if table.empty or not {"outlet", column} <= set(table):
        found = spelled(table) if len(table) else "no row"
        raise ValueError(f"{printable(path)}: must have the columns outlet and group, got {found}")
    named: dict[str, str] = {}
    rows: dict[str, str] = {}
    for number, row in enumerate(table[["outlet", column]].itertuples(index=False), start=2):
        outlet, group = (cell.strip() for cell in row)
        if not outlet:
            raise ValueError(f"{printable(path)}, row {number}: no outlet is named")
        if named.setdefault(outlet, group) != group:
            raise ValueError(
                f"{printable(path)}, row {number}: {outlet!r} is in group {group!r}, and in "
                f"{named[outlet]!r} above"
            )
        rows.setdefault(group, f"row {number}, {outlet}")
    check_names(rows, column, where=f"{printable(path)}: ", of=rows)
    return {outlet: group for outlet, group in named.items() if group}


def group_of(scores: pd.DataFrame, groups: str | Mapping[str, str], by: str) -> pd.Series[str]:
    """Return the group of every outlet that is known."""
    of_lists = isinstance(groups, Mapping) and not all(map(is_scalar, groups.values()))
    if of_lists or not isinstance(groups, str | Mapping | pd.Series):
        raise TypeError(
            "groups must be the name of a column, or a mapping such as dict(zip(table['outlet'], "
            f"table['group'])), got {as_value(groups)}"
        )
    if not isinstance(groups, str):
        known = pd.Series(
            {str(k): v for k, v in groups.items() if k != UNKNOWN_OUTLET}, dtype=object
        )
        return known[texts_of(known) != ""].astype(str).astype(object)
    pairs = scores[[by, groups]].dropna().astype(str).drop_duplicates()
    pairs = pairs[(pairs[groups] != "") & (pairs[by] != UNKNOWN_OUTLET)]
    twice = pairs[by][pairs[by].duplicated()]
    if len(twice):
        raise ValueError(
            f"column {groups!r} must have one group per {printable(by)}, got several for "
            f"{twice.iloc[0]!r}: "
            "give all its articles one of them; or, if it is articles that have a group, "
            f"framing.compare(scores, by={groups!r})"
        )
    return pairs.set_index(by)[groups]
