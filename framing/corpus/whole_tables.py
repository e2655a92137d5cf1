"""What only all inputs can tell: ids, broken words, what tables say of other files or of all rows.

The order of day and month, marks of missing values and repeated names are decided for every file,
and for the files of a kind in a folder.
"""

from __future__ import annotations

import hashlib
import warnings
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

import pandas as pd

from framing.corpus.blocks.hyphens import OPEN, with_whole_words
from framing.corpus.collect import Item
from framing.corpus.dates import ORDERS, Date, day_month_order, read_date
from framing.corpus.readers import Column, Found, file_of, sidecar
from framing.corpus.readers.cells import is_missing, is_no_answer
from framing.corpus.readers.file_names import repeated_name
from framing.schema import UNKNOWN_OUTLET
from framing.text.encoding import printable
from framing.text.numbers import many

AGAIN = "the same article as another"  # reason in the audit
GIVEN_ID = "article_given"  # a column of articles, where some ids had to change

_FIRST = {"dmy": "day", "mdy": "month"}
MOST_CARRIED = 5_000  # columns of the source: pandas takes half a millisecond for each
MOST_RARE, RARE = 300, 200  # of columns that one in so many articles has not
NOT_CARRIED = (
    f"not used: over the limit of {MOST_RARE} columns that few articles have, or "
    f"{MOST_CARRIED:,} in all"
)


class _Decision(NamedTuple):
    """The order of day and month, whether "NA" is a missing value, and what to say of fields.

    ``repeated`` are the names that stand beside the date in the names of several files.
    """

    order: str
    marks_are_missing: bool
    repeated: frozenset[str]
    notes: Mapping[str, str]


def with_ids(items: Iterable[Item], outlets: Mapping[str, str], dates: str = "") -> list[Item]:
    """Join sidecar tables, and give every article an outlet and an id of its own.

    The order of the result does not depend on that of files or rows; the second article of an id
    gets ``#2``.
    """
    items = _with_whole_words(list(items))
    described = sidecar.by_id([i.found for i in items], [bool(i.packed) for i in items])
    items = [
        i if f is i.found else i._replace(found=f) for i, f in zip(items, described, strict=True)
    ]
    items.sort(key=lambda item: bool(item.found.about))
    joined = sidecar.join([item.found for item in items])
    whole = _decided(joined, dates=dates, outlets=outlets)
    if unused := sorted(set(outlets) - {found.outlet for found in whole}):
        warnings.warn(f"no article is from an outlet called {unused[0]!r}", stacklevel=3)
    named = [_named(f, item, outlets) for f, item in zip(whole, items, strict=True)]
    named.sort(key=lambda i: (i.found.article or i.digest, i.digest, i.found.source))
    return list(_numbered(_within_limit(named)))


def _within_limit(items: list[Item]) -> list[Item]:
    """Return the inputs without the columns that most articles lack, if there are very many."""
    scored = (item.found.extra for item in items if item.found.outcome == "scored")
    ranked = Counter(name for extra in scored for name, _ in extra).most_common()
    left = {name for name, n in ranked[MOST_RARE:] if n * RARE < len(items)}
    left |= {name for name, _ in ranked[MOST_CARRIED:]}
    if not left:
        return items
    kinds = {item.found.mapped for item in items}
    mapped = {kind: tuple(_listed(column, left) for column in kind) for kind in kinds}
    return [item._replace(found=_without(item.found, left, mapped)) for item in items]


def _listed(column: Column, left: Collection[str]) -> Column:
    is_left = column.how.startswith("carried") and column.field in left
    return column._replace(field="", how=NOT_CARRIED) if is_left else column


def _without(
    found: Found, left: Collection[str], mapped: Mapping[tuple[Column, ...], tuple[Column, ...]]
) -> Found:
    extra = tuple(cell for cell in found.extra if cell[0] not in left)
    n = len(found.extra) - len(extra)
    note = f"{many(n, 'cell')} {NOT_CARRIED}" if n else ""
    return found.noted(note)._replace(extra=extra, mapped=mapped[found.mapped])


def _with_whole_words(items: list[Item]) -> list[Item]:
    """Decide on the hyphens at the ends of wrapped lines, by the words of all articles."""
    mark = OPEN.encode()
    open_ones = [n for n, item in enumerate(items) if mark in item.packed]
    if not open_ones:
        return items
    texts = [items[n].packed.decode() for n in open_ones]
    others = (item.packed.decode() for item in items if mark not in item.packed)
    for n, (whole, note) in zip(open_ones, with_whole_words(texts, others), strict=True):
        items[n] = items[n]._replace(packed=whole.encode(), found=items[n].found.noted(note))
    return items


def _named(found: Found, item: Item, outlets: Mapping[str, str]) -> Item:
    what = "\x1f".join([found.outlet, found.date, found.title, found.url, item.digest])
    digest = hashlib.sha256(what.encode()).hexdigest()[:12]
    outlet = outlets.get(found.outlet, found.outlet) or UNKNOWN_OUTLET
    return item._replace(found=found._replace(outlet=outlet), digest=digest)


def _numbered(items: Sequence[Item]) -> Iterator[Item]:
    """Make ids unique; where a given one had to change, the articles keep what was given."""
    scored = [item for item in items if item.found.outcome == "scored"]
    given = Counter(item.found.article for item in scored if item.found.article)
    keeps_given = any(n > 1 for n in given.values())
    first: dict[tuple[str | bytes, ...], str] = {}  # sources by what was published
    used: set[str] = set()
    number = Counter[str]()
    for item in items:
        found = item.found
        if found.outcome == "scored":
            name = found.article or item.digest
            unique = name
            while unique in used or (unique != name and unique in given):
                number[name] += 1
                unique = f"{name}#{number[name] + 1}"
            used.add(unique)
            same = first.setdefault(_published(item), found.source)
            notes = [
                f"its id {name!r} is given to {given[name]} articles" if given[name] > 1 else "",
                f"{AGAIN}: {same}" if same != found.source else "",
            ]
            extra = ((GIVEN_ID, found.article),) if keeps_given else ()
            found = found.noted(*notes)._replace(article=unique, extra=found.extra + extra)
        yield item._replace(found=found)


def _published(item: Item) -> tuple[str | bytes, ...]:
    """Return what two articles that are the same share: also the title, if only above the text.

    The day may be written otherwise, and a text may have several addresses.
    """
    found, day = item.found, date_of(item.found).value
    title = f"{found.title}\0".encode() if found.title else b""
    text = hashlib.sha256(title + item.packed.removeprefix(title))
    written = found.date if pd.isna(day) else f"{day:%Y-%m-%d}"
    return found.outlet, written, "" if item.packed else found.url, text.digest()


def date_of(f: Found) -> Date:
    """Return the date of an article; one that contradicts the order of day and month is missing."""
    if f.order in ORDERS and day_month_order(f.date) in {*ORDERS} - {f.order}:
        return Date(pd.NaT, f"{f.date[:40]!r}: no such day in the order given, {f.order}")
    return read_date(f.date, f.order)


def group_of(source: str) -> str:
    """Return the table in which an input stands: its file, or the files of a kind in its folder.

    >>> group_of("a/rows.csv, row 12"), group_of("a/b.txt")
    ('a/rows.csv', 'a/*.txt')
    """
    file = file_of(source)
    if file != source:
        return file
    folder, slash, name = file.rpartition("/")
    return f"{folder}{slash}*{name[name.rfind('.') :] if '.' in name else ''}"


def _decided(found: Sequence[Found], *, dates: str, outlets: Mapping[str, str]) -> list[Found]:
    """Return the inputs with the order of their dates, and without marks of missing values.

    ``dates`` ("dmy" or "mdy") decides the order for all of them; names in ``outlets`` are names.
    """
    group_of_each = [group_of(f.source) for f in found]
    groups: dict[str, list[Found]] = {}
    for f, group in zip(found, group_of_each, strict=True):
        groups.setdefault(group, []).append(f)
    decisions = {group: _decision(rows, dates) for group, rows in groups.items()}
    for group, decision in decisions.items():
        if "missing" in (reason := decision.notes["date"]):
            warnings.warn(printable(f"{group}: dates: {reason}"), stacklevel=4)
    both = zip(found, group_of_each, strict=True)
    return [_applied(f, decisions[group], outlets) for f, group in both]


def _decision(rows: Sequence[Found], dates: str) -> _Decision:
    order, reason = _order(rows, dates)
    marked = any(f.missing for f in rows)
    names = {f.outlet for f in rows if f.outlet}
    missing = {name for name in names if _is_no_outlet(name, marked)}
    kept = {name for name in names - missing if is_missing(name)}
    no_ids = {f.article for f in rows if f.article and _is_no_id(f.article, marked)}
    outlets = "; ".join(filter(None, (_said(missing, "missing"), _said(kept, "kept as a name"))))
    notes = {"date": reason, "outlet": outlets, "article": _said(no_ids, "missing")}
    return _Decision(order, marked, _repeated(rows), notes)


def _said(names: Collection[str], what: str) -> str:
    return f"{', '.join(map(repr, sorted(names)))} {what}" if names else ""


def _order(rows: Sequence[Found], given: str) -> tuple[str, str]:
    """Return the order of day and month, "both" if dates differ in it, and what is said of it."""
    seen: dict[str, list[Found]] = {}
    for f in rows:
        if f.date:
            seen.setdefault(day_month_order(f.date), []).append(f)
    ways = {
        order: f"{len(seen[order]):,} with the {first} first ({seen[order][0].date!r})"
        for order, first in _FIRST.items()
        if order in seen
    }
    order = given or (next(iter(ways), "") if len(ways) < 2 else "both")
    unclear = len(seen.get("?", []))
    against = [way for of_it, way in ways.items() if of_it != given]
    if given and against:
        why = f"as given; {against[0]} contradict it and are missing; others may be wrong"
    elif order == "both":
        why = f"{' and '.join(ways.values())}: neither fits all; {unclear:,} may be either, missing"
        return order, f"order of day and month differs, {why}" if unclear else ""
    elif not order or not unclear:
        return order, f"day or month first? {unclear:,} are missing" if unclear else ""
    else:
        why = "as given" if given else f"as in {seen[order][0].date!r} ({seen[order][0].source})"
    return order, f"{_FIRST[order]} first, {why}"


def _is_no_outlet(name: str, marked: bool) -> bool:
    """Return whether a name is none; ``marked`` is whether its table has marks such as NULL."""
    return bool(name) and (is_missing(name, surely=not marked) or is_no_answer(name))


def _is_no_id(name: str, marked: bool) -> bool:
    """Return whether an id is none; "None" is what Python writes where there was none."""
    return is_missing(name, surely=not marked) or name == "None"


def _repeated(rows: Sequence[Found]) -> frozenset[str]:
    files = (f.source for f in rows if not f.outlet and file_of(f.source) == f.source)
    names = Counter(repeated_name(source) for source in files)
    return frozenset(name for name, n in names.items() if name and n > 1)


def _applied(found: Found, decision: _Decision, outlets: Mapping[str, str]) -> Found:
    order, missing, repeated, notes = decision
    if repeated and not found.outlet and (name := repeated_name(found.source)) in repeated:
        guessed = Column("(path)", "outlet", "names of files")
        found = found._replace(outlet=name, mapped=(guessed, *found.mapped))
    changed: dict[str, object] = {"order": order} if order and found.date else {}
    if found.outlet not in outlets and _is_no_outlet(found.outlet, missing):
        found = found.noted(f"its outlet {found.outlet!r} is read as missing")
        changed["outlet"] = ""
    if found.article and _is_no_id(found.article, missing):
        changed["article"] = ""
    if missing:
        extra = tuple((name, "" if is_missing(cell) else cell) for name, cell in found.extra)
        changed |= {"extra": extra} if extra != found.extra else {}
    if any(notes.values()):
        changed["mapped"] = tuple(_noted(column, notes) for column in found.mapped)
    return found._replace(**changed) if changed else found  # type: ignore[arg-type]


def _noted(column: Column, notes: Mapping[str, str]) -> Column:
    note = notes.get(column.field, "")
    return column._replace(how=f"{column.how}; {note}") if note else column
