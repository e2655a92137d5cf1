"""Rows of a table or objects of a JSON file: which of their columns is what, and the article."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from difflib import get_close_matches
from functools import lru_cache
from typing import Any, NamedTuple

from framing.corpus.readers import METADATA, Found

FIELDS = ("text", "article", *METADATA)
# Names that exports and scrapers use, the likeliest first.
SYNONYMS = {
    "text": (
        "text", "body", "content", "fulltext", "full_text", "article_text", "maintext",
        "article_body", "articlebody", "body_text", "story", "paragraphs",
    ),
    "article": ("article", "id", "article_id", "doc_id", "docid", "uid", "guid", "uuid"),
    "outlet": (
        "outlet", "source", "media_name", "publication", "publisher", "newspaper", "site",
        "source_name", "source.name", "media", "medium", "site_name", "domain",
    ),
    "date": (
        "date", "publish_date", "published", "published_at", "publishedat", "pub_date",
        "date_published", "publication_date", "date_publish", "datetime", "pubdate",
    ),
    "title": ("title", "headline", "heading", "article_title"),
    "event": ("event", "event_id"),
    "topic": ("topic", "section", "category", "subject"),
    "url": ("url", "link", "web_url", "article_url"),
    "byline": ("byline", "author", "authors"),
    "language": ("language", "lang"),
}  # fmt: skip
ABOUT = ("file", "filename", "file_name", "path", "filepath")  # a row that tells of another file


class Export(NamedTuple):
    """An export with a layout of its own: the columns that give it away, and what they hold."""

    telling: frozenset[str]
    columns: Mapping[str, str]
    status: str = ""
    note: str = ""


# A dot leads into an object inside the object.
EXPORTS = (
    Export(
        frozenset({"seendate", "domain", "sourcecountry"}),
        {"outlet": "domain", "title": "title", "url": "url", "language": "language"},
        status="missing",
        note="GDELT says when it saw the page (seendate), not when the page was published: "
        "date left empty; columns={'date': 'seendate'} takes it",
    ),
    Export(
        frozenset({"publishedAt", "content", "source"}),
        {
            "text": "content", "outlet": "source.name", "date": "publishedAt", "title": "title",
            "url": "url", "byline": "author",
        },
    ),
    Export(
        frozenset({"source-hostname", "text", "hostname"}),
        {
            "text": "text", "outlet": "source-hostname", "date": "date", "title": "title",
            "url": "source", "byline": "author", "language": "language",
        },
    ),
    Export(
        frozenset({"media_name", "indexed_date", "publish_date"}),
        {
            "article": "id", "outlet": "media_name", "date": "publish_date", "title": "title",
            "url": "url", "language": "language", "text": "text",
        },
    ),
)  # fmt: skip


class Mapped(NamedTuple):
    """Which column holds which field, and how that is known."""

    columns: Mapping[str, str]
    guess: str = ""
    status: str = ""
    note: str = ""
    about: str = ""


def check_fields(columns: Mapping[str, str]) -> Mapping[str, str]:
    """Return the columns given by the user.

    Raises
    ------
    ValueError
        If a field is unknown.
    """
    if wrong := sorted(set(columns) - set(FIELDS)):
        near = get_close_matches(wrong[0], FIELDS, n=1)
        hint = f" (did you mean {near[0]!r}?)" if near else ""
        raise ValueError(f"no field {wrong[0]!r}{hint}; fields are: {', '.join(FIELDS)}")
    return columns


def map_columns(names: Sequence[str], given: Mapping[str, str]) -> Mapped:
    """Say which column holds which field: as told, as the export is known, or by its name.

    Examples
    --------
    >>> map_columns(["Body", "media_name"], {}).columns
    {'text': 'Body', 'outlet': 'media_name'}
    """
    return _mapped(tuple(names), tuple(given.items()))


@lru_cache(maxsize=1000)
def _mapped(names: tuple[str, ...], given: tuple[tuple[str, str], ...]) -> Mapped:
    told = {field: name for field, name in given if _is_there(name, names)}
    export = next((e for e in EXPORTS if e.telling <= set(names)), None)
    if export:
        note = "" if "date" in told else export.note
        return Mapped({**export.columns, **told}, "", export.status, note)
    found = guess_columns(names)
    about = next((name for name in names if _plain(name) in ABOUT), "")
    columns = {**found, **told}
    guessed = [
        f"{field} from {name!r}"
        for field, name in columns.items()
        if field not in told and _plain(name) != field and not (field == "article" and name == "id")
    ]
    return Mapped(columns, ", ".join(guessed), about="" if "text" in columns else about)


def _is_there(name: str, names: Sequence[str]) -> bool:
    return name in names or name.split(".", maxsplit=1)[0] in names


def guess_columns(names: Iterable[str]) -> dict[str, str]:
    """Which column holds which field, by the names in use; of two alike the first.

    Examples
    --------
    >>> guess_columns(["Body", "media_name"])
    {'text': 'Body', 'outlet': 'media_name'}
    """
    lowered = {_plain(name): name for name in reversed(list(names))}
    return {
        field: next(lowered[s] for s in synonyms if s in lowered)
        for field, synonyms in SYNONYMS.items()
        if any(s in lowered for s in synonyms)
    }


def _plain(name: str) -> str:
    return name.strip().lower().replace(" ", "_").replace("-", "_")


def article(row: Mapping[str, Any], mapped: Mapped, where: str, encoding: str) -> Found:
    """The article of a row; what the source has no text of is a headline with no body."""
    cells = {field: _string(_cell(row, name)) for field, name in mapped.columns.items()}
    known = {name: cells[name] for name in METADATA if cells.get(name, "").strip()}
    if mapped.about:
        about = _string(row.get(mapped.about))
        return Found(where, outcome="skipped", about=about, encoding=encoding, **known)
    if "text" not in cells and "title" not in cells:
        wanted = ", ".join(SYNONYMS["text"])
        reason = f"no column of text ({wanted}); there are: {', '.join(map(str, row))[:200]}"
        return Found(where, outcome="failed", reason=reason, encoding=encoding)
    text = cells.pop("text", "")
    status = mapped.status if text.strip() == "" else ""
    if not text.strip() and "title" not in known:
        return Found(where, outcome="skipped", reason="no text", encoding=encoding)
    return Found(
        where, text, cells.get("article", ""), encoding=encoding, guess=mapped.guess,
        status=status, reason=mapped.note, **known,
    )  # fmt: skip


def _cell(row: Mapping[str, Any], name: str) -> Any:
    """What a column holds; a dot in its name leads into an object inside the object."""
    if name in row or "." not in name:
        return row.get(name)
    outer, inner = name.split(".", maxsplit=1)
    inside = row.get(outer)
    return _cell(inside, inner) if isinstance(inside, Mapping) else inside


def _string(value: Any) -> str:
    """A cell as text: a missing one is empty; ``NA`` and ``007`` stay what they are.

    Of a list, the parts become paragraphs; of an object, its name counts.
    """
    if isinstance(value, str):
        return value
    if isinstance(value, (list, tuple)):
        return "\n\n".join(filter(None, (_string(part) for part in value)))
    if isinstance(value, Mapping):
        return _string(value.get("name", value.get("text")))
    return "" if value is None or value != value else str(value)
