"""Nexis Uni: the lines of an export (DOCX or RTF), with a cover list and then the articles."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any

from framing.corpus.dates import is_date
from framing.corpus.readers import Found

_END = re.compile(
    r"^(?:End of Document|Ende des Dokuments|Fin du document|Fin del documento|"
    r"Fine del documento|Einde van (?:het )?document|Fim do documento)$",
    re.IGNORECASE,
)
_BODY = re.compile(r"^(?:Body|Text|Volltext|Corps|Texte|Cuerpo|Texto|Corpo|Testo|Tekst)$", re.I)
_AFTER = re.compile(
    r"^(?:Classification|Klassifizierung|Clasificación|Classificazione|Load-Date:.*)$", re.I
)
# Labels of the fields that are used, in English, German, French, Spanish, Italian, Dutch.
_LABELS = {
    "topic": "section|rubrik|rubrique|sección|sezione|sectie",
    "byline": "byline|author|autor|verfasser|auteur|autore|par",
    "language": "language|sprache|langue|idioma|lingua|taal",
}
_LABELLED = re.compile(
    "|".join(rf"(?P<{name}>^(?:{words})\s*:\s*(?=\S))" for name, words in _LABELS.items()), re.I
)
_RIGHTS = re.compile(r"Copyright\b|©", re.I)


def is_export(lines: Sequence[str]) -> bool:
    """Whether these are the lines of an export of Nexis Uni."""
    return any(_END.match(line) for line in lines) and any(_BODY.match(line) for line in lines)


def articles(lines: Sequence[str], source: str) -> Iterator[Found]:
    """Yield an article for everything that ends in ``End of Document``."""
    item: list[str] = []
    number = 0
    for line in lines:
        if _END.match(line):
            number += 1
            yield _from_lines(item, f"{source}, document {number}")
            item = []
        else:
            item.append(line)
    if number == 0 or any(_BODY.match(line) for line in item):
        yield Found(source, outcome="failed", reason="an article without 'End of Document'")


def _from_lines(lines: list[str], where: str) -> Found:
    body = next((n for n, line in enumerate(lines) if _BODY.match(line)), len(lines))
    at = _anchor(lines[:body])
    if at < 2:
        reason = "no title and outlet above a date or 'Copyright'"
        return Found(where, outcome="failed", reason=reason)
    said = {
        match.lastgroup: line[match.end() :].strip()
        for line in lines
        if (match := _LABELLED.match(line)) and match.lastgroup
    }
    rest = lines[body + 1 :]
    end = next((n for n, line in enumerate(rest) if _AFTER.match(line)), len(rest))
    text = "\n\n".join(rest[:end])
    date = lines[at] if is_date(lines[at]) else ""
    known: dict[str, Any] = {name: said[name] for name in ("byline", "language") if name in said}
    topic = said.get("topic", "").split(";")[0]
    return Found(
        where, text, title=lines[at - 2], outlet=lines[at - 1], date=date, topic=topic, **known
    )


def _anchor(head: Sequence[str]) -> int:
    """Return the place of the line below title and outlet: the date or else the copyright.

    A cover list may stand above the first article, so the last such line counts.
    """
    dated = [n for n, line in enumerate(head) if is_date(line)]
    rights = [n for n, line in enumerate(head) if _RIGHTS.match(line)]
    return (dated or rights or [0])[-1]
