"""Which column of a table holds which field of an article: by names, then by what they hold."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from difflib import get_close_matches
from functools import lru_cache
from statistics import median
from typing import Any, NamedTuple

import pandas as pd

from framing.corpus.dates import read_date
from framing.corpus.readers import METADATA, Column
from framing.corpus.readers.cells import cell_text, is_missing
from framing.corpus.readers.parts import Parts
from framing.schema import RESERVED

FIELDS = ("text", "article", *METADATA)
# Names that exports and scrapers use, the likeliest first; compared without case and punctuation.
_SYNONYMS = {
    "text": (
        "text", "body", "content", "fulltext", "articletext", "maintext", "articlebody", "bodytext",
        "story", "paragraphs", "bodyparagraphs", "articlecontent", "contentoriginal", "textcontent",
        "contenttext", "newstext", "newscontent", "storytext", "storybody", "plaintext", "rawtext",
        "cleantext", "textbody", "bodycontent", "originaltext", "articlefulltext", "document",
        "transcript", "paragraph", "sentence", "artikeltext", "volltext", "texte",
        "texteintégral", "texteintegral", "texto", "cuerpo", "cuerpodelanoticia", "testo",
        "article",
    ),
    "article": (
        "article", "id", "articleid", "artid", "docid", "documentid", "uid", "guid", "uuid",
        "storyid", "newsid", "recordid", "textid", "accessionnumber",
    ),
    "outlet": (
        "outlet", "source", "medianame", "publication", "publisher", "newspaper", "site",
        "sourcename", "media", "medium", "sitename", "outletname", "mediaoutlet", "newsoutlet",
        "newssource", "publicationname", "publicationtitle", "newspapername", "publishername",
        "sourcetitle", "journal", "paper", "brand", "domain", "sourcedomain", "hostname", "website",
        "host", "sourcehostname", "pubtitle", "zeitung", "quelle", "publikation", "journaltitle",
        "periodico", "periódico", "medio", "mediodecomunicación", "fuente", "giornale", "testata",
        "fonte", "krant", "bron", "mediumname",
    ),
    "date": (
        "date", "publishdate", "published", "publishedat", "pubdate", "datepublished",
        "publicationdate", "datepublish", "datetime", "publisheddate", "publishedon",
        "publicationtime", "publishtime", "publishedtime", "pubtime", "webpublicationdate",
        "articledate", "newsdate", "datetimepublished", "firstpublished", "posteddate",
        "dateposted", "timestamp", "time", "created", "createdat", "datum", "fecha",
        "erscheinungsdatum", "publikationsdatum", "datedeparution", "datedepublication",
        "fechadepublicación", "fechadepublicacion", "datadipubblicazione",
    ),
    "title": (
        "title", "headline", "heading", "articletitle", "headlinetext", "headlinemain",
        "titletext", "webtitle", "newstitle", "storytitle", "articleheadline", "newsheadline",
        "documenttitle", "head", "titel", "überschrift", "schlagzeile", "titre", "titulo", "título",
        "titular", "titulardelanoticia", "titredelarticle", "titolo", "kop", "headlinesbasic",
    ),
    "event": ("event", "eventid"),
    "topic": (
        "topic", "section", "category", "subject", "sectionname", "ressort", "rubrik", "rubrique",
        "sección", "seccion",
    ),
    "url": (
        "url", "link", "weburl", "articleurl", "permalink", "canonicalurl", "pageurl", "sourceurl",
        "newsurl", "storyurl", "articlelink", "href", "uri",
    ),
    "byline": (
        "byline", "author", "authors", "authorname", "writer", "journalist", "reporter", "creator",
        "autor", "auteur", "verfasser", "autore",
    ),
    "language": ("language", "lang", "languagecode", "sprache", "langue", "idioma"),
}  # fmt: skip
JOINED = "not used: the rows of each article are joined"
MAYBE_PARTS = "the rows may be parts of articles"
_KEYS = frozenset(name for names in _SYNONYMS.values() for name in names)
_ABOUT = ("file", "filename", "path", "filepath")  # a row that describes another file
MAYBE_TEXT = "carried; it may be the text"
MAYBE_DATE = "carried; the day of collection or of a change"
_NOT_PUBLISHED = re.compile(
    r"crawl|scrap|collect|download|access|retriev|fetch|harvest|captur|index|import|insert|added|"
    r"coded|modif|updat|edited|last"
)
# Columns that may name a database or a kind of media, which is then the same in all rows.
_VAGUE = frozenset({"source", "media", "medium", "site", "website", "brand", "publisher", "host"})
_NO_OUTLETS = re.compile(
    r"(?:lexis ?|pro|dow jones )?(?:nexis|quest|factiva|europresse|newsbank|eureka|wiso"
    r"|media ?cloud|newsapi|gdelt)(?: ?uni| advance)?|web|website|online|print|newspapers?|news"
    r"|press|api|rss"
)
# Long texts that are not the article; where there are titles, they do not take its place.
_SUMMARIES = frozenset({
    "description", "summary", "abstract", "lead", "leadparagraph", "teaser", "excerpt", "snippet",
    "subtitle", "subheadline", "standfirst", "deck", "dek", "hlead", "keywords", "tags", "notes",
    "comment", "comments", "bio", "caption", "shortdescription", "shorttext", "articledescription",
    "metadescription", "articlesummary", "seodescription",
})  # fmt: skip
_LONGEST_NAME = 200  # characters
_LONG = 15  # words that the median cell of a column of texts has at least
_CHARACTERS = 6  # for a word, where a script has no spaces
_SENTENCE_END = re.compile(r"[.!?…。！？]")
_ANOTHER_TEXT = 200  # words in the median cell of a column that is not carried beside the text
_LABEL = 5  # words in the median cell of a "content" or "story" that is no text
_LONG_IN_SIDECAR = 80  # a description of a file is shorter
_SHORT = 60  # words that the median cell of any other field has at most
_SAMPLED_CHARACTERS = 20_000


class Export(NamedTuple):
    """An export with a layout of its own: the columns that identify it, and what they hold.

    ``lead`` is the column of the first paragraphs, if the text goes on in another one.
    """

    identified_by: frozenset[str]
    columns: Mapping[str, str]
    lead: str = ""
    note: str = ""


# A dot leads into an object inside the object.
_EXPORTS = {
    "GDELT": Export(
        frozenset({"seendate", "domain", "sourcecountry"}),
        {"outlet": "domain", "title": "title", "url": "url", "language": "language"},
        note="GDELT says when it saw the page (seendate), not when the page was published: "
        "date left empty; columns={'date': 'seendate'} takes it",
    ),
    "NewsAPI": Export(
        frozenset({"publishedAt", "content", "source"}),
        {
            "text": "content", "outlet": "source.name", "date": "publishedAt", "title": "title",
            "url": "url", "byline": "author",
        },
    ),
    "Factiva": Export(
        frozenset({"HD", "LP", "TD"}),
        {
            "text": "TD", "article": "AN", "outlet": "SN", "date": "PD", "title": "HD",
            "topic": "SE", "byline": "BY", "language": "LA",
        },
        lead="LP",
    ),
    "Dow Jones": Export(
        frozenset({"an", "snippet", "body"}),
        {
            "text": "body", "article": "an", "outlet": "source_name", "date": "publication_date",
            "title": "title", "byline": "byline", "language": "language_code",
        },
        lead="snippet",
    ),
    "trafilatura": Export(
        frozenset({"source-hostname", "text", "hostname"}),
        {
            "text": "text", "outlet": "source-hostname", "date": "date", "title": "title",
            "url": "source", "byline": "author", "language": "language",
        },
    ),
    "Media Cloud": Export(
        frozenset({"media_name", "indexed_date", "publish_date"}),
        {
            "article": "id", "outlet": "media_name", "date": "publish_date", "title": "title",
            "url": "url", "language": "language", "text": "text",
        },
    ),
}  # fmt: skip


class Profile(NamedTuple):
    """What a sample of the cells of a column holds; shares are of the cells with a value.

    ``same`` is the value of the cells if it is the same in all of them.
    """

    filled: int = 0
    words: float = 0
    dates: float = 0
    urls: float = 0
    prose: float = 0
    same: str = ""

    @property
    def is_long(self) -> bool:
        """Whether its cells are texts: many words, with the end of a sentence."""
        return self.words >= _LONG and self.prose >= 0.5


class Mapped(NamedTuple):
    """Which column holds which field, and what becomes of the other columns.

    ``carried`` maps columns to their names in the table of articles. ``question`` is what the user
    has to decide before the table can be read; ``lead`` is a column whose text precedes the text.
    """

    columns: Mapping[str, str]
    carried: Mapping[str, str]
    listed: tuple[Column, ...] = ()
    note: str = ""
    about: str = ""
    question: str = ""
    lead: str = ""


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


def profile(rows: Iterable[Mapping[str, Any]]) -> dict[str, Profile]:
    """Return what every column holds, from a sample of the rows.

    Examples
    --------
    >>> profile([{"text": "Rain fell. " * 30, "when": "2018-01-31"}])["when"].dates
    1.0
    """
    cells: dict[str, list[str]] = {}
    for row in rows:
        for name, value in row.items():
            text = cell_text(value)[:_SAMPLED_CHARACTERS]
            if not is_missing(text):
                cells.setdefault(name, []).append(text)
    return {name: _profile(texts) for name, texts in cells.items()}


def _profile(texts: Sequence[str]) -> Profile:
    n = len(texts)
    words = median(max(text.count(" ") + 1, len(text) // _CHARACTERS) for text in texts)
    prose = sum(bool(_SENTENCE_END.search(text)) for text in texts) / n
    if words > _SHORT:
        return Profile(n, words, prose=prose)
    urls = sum(bool(re.match(r"(https?:)?//\S+$|www\.\S+$", text.strip())) for text in texts)
    dates = sum(len(t) < 60 and not pd.isna(read_date(t, "dmy").value) for t in texts[:50])
    same = texts[0].strip() if len(set(texts)) == 1 else ""
    return Profile(n, words, dates / min(n, 50), urls / n, 0 if urls > n / 2 else prose, same)


def map_columns(
    names: Sequence[str], given: Mapping[str, str], profiles: Mapping[str, Profile] | None = None
) -> Mapped:
    """Map fields to columns: as given, as the export is known, by name, or by content.

    Examples
    --------
    >>> map_columns(["Body", "media_name", "leaning"], {})[:2]
    ({'text': 'Body', 'outlet': 'media_name'}, {'leaning': 'leaning'})
    """
    return Mapper(given, profiles or {}).of(tuple(names))


class Mapper:
    """`map_columns` for the rows of one table, whose columns may differ from row to row.

    ``of(names)`` returns what the columns of a row are.
    """

    def __init__(
        self,
        given: Mapping[str, str],
        profiles: Mapping[str, Profile],
        parts: Parts = Parts(),  # noqa: B008
    ) -> None:
        self._given, self._profiles, self._parts = given, profiles, parts
        self.of = lru_cache(maxsize=1000)(self._mapped)

    def _mapped(self, names: tuple[str, ...]) -> Mapped:
        given = {f: there for f, name in self._given.items() if (there := _there(name, names))}
        system, export = next(
            ((s, e) for s, e in _EXPORTS.items() if e.identified_by <= set(names)), ("", None)
        )
        about = next((name for name in names if _key(name) in _ABOUT), "")
        how: dict[str, str] = {}
        if export:
            known = {f: _there(name, names) for f, name in export.columns.items()}
            columns = {f: name for f, name in known.items() if name} | given
            how = dict.fromkeys(columns, f"{system} export")
            question = ""
        else:
            columns = by_name(names, self._profiles, set(given.values())) | given
            how = {f: "name" if _is_plain(f, c) else "similar name" for f, c in columns.items()}
            question = self._by_content(names, columns, how, given=given, about=about)
        whole, part, doubt = (name if name in names else "" for name in self._parts)
        if whole and columns.get("article") != whole:
            columns, how = columns | {"article": whole}, how | {"article": "content"}
        columns |= given
        how |= dict.fromkeys(given, "given")
        of_text = f"{columns['text']}." if "text" in columns else None
        lead = export.lead if export and columns.get("text") == export.columns.get("text") else ""
        others = [n for n in names if n != lead and not self._is_another_text(n, of_text)]
        carried = _carried(others, columns)
        listed = [Column(c, f, how[f]) for f, c in columns.items()]
        maybe = [] if {"text", "about"} & {*columns, about and "about"} else self._long(carried)
        why = dict.fromkeys(maybe, MAYBE_TEXT)
        if "date" not in columns and not export:
            collected = [n for n in self._dated(carried) if _NOT_PUBLISHED.search(_key(n))]
            why |= dict.fromkeys(collected, MAYBE_DATE)
        listed += [Column(c, f, why.get(c, "carried")) for c, f in carried.items()]
        listed += [Column(lead, "text", f"{system} export")] if lead else []
        used = {*others, *columns.values(), lead}
        left = [name for name in names if name not in used]
        listed += [Column(name, "", "not used: a long text") for name in left]
        listed = [
            c._replace(how=f"{c.how}; {MAYBE_PARTS}") if doubt and c.column == doubt else c
            for c in listed
        ]
        if part:
            carried.pop(part, None)
            listed = [c for c in listed if c.column != part] + [Column(part, "", JOINED)]
        if "outlet" not in columns and "url" in columns:
            listed.append(Column(columns["url"], "outlet", "host of the URL"))
        return Mapped(
            columns, carried, tuple(listed),
            export.note if export and "date" not in given else "",
            "" if "text" in columns else about, question, lead,
        )  # fmt: skip

    def _is_another_text(self, name: str, of_text: str | None) -> bool:
        """Return whether a column is too long to be carried, or a part of the text."""
        holds = self._profiles.get(name, Profile())
        part = of_text is not None and name.startswith(of_text) and holds.is_long
        return part or holds.words >= _ANOTHER_TEXT

    def _by_content(
        self,
        names: Sequence[str],
        columns: dict[str, str],
        how: dict[str, str],
        *,
        given: Mapping[str, str],
        about: str,
    ) -> str:
        """Add text and date by what columns hold; return the question that stays open."""
        free = [n for n in names if n not in columns.values() and n in self._profiles]
        dated = [n for n in self._dated(free) if not _NOT_PUBLISHED.search(_key(n))]
        if "date" not in columns and len(dated) == 1:
            columns["date"], how["date"] = dated[0], "content"
        long = self._long(free, _LONG_IN_SIDECAR if about else _LONG)
        if "title" in columns:
            long = [name for name in long if _key(name) not in _SUMMARIES]
        is_label = 0 < self._profiles.get(columns.get("text", ""), Profile()).words < _LABEL
        if not long or "text" in given or ("text" in columns and not is_label):
            return ""
        columns.pop("text", None)
        if len(long) == 1:
            columns["text"], how["text"] = long[0], "content"
            return ""
        quoted = ", ".join(map(repr, long[:5]))
        return (
            f"which column is the text? {quoted} have long texts: name it with "
            f"columns={{'text': {long[0]!r}}} or --map text={long[0]}"
        )

    def _dated(self, names: Iterable[str]) -> list[str]:
        """Return the columns of dates."""
        return [n for n in names if self._profiles.get(n, Profile()).dates > 0.8]

    def _long(self, names: Iterable[str], least: int = _LONG) -> list[str]:
        """Return the columns of texts of so many words."""
        known = {name: self._profiles.get(name, Profile()) for name in names}
        return [n for n, holds in known.items() if holds.is_long and holds.words >= least]


def are_names(cells: Sequence[str]) -> bool:
    """Return whether the cells of a first row are names of columns, not an article.

    Examples
    --------
    >>> are_names(["id", "outlet", "text"]), are_names(["1", "Daily Gull", "Rain fell. " * 20])
    (True, False)
    """
    return not any(len(cell) > _LONGEST_NAME or cell.count(" ") >= _LONG for cell in cells)


def numbered(n: int) -> list[str]:
    """Return names for the columns of a table without any: "column 1", "column 2"."""
    return [f"column {number}" for number in range(1, n + 1)]


def by_name(
    names: Sequence[str],
    profiles: Mapping[str, Profile] | None = None,
    taken: Iterable[str] = (),
) -> dict[str, str]:
    """Return which column holds which field, by the usual names that do not hold something else.

    Examples
    --------
    >>> by_name(["Body", "media_name"])
    {'text': 'Body', 'outlet': 'media_name'}
    """
    by_key: dict[str, str] = {}
    free = [name for name in names if name not in taken]
    containers = _containers(names, profiles or {})
    for name in reversed(free):  # of two alike the first
        outer, _, inner = name.rpartition(".")
        if outer in containers:
            by_key[_key(inner)] = name
    by_key |= {_key(name): name for name in reversed(free) if name not in containers}
    found: dict[str, str] = {}
    for field, synonyms in _SYNONYMS.items():
        candidates = [by_key[s] for s in synonyms if s in by_key]
        candidates = [c for c in dict.fromkeys(candidates) if c not in found.values()]
        if best := _best(field, candidates, profiles or {}):
            found[field] = best
    return found


def _containers(names: Sequence[str], profiles: Mapping[str, Profile]) -> set[str]:
    """Return the columns of objects that hold fields, such as "meta", not one value as "source".

    An object with the usual name of a field holds fields if there is a text among them, and
    another: "content" with "title" and "body", but not "headline" with "text" and "kicker".
    """
    inside: dict[str, list[str]] = {}
    for name in names:
        outer, _, inner = name.rpartition(".")
        if outer:
            inside.setdefault(outer, []).append(inner)
    return {o for o, i in inside.items() if _key(o) not in _KEYS or _is_article(o, i, profiles)}


def _is_article(outer: str, inside: Sequence[str], profiles: Mapping[str, Profile]) -> bool:
    texts = [name for name in inside if _key(name) in _SYNONYMS["text"]]
    long = [t for t in texts if not profiles or profiles.get(f"{outer}.{t}", Profile()).is_long]
    keys = {_key(name) for name in inside}
    fields = {field for field, names in _SYNONYMS.items() if keys & set(names)}
    return bool(long) and len(fields) > 1


def _best(field: str, candidates: Sequence[str], profiles: Mapping[str, Profile]) -> str:
    """Return the first candidate whose cells may be this field."""
    known = {c: profiles.get(c, Profile()) for c in candidates}
    if field == "text":
        fitting = [c for c in candidates if known[c].is_long]
        short = [c for c in candidates if _key(c) != "article" and not known[c].urls > 0.5]
        return next(iter([*fitting, *short]), "")
    fitting = [c for c in candidates if _fits(field, known[c])]
    filled = [c for c in fitting if known[c].filled]
    if field == "outlet" and filled and known[filled[0]].same and _key(filled[0]) in _VAGUE:
        several = [c for c in filled if not known[c].same and _key(c) not in _VAGUE]
        named = [c for c in filled if not _NO_OUTLETS.fullmatch(known[c].same.lower())]
        filled = [*several, *named, *filled]
    return next(iter([*filled, *fitting]), "")


def _fits(field: str, holds: Profile) -> bool:
    if field == "url":
        return not holds.filled or holds.urls > 0.5
    if field == "date":
        return not holds.filled or holds.words <= _SHORT
    return holds.words <= _SHORT and (field == "article" or not holds.urls > 0.5)


def _carried(names: Sequence[str], columns: Mapping[str, str]) -> dict[str, str]:
    """Return the columns that are no field, with names that do not clash with ours."""
    used = set(columns.values())
    parents = {name.rsplit(".", n)[0] for name in names for n in range(1, name.count(".") + 1)}
    carried: dict[str, str] = {}
    known, taken = set(names), set[str]()
    for name in names:
        if name in used or name in parents or not name.strip():
            continue
        safe = f"{name}_given" if name.strip() in RESERVED else name
        while safe in taken or (safe != name and safe in known):
            safe += "_"
        carried[name] = safe
        taken.add(safe)
    return carried


def _key(name: str) -> str:
    return re.sub(r"[\W_]+", "", name.casefold())


def _is_plain(field: str, name: str) -> bool:
    return _key(name) == field or (field == "article" and _key(name) == "id")


def _there(name: str, names: Sequence[str]) -> str:
    """Return the column of a name, or the one that has it inside; empty if there is none."""
    outer = name.split(".", maxsplit=1)[0]
    return next((n for n in (name, outer) if n in names), "")
