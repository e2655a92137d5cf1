"""Factiva, the text and RTF export: every document ends in ``Document`` and its number."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import takewhile
from typing import Any

from framing.corpus.readers import UNMARKED, Found, each, failed
from framing.corpus.readers.factiva import FIELDS, ID
from framing.corpus.readers.heads import check_single, is_date_line, joined, without_footers

_COUNT = re.compile(r"^(?:WC\s+)?[\d.,]+ (?:words|mots|Wörter|palabras|parole|woorden)$", re.I)
_CODED = re.compile(
    r"^(HD|CR|BY|WC|PD|ET|SN|SC|ED|PG|SE|VOL|LA|CY|CX|LP|TD|ART|CT|RF|CO|IN|NS|RE|IPC|IPD|PUB|AN)"
    r"(?:\s+(?=\S)|$)"
)
_HEADLINE = re.compile(r"HD(?:\s|$)")
_TIME = re.compile(r"^\d{1,2}[:.h]\d{2}\b")
_RIGHTS = re.compile(r"^(?:Copyright\b|\(c\)|©)", re.IGNORECASE)
_SECTION_WORDS = 3
_COVER = re.compile(r"^(?:Dow Jones )?Factiva$", re.IGNORECASE)


def is_export(lines: Sequence[str]) -> bool:
    """Whether these are the lines of a text export of Factiva."""
    lines = [line.strip() for line in lines]
    return any(_marked(line) for line in lines) and any(_COUNT.match(line) for line in lines)


def articles(lines: Sequence[str], source: str, encoding: str) -> Iterator[Found]:
    """Yield an article for everything that ends in the number of a document."""
    items: list[list[str]] = [[]]
    for line in map(str.strip, without_footers("\n".join(lines)).split("\n")):
        if _HEADLINE.match(line) and any(map(_HEADLINE.match, items[-1])):
            items.append([])  # the number of the one before is missing
        items[-1].append(line)
        if _marked(line):
            items.append([])
    yield from each(items[:-1], _from_lines, source, encoding)
    tail = [line for line in items[-1] if line]
    if any(_COUNT.match(line) for line in tail):
        for number in range(max(1, sum(map(_begins, tail, tail[1:])))):
            where = f"{source}, document {len(items) + number}"
            yield failed(where, UNMARKED)


def _begins(line: str, below: str) -> bool:
    """Return whether a line counts the words of an article, above its date."""
    return _COUNT.match(line) is not None and is_date_line(below.removeprefix("PD"))


def _marked(line: str) -> re.Match[str] | None:
    return ID.match(re.sub(r"^AN\s+", "", line))


def _from_lines(lines: list[str], where: str) -> Found:
    number = _marked(lines[-1])
    lines = lines[:-1] if number else lines
    check_single(sum(map(_begins, lines, lines[1:])), "62 words")
    codes = sum(bool(re.match(r"(?:HD|PD|SN|LP|TD|WC)(?:\s|$)", line)) for line in lines)
    said, text = _coded(lines) if codes > 3 else _in_order(lines)
    if not said:
        return failed(where, "no number of words, date and publication above the text")
    known: dict[str, Any] = {FIELDS[code]: value for code, value in said.items() if code in FIELDS}
    return Found(where, text, number[1] if number else "", **known)


def _coded(lines: Sequence[str]) -> tuple[dict[str, str], str]:
    """Return fields and text in the layout with codes; a value extends to the next code."""
    values: dict[str, list[str]] = {}
    code = ""
    for line in lines:
        if found := _CODED.match(line):
            code, line = found[1], line[found.end() :]
        values.setdefault(code, []).append(line)
    codes = list(values)
    if "LP" not in values and "TD" in codes[1:]:  # the first paragraph follows a field
        above = values[codes[codes.index("TD") - 1]]
        at = above.index("") if "" in above else len(above)
        values["LP"], above[at:] = above[at:], []
    text = [line for code in ("LP", "TD") for line in ["", *values.pop(code, [])]]
    fields = {code: " ".join(" ".join(of_it).split()) for code, of_it in values.items()}
    return fields, joined(text).strip()


def _in_order(lines: Sequence[str]) -> tuple[dict[str, str], str]:
    """Return fields and text in the layout without codes: from their order and form.

    Title, author and number of words; date, time, publication, its code, a page, a language and
    the copyright; the text.
    """
    count = next((n for n, line in enumerate(lines) if _COUNT.match(line)), len(lines))
    above = [line for line in lines[:count] if line and not _COVER.match(line)]
    below = list(enumerate(lines))[count + 1 :]
    dated = next((n for n, line in below if is_date_line(line)), len(lines))
    rights = next((n for n, line in below if n > dated and _RIGHTS.match(line)), len(lines))
    fields = [line for line in lines[dated + 1 : rights] if line and not _TIME.match(line)]
    if not above or not fields or rights == len(lines):
        return {}, ""
    title = _headline(above)
    byline = next((line for line in above[1:] if re.match(r"[Bb]y\b|[Vv]on\b|[Pp]ar\b", line)), "")
    said = {"HD": title, "PD": lines[dated], "SN": fields[0], "BY": byline, "LA": fields[-1]}
    return said, joined(lines[rights + 1 :]).strip()


def _headline(above: Sequence[str]) -> str:
    """Return the headline of the lines above the text, without a section and in one line.

    A short line is a section if more words would have fitted into it; a line in small letters goes
    on from the one before.
    """
    first, following = above[0], above[1] if len(above) > 1 else ""
    fits = len(first) + len(following.split(" ")[0]) < max(map(len, above))
    is_section = len(first.split()) <= _SECTION_WORDS < len(following.split()) and fits
    rest = above[is_section:]
    return " ".join([rest[0], *takewhile(lambda line: line[0].islower(), rest[1:])])
