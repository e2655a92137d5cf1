"""ProQuest, the exports as text, HTML and DOCX: numbered items with ``Name: value`` in each."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from framing.corpus.readers import Found, each, failed
from framing.corpus.readers.heads import check_single, joined, without_footers
from framing.utils.files import data_beside

_NUMBER = r"Document \d+ of \d+[ \t]*$"
_BETWEEN = re.compile(rf"^(?:_{{40,}}[ \t]*$|(?={_NUMBER}))", re.MULTILINE)
_DATA = data_beside(__file__)
_LABEL = re.compile(rf"^({'|'.join(_DATA['labels'])}):[ \t]*", re.MULTILINE)
_FIELDS = _DATA["fields"]
_NUMBERED = re.compile(_NUMBER, re.MULTILINE)
# The layout with headings: the labels are details below the text.
_FULL_TEXT = re.compile(r"^FULL TEXT[ \t]*$", re.MULTILINE)
_HEADED = re.compile(r"FULL TEXT[ \t]*\n(.*)^DETAILS[ \t]*\n(.*)", re.MULTILINE | re.DOTALL)
_TELLING = {"ProQuest document ID", "Full text", "Full Text", "Publication title", "Title"}
_LONG = {"Abstract", "Copyright", "Links", "Publication info"}  # they may have paragraphs
_FEWEST = 3  # labels of an item
_EDITION = re.compile(r", [^,;]*\bedition\b[^;]*", re.IGNORECASE)  # editions are one outlet
_ABSENT = re.compile(r"^(?:full text )?not available\.?$", re.IGNORECASE)


def is_export(text: str) -> bool:
    """Return whether a text is an export, or the beginning of one."""
    telling = re.search(r"^(?:ProQuest document ID:|Report Information from ProQuest)", text, re.M)
    return telling is not None and _BETWEEN.search(text) is not None


def articles(text: str, source: str, encoding: str) -> Iterator[Found]:
    """Yield an article for every item of a text."""
    parts = _BETWEEN.split(without_footers(text))
    items = [part for part in parts if _NUMBERED.match(part.lstrip()) or _is_item(part)]
    yield from each(items, _from_labels, source, encoding)


def _is_item(part: str) -> bool:
    """Return whether a part is about one article, told by its labels if it has no number."""
    labels = {mark[1] for mark in _LABEL.finditer(part)}
    return bool(labels & _TELLING) and len(labels) >= _FEWEST


def _labels(marks: list[re.Match[str]]) -> list[re.Match[str]]:
    """Return the labels, but not lines of the full text that begin like one.

    They are those that stand once more below, or have text without a label below them.
    """
    check_single(sum(mark[1] == "Publication title" for mark in marks), "Publication title:")
    text = next((n for n, mark in enumerate(marks) if mark[1].lower() == "full text"), len(marks))
    below = {mark[1]: mark for mark in marks[text + 1 :]}  # the last of each
    ends = [m for m in marks[text + 1 :] if below[m[1]] is m]
    nexts = [m.start() for m in ends[1:]]
    followed = [n for n, (m, end) in enumerate(zip(ends, nexts, strict=False)) if _goes_on(m, end)]
    ends = ends[followed[-1] + 1 :] if followed else ends
    return [*marks[: text + 1], *ends]


def _goes_on(mark: re.Match[str], end: int) -> bool:
    """Return whether another paragraph stands between a label of one line and the next label."""
    value = mark.string[mark.end() : end].strip()
    return mark[1] not in _LONG and re.search(r"\n[ \t]*\n", value) is not None


def _from_labels(item: str, where: str) -> Found:
    """Return the article of an item; a value extends to the next label."""
    begin = _FULL_TEXT.search(item)
    headed = begin and _HEADED.match(item, begin.start())
    if headed:
        marks = list(_LABEL.finditer(item, headed.start(2)))
        check_single(len(_FULL_TEXT.findall(item)), "FULL TEXT")
    else:
        marks = _labels(list(_LABEL.finditer(item)))
    ends = [mark.start() for mark in marks[1:]] + [len(item)]
    said: dict[str, str] = {}
    for mark, end in zip(marks, ends, strict=True):
        said.setdefault(mark[1].replace("Text", "text"), item[mark.end() : end].strip())
    if not said:
        return failed(where, "no labels such as 'Title:' and 'Full text:'")
    if headed:
        said["Full text"] = joined(headed[1].split("\n")).strip()
    above = item[: (headed or marks[0]).start()]
    said.setdefault("Title", _NUMBERED.sub("", above, count=1).strip().split("\n")[0])
    text = said.get("Full text", "")
    if "Publication title" in said:
        said["Publication title"] = _EDITION.sub("", said["Publication title"])
    text = "" if _ABSENT.match(text) else text
    known: dict[str, Any] = {_FIELDS[name]: v for name, v in said.items() if name in _FIELDS}
    return Found(where, text, said.get("ProQuest document ID", ""), **known)
