"""Rows of a table or objects of a JSON file to articles, whatever file they come from."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from functools import partial
from itertools import islice
from typing import Any

import pandas as pd

from framing.corpus.dates import read_date
from framing.corpus.readers import METADATA, Found, file_of, skipped
from framing.corpus.readers.cells import (
    cell_text,
    is_error,
    is_missing,
    is_no_answer,
    long_text,
    short_text,
)
from framing.corpus.readers.column_names import NOT_PUBLISHED, SENTENCES, key
from framing.corpus.readers.columns import FILE_NAME, Mapped, Mapper
from framing.corpus.readers.file_names import host_of, name_of_table
from framing.corpus.readers.in_cells import articles_in, texts_inside
from framing.corpus.readers.json_values import Several
from framing.corpus.readers.markup import without_markup, without_shortcodes
from framing.corpus.readers.parts import in_wholes, parts_of
from framing.corpus.readers.profiles import LONG, profile
from framing.corpus.readers.raw_rows import (
    EMPTY,
    Row,
    completed,
    filled,
    from_row,
    labels_of,
    sampled,
    tried,
)
from framing.schema import own_table
from framing.text.numbers import joined, many

_FULL = (32_767, 65_535)  # characters: a cell of Excel, and of older databases, holds no more
_TELLING = 40  # letters by which a lead is found again in a text
_NOTE = 200  # characters of a text that says only that there is none, or where it is
_ABSENT = re.compile(
    r"\W*(?:(?:(?:the )?(?:full[ -]?)?(?:text|content|article|body)(?: (?:of|for) this \w+)?"
    r"(?: (?:is|was|currently))* )?(?:not|un)[ -]?available"
    r"(?: (?:here|(?:from|on|in|via|for|due to) [\w .-]{1,30}))?"
    r"|pdf only|removed|deleted|(?:https?://|www\.)\S+)\W*",
    re.IGNORECASE,
)
# The body in an XML document (LexisNexis, NITF), whose head repeats the fields beside it.
_BODY = re.compile(
    r"<(?:[\w-]+:)?(bodyText|body\.content)\b[^<>]*>(.*?)(?:</(?:[\w-]+:)?\1>|\Z)", re.DOTALL
)
_PAGE = re.compile(r"\s*<(?:!doctype\s+html|html)\b", re.IGNORECASE)
# What stands in every field of an article that its source has withdrawn, as NewsAPI tells it.
_WITHDRAWN = re.compile(r"\[(?:removed|deleted|withdrawn)\]", re.IGNORECASE)
_MOST_UNREADABLE = 100_000  # rows before the first that is anything else
CUT = "cut"  # the layout of a text that breaks off
MARKUP = "markup"  # the layout of a whole page in a cell, which is read as a page
_NO_SECTION = ("date", "title", "byline")  # a section may be called "N.D."
_KEPT_AS_GIVEN = ("outlet", "article")  # a mark of a missing value may be a name here


def articles(rows: Iterable[Row | Found], columns: Mapping[str, str]) -> Iterator[Found]:
    """Yield an article per row; failed rows are passed on.

    The columns are mapped by their names and by what the first rows hold. Empty rows are counted
    in one input at the end, and so are rows whose columns hold no article. Where there are very
    many of them and nothing else, such as a million numbers, reading ends.
    """
    mapper, rows = _mapped(completed(filled(rows), columns.values()), columns)
    one, nothing = partial(_one, mapper=mapper), True
    together: dict[str, tuple[str, int]] = {}
    for row in _with_texts_beside(rows, mapper):
        found = row if isinstance(row, Found) else tried(one, row)
        if isinstance(row, Found) or isinstance(found, Found):
            nothing = False
            yield found  # type: ignore[misc]
            continue
        first, n = together.get(found, (row.where, 0))
        together[found] = first, n + 1
        if nothing and n + 1 == _MOST_UNREADABLE:
            together[f"{found}; the rows below were not looked at"] = together.pop(found)
            break
    for reason, (first, n) in together.items():
        outcome = "skipped" if reason == EMPTY else "failed"
        yield Found(from_row(first, n), outcome=outcome, reason=reason)


def _with_texts_beside(rows: Iterable[Row | Found], mapper: Mapper) -> Iterator[Row | Found]:
    """Yield the rows, and one for all texts beside their articles, such as comments."""
    left, source = Counter[str](), ""
    for row in rows:
        yield row
        beside = tried(partial(_beside, mapper=mapper), row) if isinstance(row, Row) else row
        if isinstance(row, Row) and isinstance(beside, dict) and beside:
            left.update(beside)
            source = file_of(row.where)
    if left:
        number, where = many(left.total(), "text"), joined(map(repr, left))
        reason = f"{number} beside that of an article, in {where}: not read as articles"
        yield skipped(f"{source}, beside the articles", reason)


def _beside(row: Row, mapper: Mapper) -> dict[str, int]:
    mapped = mapper.of(tuple(row.cells))
    inside = texts_inside(row.cells)
    if not (inside or mapped.others):
        return {}
    used = [f"{name}." for name in mapped.columns.values()]
    found = {n: m for n, m in inside.items() if not any(u.startswith(f"{n}.") for u in used)}
    others = {name: text for name in mapped.others if _is_long(text := _text(row, name))}
    own = _text(row, mapped.columns.get("text", "")) if others else ""
    return found | {name: 1 for name, text in others.items() if own and not _has(own, text)}


def _is_long(text: str) -> bool:
    return text.count(" ") >= LONG


def _mapped(
    rows: Iterator[Row | Found], columns: Mapping[str, str]
) -> tuple[Mapper, Iterator[Row | Found]]:
    """Return what the columns are by the first rows, and the rows, joined where they are parts."""
    sample, rows = sampled(rows)
    labels, rows = labels_of(rows)
    profiles = profile(sample)
    names = tuple(dict.fromkeys(name for cells in sample for name in cells))
    mapper = Mapper(columns, profiles, labels=labels)
    parts = parts_of(sample, mapper.of(names).columns)
    if parts.whole:
        sample, rows = sampled(in_wholes(rows, parts.whole))
        profiles = profile(sample)
    return Mapper(columns, profiles, parts, labels) if any(parts) else mapper, rows


def own_table_in(source: str, names: Iterable[str]) -> Found | None:
    """Return a table with these columns as skipped if this package wrote it; None if not."""
    kind = own_table(names)
    reason = f"a table of {kind} that framing wrote, not of articles: open its folder"
    reason += ", or give it to framing.score" if kind == "paragraphs" else ""
    return skipped(source, reason) if kind else None


def _unreadable(row: Row, mapped: Mapped) -> str:
    """Return why a row cannot be read, if rows like it cannot be read either."""
    if not any(cell_text(cell).strip() for cell in row.cells.values()):
        return EMPTY
    if mapped.question and "text" not in mapped.columns:
        return mapped.question
    if mapped.about or "text" in mapped.columns or "title" in mapped.columns:
        return ""
    names = ", ".join(map(str, row.cells))[:200]
    return (
        "no column of text, by its name or by what it holds; name it with columns={'text': …} or "
        f"--map text=…; columns are: {names}"
    )


def _one(row: Row, mapper: Mapper) -> Found | str:
    """Return the article of a row, or why it is none if rows like it are none either."""
    mapped = mapper.of(tuple(row.cells))
    reason = _unreadable(row, mapped)
    if not reason:
        return _article(row, mapped)
    if reason != EMPTY and {"outlet", "date"} & set(mapped.columns):
        return _without_text(_described(row, mapped), "failed", reason)
    return reason


def _without_text(found: Found, outcome: str, reason: str) -> Found:
    """Return a row that is no article; it may still describe a file beside its table."""
    extra = (("article", found.article), *found.extra) if found.article else found.extra
    return found._replace(outcome=outcome, reason=reason, article="", extra=extra)


def _described(row: Row, mapped: Mapped) -> Found:
    """Return a row with everything but its text."""
    fields = (f for f in METADATA if f in mapped.columns)
    texts = {f: cell for f in fields if (cell := _metadata(row, mapped, f))}
    names = (name for f, name in mapped.columns.items() if f not in _KEPT_AS_GIVEN)
    texts_of = (cell for cell in map(row.cells.get, names) if cell and isinstance(cell, str))
    marks = (cell for cell in texts_of if is_missing(cell) or is_no_answer(cell))
    if "outlet" not in mapped.columns and "url" in texts:
        texts |= {"outlet": host} if (host := host_of(texts["url"])) else {}
    extra = tuple((safe, _carried(row.cells.get(name))) for name, safe in mapped.carried.items())
    return Found(
        row.where, article=_metadata(row, mapped, "article"), encoding=row.encoding, extra=extra,
        mapped=mapped.listed, missing=next(marks, ""), **texts,
    )  # fmt: skip


def _article(row: Row, mapped: Mapped) -> Found:
    """Return the article of a row; one without text is a headline without a body."""
    found = _described(row, mapped)
    errors = _errors(row)
    if mapped.about:
        about = cell_text(row.cells.get(mapped.about))
        return found._replace(outcome="skipped", about=about, article="")
    if (several := articles_in(row.cells.get(mapped.columns.get("text", "")))) > 1:
        reason = f"{several} articles in one cell: make a row of each, or write the file as JSON"
        return _without_text(found, "failed", reason)
    lead, body = (_text(row, name) for name in (mapped.lead, mapped.columns.get("text", "")))
    if not body.strip():
        body = next(filter(_is_long, (_text(row, name) for name in mapped.others)), body)
    markup = cell_text(row.cells.get(mapped.columns.get("text", "")))
    if _PAGE.match(markup) and "<meta" in markup and "<body" in markup:
        return found._replace(text=markup, layout=MARKUP)
    if lead and (body or mapped.lead_alone) and not _has(body, lead):
        body = "\n\n".join(filter(None, (lead, body)))
    if not body.strip() and not found.title:
        return _without_text(found, "skipped", "; ".join(filter(None, ("no text", errors))))
    if not body.strip() and _WITHDRAWN.fullmatch(found.title):
        return _without_text(found, "skipped", f"withdrawn by its source: {found.title!r}")
    alone = _alone(row, mapped)
    if alone and not body.strip():
        return _without_text(found, "skipped", f"{alone} title: a heading, a note or a total")
    alone = f"{alone} text: it may go on from the row above" if alone else ""
    size = len(markup)
    cut = f"exactly {size:,} characters: maybe cut off by a spreadsheet" if size in _FULL else ""
    reason = "; ".join(filter(None, (row.note, mapped.note, alone, cut, errors)))
    return found._replace(text=body, reason=reason, layout=CUT if cut else "")


def _alone(row: Row, mapped: Mapped) -> str:
    """Return that only one cell of a row is filled, in a table that has an outlet or a date."""
    filled = (cell for cell in row.cells.values() if cell_text(cell).strip())
    is_one = {"outlet", "date"} & mapped.columns.keys() and len(list(islice(filled, 2))) == 1
    return "nothing in its row but a" if is_one else ""


def _errors(row: Row) -> str:
    """Return which cells are an error of a spreadsheet, or have a name that is given again."""
    cells = row.cells.items()
    found = [f"{str(cell).strip()} in {name!r}" for name, cell in cells if is_error(cell)]
    again = [repr(name) for name, cell in cells if isinstance(cell, Several)]
    errors = f"an error of the spreadsheet, read as empty: {', '.join(found)}" if found else ""
    names = f"a name given again, all its values are read: {', '.join(again)}" if again else ""
    return "; ".join(filter(None, (errors, names)))


def _has(text: str, part: str) -> bool:
    """Return whether a text has the beginning or the end of a part of it."""
    letters, of_part = (re.sub(r"\W+", "", t.casefold()) for t in (text, part))
    return of_part[:_TELLING] in letters or of_part[-_TELLING:] in letters


def _text(row: Row, name: str) -> str:
    if not name:  # R names its column of row names ""
        return ""
    cell = row.cells.get(name)
    text = long_text(cell)
    if key(name) in SENTENCES and isinstance(cell, list):
        text = " ".join(text.split("\n\n"))
    bodies = [body[2] for body in _BODY.finditer(text)] if "<" in text else []
    text = without_shortcodes(text) if key(name) == "postcontent" or "<!-- wp:" in text else text
    text = without_markup("\n\n".join(bodies) or text)
    missing = is_missing(text) or is_no_answer(text)
    return "" if missing or (len(text) < _NOTE and _ABSENT.fullmatch(text)) else text


def _metadata(row: Row, mapped: Mapped, field: str) -> str:
    name = mapped.columns.get(field)
    if name == FILE_NAME:
        return name_of_table(row.where)
    if name is None or (value := row.cells.get(name)) is None:
        return ""
    text = _date_of(value) if field == "date" and isinstance(value, dict) else short_text(value)
    if field in _KEPT_AS_GIVEN:
        return "" if is_error(text) else text.strip()
    missing = is_missing(text) or (field in _NO_SECTION and is_no_answer(text))
    return "" if missing else without_markup(text).strip()


def _date_of(value: Mapping[str, Any]) -> str:
    """Return the date in an object such as ``{"iso": …, "zone": …}``; that of a change comes last.

    >>> _date_of({"zone": "UTC", "updated": "2031-03-13", "iso": "2031-03-12"})
    '2031-03-12'
    >>> _date_of({"year": 2031, "month": 3, "day": 12}), _date_of({"date-parts": [["2031", 3, 12]]})
    ('2031-3-12', '2031-3-12')
    """
    if {"year", "month", "day"} <= set(value):
        return "-".join(cell_text(value[name]) for name in ("year", "month", "day"))
    if parts := value.get("date-parts"):  # of CSL, as Zotero writes it
        return cell_text(parts).replace("\n\n", "-")
    known = sorted(value.items(), key=lambda item: bool(NOT_PUBLISHED.search(key(item[0]))))
    texts = [text for _, part in known if (text := short_text(part))]
    dates = [text for text in texts if not pd.isna(read_date(text, "dmy").value)]
    return next(iter([*dates, "; ".join(texts)]))


def _carried(value: Any) -> str:
    text = short_text(value).strip()
    return "" if is_missing(text, surely=True) else text
