"""LexisNexis, the old text export: ``1 of 10 DOCUMENTS``, labels in capitals, wrapped lines."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Any

from framing.corpus.blocks.hyphens import as_it_stands, on_one_line
from framing.corpus.readers import REST, Found, each, failed, heads
from framing.corpus.readers.rows import CUT
from framing.text.numbers import many
from framing.utils.files import data_beside

_FIRST = re.compile(
    r"^[ \t]*(?:\d+ of \d+ DOCUMENTS?|Dokument \d+ von \d+|Document \d+ de \d+)[ \t]*$", re.M
)
_RIGHTS_LINE = re.compile(r"^(?:Copyright|©)|\brights reserved", re.IGNORECASE)
_RIGHTS = re.compile(r"^(?:Copyright|©)", re.IGNORECASE)
# An edition stands in the middle of the line, as outlet and date do, a title at its beginning.
_CENTRED = re.compile(r" {8}")
_REMARK = re.compile(r"\s*(?:correction appended|berichtigung)\b.{0,40}$", re.IGNORECASE)
# Labels above the text and below it, with their fields.
_ABOVE, _BELOW = (
    {label: field for field, labels in fields.items() for label in labels}
    for fields in data_beside(__file__).values()
)
_FIELDS = _ABOVE | _BELOW
_BODY = re.compile(r"^(?:BODY|TEXT|VOLLTEXT|CORPS):[ \t]*$", re.MULTILINE)
_LENGTH = re.compile(r"^(?:LENGTH|LÄNGE|LONGUEUR): ", re.MULTILINE)
_NUMBER = re.compile(r"\d{1,9}")
_NAMED = 10  # gaps
_LOADED = "\nLOAD-DATE: "
_BETWEEN = re.compile(r"\n(?:[ \t]*\n)+")
_LABEL = re.compile(r"^([A-ZÄÖÜÉ][A-ZÄÖÜÉ-]{2,}):\s*(.*)$", re.DOTALL)


def is_export(text: str) -> bool:
    """Return whether the first item of an export begins in a text."""
    return _FIRST.search(text) is not None


def articles(text: str, source: str, encoding: str) -> Iterator[Found]:
    """Yield an article for each item of a text."""
    cover, *items = _FIRST.split(text := heads.without_footers(text))
    whole = _parted(cover) if _LENGTH.search(cover) or _LOADED in cover else []
    for item in items:
        whole += _parted(item) if len(_LENGTH.findall(item)) > 1 else [item]
    ends = [_LOADED in item for item in whole]
    cut = "no LOAD-DATE below it, unlike all the others: maybe cut off"
    for n, found in enumerate(each(whole, _from_runs, source, encoding), start=1):
        last = n == len(whole) > 1 and all(ends[:-1]) and not ends[-1]
        is_cut = last and found.outcome == "scored"
        yield found.noted(cut)._replace(layout=CUT) if is_cut else found
    if lost := _lost(_FIRST.findall(text), len(whole)):
        yield failed(source + REST, lost, encoding)


def _lost(marks: Sequence[str], read: int) -> str:
    """Return which documents an export counts and does not hold, unless their marks are missing.

    A file may hold several exports, or the documents of one from any number on.
    """
    begun: Counter[int] = Counter()
    seen: dict[tuple[int, int], set[int]] = {}
    for mark in marks:
        number, *_, of = map(int, _NUMBER.findall(mark))
        begun[of] += number == 1
        seen.setdefault((of, max(1, begun[of])), set()).add(number)
    gaps = [
        (a + 1, b - 1, of)
        for (of, _), numbers in seen.items()
        for a, b in pairwise([*sorted(numbers), of + 1])
        if b - a > 1
    ]
    lost = sum(b - a + 1 for a, b, _ in gaps) - (read - len(marks))
    which = [f"{a} of {of}" if a == b else f"{a} to {b} of {of}" for a, b, of in gaps[:_NAMED]]
    more = ", …" * (len(gaps) > _NAMED)
    what = f"{many(lost, 'document')} that the export counts ({', '.join(which)}{more})"
    return f"missing, maybe cut off: {what}" if lost > 0 else ""


def _parted(text: str) -> list[str]:
    """Return the articles of a text without marks, if each has outlet, date and length."""
    runs = [part for run in _BETWEEN.split(text) for part in _outlet_and_date(run)]
    begins, dated, lengths = list[int](), 0, len(_LENGTH.findall(text))
    for n, run in enumerate(runs):
        if heads.is_dated(_first_line(run)):
            dated = n
        if dated and _LENGTH.search(run):
            begins.append(dated - 1)
            dated = 0
    parts = ["\n\n".join(runs[a:b]) for a, b in pairwise([*begins, len(runs)])]
    return parts if len(begins) == lengths > 0 else [text]


def _from_runs(item: str, where: str) -> Found:
    marked = _BODY.search(item)
    runs = _runs(item[: marked.start() if marked else None])
    runs[:2] = [part for run in runs[:2] for part in _outlet_and_date(run)]
    head = len(runs)
    runs += _runs(item[marked.end() :]) if marked else []
    at = next((n for n, run in enumerate(runs[:4]) if n and heads.is_dated(_first_line(run))), 0)
    if not at:
        return failed(where, "no outlet and date above the text")
    labels = [_label_of(run) for run in runs]
    # In a text with a mark above it, "LENGTH: he measured it twice" is no label.
    labels[head:] = ["" if label in _ABOVE else label for label in labels[head:]]
    heads.check_single(len(_LENGTH.findall(item[: marked.start() if marked else None])), "LENGTH:")
    heads.check_single(item.count(_LOADED), "LOAD-DATE:")
    above = [n for n, label in enumerate(labels) if label in _ABOVE]
    last = min(max(above, default=at + 1), len(runs) - 1)
    below = next((n for n in range(last + 1, len(runs)) if labels[n] in _BELOW), len(runs))
    between = [n for n in range(at + 1, last + 1) if not labels[n] and not _REMARK.match(runs[n])]
    between = [n for n in between if not heads.EDITION.fullmatch(runs[n].strip())]
    title, *more = [n for n in between if not _CENTRED.match(runs[n])] or between or [at]
    text = "\n\n".join(on_one_line(runs[n].split("\n")) for n in [*more, *range(last + 1, below)])
    said = {"title": _joined(runs[title]) if title != at else ""} | _said(runs, labels)
    outlet, part = heads.publication(_named(runs[:at]))
    said["topic"] = said["topic"] or part
    return Found(where, text, outlet=outlet, date=_first_line(runs[at]), **said)


def _runs(text: str) -> list[str]:
    """Return the runs of lines between blank lines, without those about rights."""
    first, *rest = _BETWEEN.split(text.lstrip("\n"))
    if _RIGHTS.match(first.strip()):  # the outlet may stand below them
        lines = first.split("\n")
        first = "\n".join(line for line in lines if not _RIGHTS_LINE.search(line.strip()))
    runs = [run.strip("\n") for run in (first, *rest) if run.strip()]
    return [run for run in runs if not _RIGHTS.match(run.strip())]


def _outlet_and_date(run: str) -> list[str]:
    """Split the outlet from the date, if no blank line stands between them."""
    lines = run.split("\n")
    at = next((n for n, line in enumerate(lines) if n and heads.is_date_line(line)), 0)
    return ["\n".join(lines[:at]), "\n".join(lines[at:])] if at else [run]


def _named(runs: Sequence[str]) -> list[str]:
    """Return the lines of the outlet, which goes on below a blank line in known layouts only."""
    lines = [line.strip() for run in runs for line in run.split("\n")]
    return lines if heads.in_two_lines(lines) else [_joined(runs[0])]


def _first_line(run: str) -> str:
    return run.strip().split("\n")[0]


def _label_of(run: str) -> str:
    """Return the known label that a run of lines begins with, or an empty string."""
    found = _LABEL.match(run.strip())
    return found[1] if found and found[1] in _FIELDS else ""


def _said(runs: Sequence[str], labels: Sequence[str]) -> dict[str, Any]:
    said = {
        _FIELDS[label]: _joined(run).partition(":")[2].strip()
        for run, label in zip(runs, labels, strict=True)
        if _FIELDS.get(label, "other") != "other"
    }
    return said | {"topic": said.get("topic", "").split(";")[0]}


def _joined(run: str) -> str:
    return " ".join(as_it_stands(on_one_line(run.split("\n"))).split())
