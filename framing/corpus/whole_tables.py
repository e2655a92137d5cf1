"""What only all rows can tell: order of day and month, marks of missing values, repeated names.

It is decided once all inputs are read, for every file, and for the files of a kind in a folder.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from framing.corpus.dates import day_month_order
from framing.corpus.readers import Column, Found, file_of
from framing.corpus.readers.cells import is_missing
from framing.corpus.readers.file_names import repeated_name


class _Decision(NamedTuple):
    """The order of day and month, whether "NA" is a missing value, and the reasons for both.

    ``repeated`` are the names that stand beside the date in the names of several files.
    """

    order: str = ""
    order_reason: str = ""
    marks_are_missing: bool = False
    marks_reason: str = ""
    repeated: frozenset[str] = frozenset()


def group_of(source: str) -> str:
    """Return the table in which an input stands: its file, or the files of a kind in its folder.

    Examples
    --------
    >>> group_of("a/rows.csv, row 12"), group_of("a/b.txt")
    ('a/rows.csv', 'a/*.txt')
    """
    file = file_of(source)
    if file != source:
        return file
    folder, slash, name = file.rpartition("/")
    return f"{folder}{slash}*{name[name.rfind('.') :] if '.' in name else ''}"


def decided(found: Sequence[Found], *, dates: str, outlets: Mapping[str, str]) -> list[Found]:
    """Return the inputs with the order of their dates, and without marks of missing values.

    ``dates`` ("dmy" or "mdy") decides the order for all of them; names in ``outlets`` are names.
    """
    groups: dict[str, list[Found]] = {}
    for f in found:
        groups.setdefault(group_of(f.source), []).append(f)
    decisions = {group: _decision(rows, dates) for group, rows in groups.items()}
    return [_applied(f, decisions[group_of(f.source)], outlets) for f in found]


def _decision(rows: Sequence[Found], dates: str) -> _Decision:
    orders = {day_month_order(f.date): f for f in reversed(rows) if f.date}
    seen = sorted(orders.keys() & {"dmy", "mdy"})
    order = dates or (seen[0] if len(seen) == 1 else "")
    reason = ""
    if order and "?" in orders:
        first = "day" if order == "dmy" else "month"
        why = "as given" if dates else f"as in {orders[order].date!r} ({orders[order].source})"
        reason = f"{first} first, {why}"
    elif len(seen) == 2 and "?" in orders:
        examples = " and ".join(repr(orders[o].date) for o in seen)
        reason = f"order of day and month differs ({examples})"
    marked = next((f for f in rows if f.missing), None)
    names = sorted({f.outlet for f in rows if f.outlet and is_missing(f.outlet)})
    marks = ""
    if names:
        what = "missing, as elsewhere in its rows" if marked else "kept as a name"
        marks = f"{', '.join(map(repr, names))} {what}"
    return _Decision(order, reason, marked is not None, marks, _repeated(rows))


def _repeated(rows: Sequence[Found]) -> frozenset[str]:
    files = (f.source for f in rows if not f.outlet and file_of(f.source) == f.source)
    names = Counter(repeated_name(source) for source in files)
    return frozenset(name for name, n in names.items() if name and n > 1)


def _applied(found: Found, decision: _Decision, outlets: Mapping[str, str]) -> Found:
    order, order_reason, missing, marks_reason, repeated = decision
    if repeated and not found.outlet and (name := repeated_name(found.source)) in repeated:
        guessed = Column("(path)", "outlet", "names of files")
        found = found._replace(outlet=name, mapped=(guessed, *found.mapped))
    changed: dict[str, object] = {"order": order} if order and found.date else {}
    if missing:
        if found.outlet not in outlets and is_missing(found.outlet):
            changed["outlet"] = ""
        if found.article and is_missing(found.article):
            changed["article"] = ""
        extra = tuple((name, "" if is_missing(cell) else cell) for name, cell in found.extra)
        changed |= {"extra": extra} if extra != found.extra else {}
    if found.mapped and (order_reason or marks_reason):
        notes = {"date": order_reason, "outlet": marks_reason}
        changed["mapped"] = tuple(_noted(column, notes) for column in found.mapped)
    return found._replace(**changed) if changed else found  # type: ignore[arg-type]


def _noted(column: Column, notes: Mapping[str, str]) -> Column:
    note = notes.get(column.field, "")
    return column._replace(how=f"{column.how}; {note}") if note else column
