"""Outlet and date of an article from the path of its file, or its address."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Any
from urllib.parse import unquote, urlsplit

import pandas as pd

from framing.corpus.dates import find_date, is_month, month_number
from framing.corpus.readers import Column, Found, file_of
from framing.corpus.readers.by_name import fields_of
from framing.corpus.readers.compressed import bare
from framing.corpus.readers.files import File

_EXTENSION = re.compile(r"\.[A-Za-z]{2,8}$")
_DATE_FOLDER = re.compile(r"\d{1,4}([-_.]\d{1,2}){0,2}|\d{6}|\d{8}|q[1-4]")
_MONTH_FOLDERS = re.compile(r"(?:1[6-9]|20)\d\d[-_.](?:0?[1-9]|1[0-2])")
_DAY = re.compile(r"(?:0?[1-9]|[12]\d|3[01])(?=[-_. ]\D|$)")
_OPEN = re.compile(r"(?<!\d)\d{1,2}([/-])\d{1,2}\1\d{4}(?!\d)")
_OUTLET_WORDS = 5
# What systems write before the name of a copy: "Copy of talks", "Copy (2) of talks", "Kopie von …".
_COPY = re.compile(
    r"(?i:(?:copy|kopie|copie|copia|kopia|cópia)(?: \(\d+\))? (?:of|von|van|de|di|av|af)"
    r"|conflicted copy of|duplicate of)(?: |_)+(?=\S)"
)
# Addresses of databases, collections and proxies say nothing of the outlet.
_NO_OUTLET = re.compile(
    r"(?:^|[.-])(?:lexis|lexisnexis|nexis|factiva|proquest|ebscohost|ebsco|europresse|newsbank|gale|"
    r"galegroup|pressreader|wiso-net|jstor|doi|archive|proxy|ezproxy|msn|bit|t|facebook|twitter|x|"
    r"reddit|youtube|dropbox)[.-]|^(?:news|drive|docs)\.(?:google|yahoo)\.|^archive\."
)
_ARCHIVED = re.compile(r"https?://web\.archive\.org/web/\w+/https?:/{1,2}")
_NO_VALUE = "__HIVE_DEFAULT_PARTITION__"
_DASH = re.compile(r"\s+[-–]\s+")
_BETWEEN = re.compile(r"\s+[-–]\s+|_")
_OF_FILES = (".zip", ".tar", ".docx")  # such a folder is a file in which others are
_WORDS = re.compile(r"[^\W\d_] +[^\W\d_]")  # a title has two, a slug or "page 2" has not
_NUMBERED = re.compile(r"(?P<outlet>[^\W\d_][^_]*)_\d+")
# Folders and names that say what the files are, not whose.
_GENERIC = frozenset({
    "article", "articles", "text", "texts", "txt", "data", "raw", "clean", "cleaned", "processed",
    "corpus", "corpora", "export", "exports", "file", "files", "news", "html", "htm", "page",
    "pages", "doc", "docs", "document", "documents", "download", "downloads", "story", "stories",
    "item", "items", "output", "input", "scraped", "sample", "media", "press",
})  # fmt: skip


def article_name(file: File) -> str:
    """Return the id of an article with a file of its own: the path without its extension."""
    return _EXTENSION.sub("", bare(file.source))


def from_path(file: File) -> dict[str, str]:
    """Return what the path says: ``outlet`` and ``date``, as far as they are known.

    The outlet is the last folder that is no date and no generic name such as "articles"; without
    one it is the part before the date, or the part after it: ``{outlet}_{date}_{number}``,
    ``{outlet} {date}``, ``{date}_{outlet}_{slug}``, ``{date} - {outlet} - {title}``, also with
    other separators in each place: ``{date} {outlet} - {title}``. The date may stand in folders:
    ``{outlet}/2018/01/31/{slug}`` or ``{outlet}/2018/01/31-{slug}``. A folder ``outlet=Gull`` says
    what it is.

    >>> from_path(File("gull/2018/talks-01.txt")), from_path(File("NYT_2018-01-31_1.txt"))
    ({'outlet': 'gull'}, {'outlet': 'NYT', 'date': '2018-01-31'})
    """
    said = partition(file.source)
    given = {f: said[c] for f, c in fields_of(tuple(said)).items() if f in ("outlet", "date")}
    *folders, name = article_name(file).split("/")
    folders = [folder for folder in folders if folder.partition("=")[0] not in said]
    date, before, after = _split(name)
    named = _outlet_in(before, after) if date else ""
    if not date and (numbered := _NUMBERED.fullmatch(name)):
        named = _unless_generic(numbered["outlet"])
    folder = next((f for f in reversed(folders) if may_be_outlet(f)), "")
    both = bool(date) and not before and after.startswith("_") and after.count("_") > 1
    outlet = named if named and (both or not folder) else folder
    date = date or _date_of(folders, name)
    found = {key: value for key, value in (("outlet", outlet), ("date", date)) if value}
    return found | given


@lru_cache(maxsize=1000)
def _partition(folder: str) -> tuple[tuple[str, str], ...]:
    pairs = (part.split("=") for part in folder.split("/") if part.count("=") == 1)
    return tuple((name, unquote(value)) for name, value in pairs if name and value != _NO_VALUE)


def partition(source: str) -> dict[str, str]:
    """Return the values in the names of folders, as Spark, Arrow and DuckDB write them.

    >>> partition("outlet=Daily%20Gull/year=2018/part-0.parquet, row 3")
    {'outlet': 'Daily Gull', 'year': '2018'}
    """
    return dict(_partition(source.rpartition("/")[0])) if "=" in source else {}


def title_of(file: File) -> str:
    """Return the title in the name of a file: ``{date} - {outlet} - {title}``; of several words.

    >>> title_of(File("2018-01-31 - Gull - Talks fail.txt")), title_of(File("2018_Gull_3.txt"))
    ('Talks fail', '')
    """
    date, before, after = _split(article_name(file).rpartition("/")[2])
    title = after.strip(" -–_.,") if before.strip() else _parts_after(after)[1]
    separated = date and (not before.strip() or _BETWEEN.match(after))
    return title if separated and _WORDS.search(title) else ""


def name_of_table(source: str) -> str:
    """Return the name of the table in which a row stands: of its sheet, or of its file.

    >>> name_of_table("by/daily_gull.csv.gz, row 3"), name_of_table("a.xlsx#Gull, row 1")
    ('daily_gull', 'Gull')
    """
    return article_name(File(file_of(source))).rpartition("/")[2].rpartition("#")[2]


def repeated_name(source: str) -> str:
    """Return what follows the date in the name of a file: its outlet, if other files share it.

    >>> repeated_name("a/2018-01-31 Daily Gull.txt"), repeated_name("Daily Gull 2018.txt")
    ('Daily Gull', '')
    """
    date, before, after = _split(article_name(File(source)).rpartition("/")[2])
    name = after.strip(" -–_.,")
    short = len(name.split()) <= _OUTLET_WORDS
    return _unless_generic(name) if date and not before.strip() and short else ""


def with_path(found: Found, known: Mapping[str, str], of_what: str) -> Found:
    """Return an article with what the names of folders, files or sheets say, if it says no more."""
    added: dict[str, Any] = {
        field: value for field, value in known.items() if not getattr(found, field)
    }
    if not added or found.outcome != "scored" or found.about:
        return found
    guessed = (Column("(path)", "outlet", of_what),) if "outlet" in added else ()
    return found._replace(mapped=(*guessed, *found.mapped), **added)


def _split(name: str) -> tuple[str, str, str]:
    """Return the date in a name, and what stands before and after it.

    >>> _split("Copy of 2018-01-31 - Gull - Talks fail")
    ('2018-01-31', '', ' - Gull - Talks fail')
    """
    while copied := _COPY.match(name):
        name = name[copied.end() :]
    for text in (name.replace("_", "-"), name.replace("_", " ")):
        if numbers := _OPEN.search(text):
            date = numbers.group().replace("-", "/")  # decided with the other files
            return date, name[: numbers.start()], name[numbers.end() :]
        found = find_date(text)
        if not pd.isna(found.value):
            return f"{found.value:%Y-%m-%d}", name[: found.start], name[found.end :]
    return "", "", ""


def _outlet_in(before: str, after: str) -> str:
    parts = [part.strip(" -.,") for part in re.split(r"[()\[\]]", before.replace("_", " "))]
    if outlet := next(filter(None, reversed(parts)), ""):
        return _unless_generic(_DASH.split(outlet)[0])
    return _unless_generic(_parts_after(after)[0])


def _parts_after(after: str) -> tuple[str, str]:
    """Return the outlet and the title or slug after a date, as far as something separates them.

    >>> _parts_after(" - Gull - Talks fail"), _parts_after(" Gull - Talks fail")
    (('Gull', 'Talks fail'), ('Gull', 'Talks fail'))
    >>> _parts_after("_Gull - Talks fail"), _parts_after(" - Daily_Gull_Talks fail")
    (('Gull', 'Talks fail'), ('Daily_Gull', 'Talks fail'))
    >>> _parts_after("_gull_talks-fail"), _parts_after("_gull"), _parts_after("-talks-fail")
    (('gull', 'talks-fail'), ('gull', ''), ('', ''))
    """
    separated = _DASH.match(f" {after}") is not None or after.startswith("_")
    first, *rest = _DASH.split(after.strip(" -–_.,"), maxsplit=1)
    if after.startswith("_") and "_" in first:
        first, rest = first.split("_")[0], [after.strip(" _").partition("_")[2]]
    elif not rest and " " in first.rpartition("_")[2] and "_" in first:
        first, _, last = first.rpartition("_")
        rest = [last]
    return (first, rest[0] if rest else "") if separated or rest else ("", "")


def _unless_generic(outlet: str) -> str:
    has_letter = any(character.isalpha() for character in outlet)
    return outlet if has_letter and outlet.lower() not in _GENERIC else ""


def may_be_outlet(folder: str) -> bool:
    """Return whether the name of a folder or a sheet may be that of an outlet.

    >>> [may_be_outlet(name) for name in ("Daily Gull", "2018-01", "articles", "gull.tgz")]
    [True, False, False, False]
    """
    lowered = folder.lower()
    parts = re.split(r"[\s_-]+", lowered)
    is_date = all(_DATE_FOLDER.fullmatch(part) or is_month(part) for part in parts)
    is_file = bare(lowered).endswith(_OF_FILES)
    return bool(_unless_generic(folder)) and not is_date and not is_file


def _date_of(folders: list[str], name: str) -> str:
    """Return the date in the names of folders, also of months; the day may begin that of the file.

    >>> _date_of(["gull", "2018", "Jan", "31"], "talks"), _date_of(["2018-01"], "31-talks")
    ('2018-01-31', '2018-01-31')
    """
    parts = (f for f in folders if _DATE_FOLDER.fullmatch(f) or is_month(f))
    dates = "-".join(map(month_number, parts))
    if _MONTH_FOLDERS.fullmatch(dates) and (day := _DAY.match(name)):
        dates = f"{dates}-{day[0]}"
    found = find_date(dates)
    return "" if pd.isna(found.value) else f"{found.value:%Y-%m-%d}"


def host_of(url: str) -> str:
    """Return the host of a URL without "www."; empty if it is none, or that of a database.

    >>> host_of("https://www.gull.example/1"), host_of("www.gull.example/1")
    ('gull.example', 'gull.example')
    >>> host_of("https://advance.lexis.com/x")
    ''
    """
    try:
        whole = f"//{url}" if url.startswith("www.") else _ARCHIVED.sub("https://", url)
        host = (urlsplit(whole).hostname or "").removeprefix("www.")
    except ValueError:
        return ""
    return "" if _NO_OUTLET.search(host) else host
