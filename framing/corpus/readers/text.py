"""Plain text: one article per file, with metadata from its path and a header block."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache, partial
from typing import Any

from framing.corpus.blocks.titles import looks_like_headline
from framing.corpus.readers import METADATA, Column, Found, each, failed, skipped
from framing.corpus.readers.by_name import by_name
from framing.corpus.readers.exports import articles_in as export_in
from framing.corpus.readers.file_names import article_name, from_path, host_of, title_of
from framing.corpus.readers.files import File
from framing.corpus.readers.heads import joined
from framing.corpus.readers.in_documents import Line, articles_in, date_below, with_gaps
from framing.corpus.readers.markdown import (
    front_matter,
    lines_with_styles,
    parts_with_front_matter,
    without_marks,
)
from framing.corpus.readers.markup import without_markup
from framing.corpus.readers.several import between_rules, maybe_several, of_database, several_in

_TITLE_WORDS = 40
_MARKDOWN = (".md", ".markdown")
_NAMES = (".txt", ".text", ".doc", *_MARKDOWN)  # an old Word document is refused before
_NOTE = re.compile(r"(readme|licen[cs]e)\b")
_HEADER = re.compile(r"^([^\W\d_][\w -]{1,24}):[ \t]*(.*)$", re.MULTILINE)
# A header block ends at a blank line, or at a label of the text on a line of its own.
_HEADER_END = re.compile(
    r"\n{1,9}(?:full[ _-]?text|text|body|volltext|texte|texto|testo|tekst)[ \t]*:[ \t]*\n*|\n\n",
    re.I,
)
_FRAGMENT = re.compile(r"\s*<(?:h[1-6]|p|div|section|article|blockquote|ul|ol|span)\b", re.I)
_SHORT_RULE = re.compile(r"^[ \t]*([=_*#~])\1{2,}[ \t]*$", re.MULTILINE)
_TELLING = frozenset({"title", "outlet", "date"})
# Names that are a header block even if they stand alone.
_ALONE = frozenset({
    *METADATA, "source", "publication", "author", "headline", "published", "section", "id",
    "article",
})  # fmt: skip


def recognises(file: File) -> bool:
    """Whether the name is that of a plain text file."""
    return file.name.endswith(_NAMES)


def read(file: File, columns: Mapping[str, str]) -> Iterator[Found]:
    """Yield the article of a file."""
    if not file.alone and _NOTE.match(file.name):
        yield Found(
            file.source, outcome="skipped", reason="a note about the folder, not an article"
        )
        return
    text, encoding = file.text()
    if is_list_of_titles(text):
        yield skipped(file.source, "the list of the titles of an export, not an article", encoding)
        return
    lines = [line.strip() for line in text.splitlines()]
    if found := export_in(lines, text, file.source, encoding):
        yield from found
    elif parts := labelled_parts(text) or parts_with_front_matter(text):
        yield from each(parts, partial(_from_part, file=file), file.source, encoding)
    elif file.name.endswith(_MARKDOWN) and not front_matter(text)[0]:
        yield from of_document(file, text, encoding, lines_with_styles(text))
    else:
        yield text_article(file, text, encoding)


def of_document(file: File, text: str, encoding: str, styled: Sequence[Line]) -> Iterator[Found]:
    """Yield the articles of a document, whose lines have styles, or its text as one article."""
    parts, remark = articles_in(styled)

    def read_part(part: Sequence[Line], where: str) -> Found:
        found = text_article(file, joined(with_gaps(part)), "")
        title = part[0].text if part[0].style else found.title
        date = date_below(part) or found.date
        return found._replace(source=where, article="", title=title, date=date)

    if parts:
        yield from each(parts, read_part, file.source, encoding)
        return
    yield text_article(file, text, encoding).noted(remark)


def labelled_parts(text: str) -> list[str]:
    r"""Return the parts of a text, if most of them have a header block.

    They stand between lines, or each begins with the label that the first one begins with; between
    lines, that label alone is a damaged block. Where nothing stands there, a part is empty.

    >>> labelled_parts("Title: A\nDate: 2030\n\nRain.\n========\nTitle: B\nDate: 2031\n\nHail.")
    ['Title: A\nDate: 2030\n\nRain.', 'Title: B\nDate: 2031\n\nHail.']
    >>> labelled_parts("Title: A\nDate: 2030\nText: Rain.\n\nTitle: B\nDate: 2031\nText: Hail.")
    ['Title: A\nDate: 2030\nText: Rain.', 'Title: B\nDate: 2031\nText: Hail.']
    """
    first = _HEADER.match(text := text.lstrip("\ufeff\r\n \t"))
    parts = ruled = between_rules(text) or _between_short_rules(text)
    if first and not ruled and not of_database(text):
        parts = re.split(rf"^(?={re.escape(first[1])}:)", text, flags=re.MULTILINE)
    stripped = [part.strip() for part in parts]
    filled = [number for number, part in enumerate(stripped) if part]
    heads = sum(map(_is_labelled, stripped))
    if heads and first and ruled:
        heads = sum(part.startswith(f"{first[1]}:") or _is_labelled(part) for part in stripped)
    several = heads > 1 and 2 * heads > len(filled)
    return stripped[filled[0] : filled[-1] + 1] if several else []


def _between_short_rules(text: str) -> list[str]:
    r"""Return the parts between lines such as *** if all have a header block: a text may have some.

    >>> _between_short_rules("Title: A\nDate: 2030\n\nRain.\n***\nIt melted.")
    []
    """
    parts = _SHORT_RULE.split(text)[::2]
    labelled = all(_is_labelled(part) for part in parts if part.strip())
    return parts if labelled and len(parts) > 1 else []


def _is_labelled(part: str) -> bool:
    """Return whether lines above the text name two fields; one of them may be broken."""
    above = _HEADER_END.split(re.sub(r"\r\n?", "\n", part), maxsplit=1)[0]
    labels = filter(None, map(_HEADER.match, above.split("\n")))
    return len({_field(label[1].strip().lower()) for label in labels} & _TELLING) > 1


def _has_header(part: str) -> bool:
    header = front_matter(part)[0] or split_header(part)[0]
    return len(header.keys() & _TELLING) > 1


def _from_part(part: str, where: str, *, file: File) -> Found:
    if not part:
        return skipped(where, "nothing between two lines that part articles")
    part = f"{part}\n\n"  # a header block may stand without a text
    if not _has_header(part):
        raise ValueError("no header lines with title, outlet or date, as other parts have")
    found = text_article(file, part, "")
    given = "" if found.article == article_name(file) else found.article
    return found._replace(source=where, article=given, text=found.text.rstrip())


def is_list_of_titles(text: str) -> bool:
    r"""Return whether every line is a title with its number, from 1 on.

    >>> is_list_of_titles("1. Talks fail\n2. Rain falls"), is_list_of_titles("1. Talks failed.")
    (True, False)
    """
    lines = [line.strip() for line in text.lstrip("\ufeff").splitlines() if line.strip()]
    numbered = (line.startswith((f"{n}.", f"{n})")) for n, line in enumerate(lines, start=1))
    short = all(line.count(" ") < _TITLE_WORDS for line in lines)
    return bool(lines) and all(numbered) and short and not any(line.endswith(".") for line in lines)


def text_article(file: File, text: str, encoding: str) -> Found:
    """Return the article of a file, with metadata from its header block and its path."""
    if reason := several_in(text):
        return failed(file.source, reason, encoding)
    header, body = front_matter(text)
    if not header:
        header, body = split_header(text)
    if file.name.endswith(_MARKDOWN):
        body = without_marks(body)
    elif _FRAGMENT.match(body) and body.count("</") > 1:
        body = without_markup(body)
    if host := host_of(header.get("outlet", "")):
        header = {"url": header["outlet"]} | header | {"outlet": host}
    path = from_path(file)
    if "title" not in header and (title := title_of(file)) and not _has_headline(body):
        path["title"] = title
    said: dict[str, Any] = {**path, **header}
    if not body.strip():
        return skipped(file.source, "no text", encoding)
    name = said.pop("article", article_name(file))
    guessed = "outlet" in path and "outlet" not in header
    mapped = (Column("(path)", "outlet", "names of files or folders"),) if guessed else ()
    found = Found(file.source, body, name, encoding=encoding, mapped=mapped, **said)
    return found.noted(maybe_several(body))


def _has_headline(text: str) -> bool:
    first, following = [*filter(str.strip, text.split("\n")), "", ""][:2]
    return looks_like_headline(first.strip(), following=following.strip())


def split_header(text: str) -> tuple[dict[str, str], str]:
    r"""Split a block of ``Name: value`` lines off the top, if every line of it is one.

    >>> split_header("Outlet: The Herald\nEvent: e1\n\nTalks fail")
    ({'outlet': 'The Herald', 'event': 'e1'}, 'Talks fail')
    """
    lines = re.sub(r"\r\n?", "\n", text).lstrip("\ufeff\n")
    end = _HEADER_END.search(lines)
    found = [_HEADER.match(line) for line in lines[: end.start()].split("\n")] if end else []
    if not end or not all(found):
        return {}, text
    pairs = [(m[1].strip().lower(), m[2].strip()) for m in found if m]
    fields = [(_field(name), value) for name, value in pairs]
    said = {field: value for field, value in fields if field and value}
    is_header = any(field for field, _ in fields) and (
        len(pairs) > 1 or dict(pairs).keys() <= _ALONE
    )
    return (said, lines[end.end() :]) if is_header else ({}, text)


@lru_cache(maxsize=1000)
def _field(name: str) -> str:
    """Return the field that a label names, in any language that columns may have."""
    field = name if name == "article" else next(iter(by_name([name])), "")
    return "" if field == "text" else field
