"""Nexis Uni: the lines of an export (DOCX or RTF), with a cover list and then the articles."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from functools import partial
from itertools import pairwise
from typing import Any

from framing.corpus.readers import Found, each, failed, heads

_END = re.compile(
    r"^(?:End of Document|Ende des Dokuments|Fin du document|Fin del documento|"
    r"Fine del documento|Einde van (?:het )?document|Fim do documento)$",
    re.IGNORECASE,
)
_BODY = re.compile(r"^(?:Body|Text|Volltext|Corps|Texte|Cuerpo|Texto|Corpo|Testo|Tekst)$", re.I)
_AFTER = re.compile(
    r"^(?:Graphic|Grafik|Graphique|Gráfico|Grafico|Classification|Klassifizierung|Clasificación|"
    r"Classificazione|Load-Date:.*)$",
    re.I,
)
# Labels in English, German, French, Spanish, Italian, Dutch.
_SECTION = "section|rubrik|rubrique|sección|sezione|sectie"
_AUTHOR = "byline|author|autor|verfasser|auteur|autore"
_WORDS = "length|länge|longueur|longitud|lunghezza|lengte"
_LABELLED = re.compile(
    rf"(?P<topic>^(?:{_SECTION})\s*:\s*(?=\S))|(?P<byline>^(?:{_AUTHOR}|par)\s*:\s*(?=\S))"
    r"|(?P<language>^(?:language|sprache|langue|idioma|lingua|taal)\s*:\s*(?=\S))",
    re.IGNORECASE,
)
# Labels that stand above the text, of fields that are used or not.
_ABOVE = re.compile(
    rf"^(?:{_SECTION}|{_AUTHOR}|{_WORDS}|dateline|highlight|series|graphic|distribution|"
    r"correction-date|ortszeile|serie)\s*:",
    re.IGNORECASE,
)
_LISTED = re.compile(r"^\d+\. (.+)", re.MULTILINE)  # a title in the cover list
_COVER = re.compile(r"(?P<count>Documents? \(\d+\)$)|(?P<job>Job Number:)|(?P<user>User Name:)")
# With its unit: "Length: 40 metres" is a line of the text.
_LENGTH = re.compile(
    rf"^(?:{_WORDS})\s*:\s*\d[\d.,]*\s*"
    r"(?:words?|wörter|mots|palabras|parole|woorden)\b",
    re.IGNORECASE,
)
_RIGHTS = re.compile(r"Copyright\b|©", re.I)
# What may stand between the date and the copyright.
_REMARK = re.compile(
    r"^(?:correction appended|berichtigung|.*\bedition\b.*|transcript\W.*\d.*|show:.*)$",
    re.IGNORECASE,
)


def is_export(lines: Sequence[str]) -> bool:
    """Whether these are the lines of an export of Nexis Uni."""
    return any(_END.match(line) for line in lines) and any(_BODY.match(line) for line in lines)


def is_list(lines: Sequence[str]) -> bool:
    """Return whether these are the lines of the list that comes with an export."""
    found = {match.lastgroup for line in lines if (match := _COVER.match(line))}
    return len(found) > 1 and not any(_BODY.match(line) for line in lines)


def articles(lines: Sequence[str], source: str, encoding: str) -> Iterator[Found]:
    """Yield an article for everything that ends in ``End of Document``."""
    items: list[list[str]] = [[]]
    for line in heads.without_footers("\n".join(lines)).split("\n"):
        if _END.match(line):
            items.append([])
        else:
            items[-1].append(line)
    titles = frozenset(_LISTED.findall("\n".join(items[0])))
    whole = [part for item in items[:-1] for part in _parted(item)]
    yield from each(whole, partial(_from_lines, titles=titles), source, encoding)
    if len(items) == 1 or any(_BODY.match(line) for line in items[-1]):
        where = f"{source}, document {len(whole) + 1}"
        yield failed(where, "an article without 'End of Document'", encoding)


def _parted(item: list[str]) -> list[list[str]]:
    """Return the articles of an item: several if each ends in its Load-Date, and begins once."""
    parts: list[list[str]] = [[]]
    for line in item:
        parts[-1].append(line)
        if line.startswith("Load-Date:"):
            parts.append([])
    *dated, rest = parts
    begun = [set(_marked(part).values()) - {0} for part in dated]
    sure = not any(rest) and all(times == {1} for times in begun)
    return dated if dated and sure else [item]


def _marked(lines: Sequence[str]) -> dict[str, int]:
    """Return how often there is what stands once above the text of an article."""
    body = next(filter(_BODY.match, lines), "Body")  # "Text" is no mark in an item with "Body"
    rights = [bool(_RIGHTS.match(a) and _ABOVE.match(b)) for a, b in pairwise(filter(None, lines))]
    lengths = sum(map(bool, map(_LENGTH.match, lines)))
    return {"Length:": lengths, body: lines.count(body), "Copyright": sum(rights)}


def _from_lines(lines: list[str], where: str, titles: Collection[str]) -> Found:
    loaded = sum(line.startswith("Load-Date:") for line in lines)
    for mark, times in {**_marked(lines), "Load-Date:": loaded}.items():
        heads.check_single(times, mark)
    above = max((n for n, line in enumerate(lines) if _ABOVE.match(line)), default=len(lines))
    body = next((n for n, line in enumerate(lines) if _BODY.match(line)), above)
    head, rest = [line for line in lines[:body] if line], lines[body + 1 :]
    title, outlet, date, part = _above_labels(head, titles)
    if not outlet:
        return failed(where, "no title and outlet above a date, 'Copyright' or the labelled lines")
    said = {
        match.lastgroup: line[match.end() :].strip()
        for line in lines
        if (match := _LABELLED.match(line)) and match.lastgroup
    }
    end = next((n for n, line in enumerate(rest) if _AFTER.match(line)), len(rest))
    topic = said.get("topic", part).split(";")[0]
    known: dict[str, Any] = {name: said[name] for name in ("byline", "language") if name in said}
    text = heads.joined(rest[:end])
    return Found(where, text, title=title, outlet=outlet, date=date, topic=topic, **known)


def _above_labels(head: Sequence[str], titles: Collection[str] = ()) -> tuple[str, str, str, str]:
    """Return title, outlet, date and part of the outlet, above the copyright or the first label.

    A cover list may stand above the first article, so the last copyright counts; ``titles`` are
    those in the list. Without them an outlet has two lines only in layouts that are known.
    """
    rights = [n for n, line in enumerate(head) if _RIGHTS.match(line)]
    first = next((n for n, line in enumerate(head) if _ABOVE.match(line)), len(head))
    above = list(head[: rights[-1] if rights else first])
    dates = (n for n, line in enumerate(above) if n > len(above) - 4 and heads.is_date_line(line))
    below = max(dates, default=len(above)) + 1
    if all(map(_REMARK.match, above[below:])):
        del above[below:]
    dated = len(above) > 2 and heads.is_dated(above[-1])
    date = above.pop() if dated else ""
    listed = (n for n, line in enumerate(above[:-1]) if line in titles)
    at = max(listed, default=len(above) - 2 - heads.in_two_lines(above[1:]))
    if at < 0:
        return "", "", date, ""
    outlet, part = heads.publication(above[at + 1 :])
    return above[at], outlet, date, part
