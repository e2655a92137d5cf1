"""Roles of blocks that only those beside them tell: doubles, standfirsts, notes at the end."""

from __future__ import annotations

from collections.abc import Sequence

from framing.corpus.blocks import titles
from framing.corpus.blocks.repeats import nearest_twins
from framing.corpus.blocks.shapes import HEADING_WORDS, is_byline_or_date
from framing.corpus.blocks.signals import Block, has_final_mark, key

RUN_TOGETHER = "a caption and a title run together"
_CLOSED = 2  # paragraphs with a final mark, by which one without is odd
COMPARED = 200  # short lines of an article that are compared with each other, all pairs


def relate(found: list[Block]) -> list[Block]:
    """Tell headings and doubles of captions and headlines from titles of related stories."""
    found = _short_reports(found)
    if all(block.reason != "title-like line" for block in found):
        return found
    twins = _twins(found)
    out = list(found)
    for place, block in enumerate(found):
        if block.reason != "title-like line":
            continue
        beside = [*found[max(0, place - 1) : place], *found[place + 1 : place + 2]]
        if block.words <= HEADING_WORDS and [b.role for b in beside] == ["body", "body"]:
            out[place] = block._replace(role="fragment", reason="a heading")
        elif any(_same_opening(block, b) for b in beside):
            out[place] = block._replace(role="caption", reason="a caption and its double")
        elif place in twins:
            twin = found[twins[place]]
            role = "caption" if twin.role in ("caption", "related") else "furniture"
            out[place] = block._replace(role=role, reason=f"says again: {twin.text[:40]}")
    return out


def _short_reports(found: list[Block]) -> list[Block]:
    """Make body of what has no final mark, where hardly another paragraph has one."""
    odd = [block.reason == RUN_TOGETHER for block in found]
    if not any(odd) or sum(b.role == "body" and has_final_mark(b.text) for b in found) >= _CLOSED:
        return found
    both = zip(found, odd, strict=True)
    return [b._replace(role="body", reason="") if is_odd else b for b, is_odd in both]


def _same_opening(a: Block, b: Block) -> bool:
    """Return whether two title-like lines begin with the same two words."""
    both = a.reason == b.reason == "title-like line"
    return both and key(a.text).split()[:2] == key(b.text).split()[:2]


def _twins(found: Sequence[Block]) -> dict[int, int]:
    """Map each title-like line to the first short block that is nearly the same."""
    roles = ("caption", "related", "headline")
    short = [n for n, b in enumerate(found) if b.role in roles][:COMPARED]
    titled = [n for n, place in enumerate(short) if found[place].reason == "title-like line"]
    twins = nearest_twins([found[n].text for n in short], titled)
    return {short[n]: short[m] for n, m in twins.items()}


def standfirst(found: list[Block], marked: bool) -> list[Block]:
    """Make the line between headline and byline, or a date, the standfirst."""
    if len(found) < 4 or found[0].role != "headline":
        return found
    under, bylined = found[1], is_byline_or_date(found[2].text)
    fits = under.role == "body" or under.reason in ("title-like line", RUN_TOGETHER)
    if (bylined and fits) or (marked and under.reason == RUN_TOGETHER):
        found[1] = under._replace(role="standfirst", reason="")
    return found


def end_at_last_paragraph(found: list[Block], blocks: Sequence[str]) -> list[Block]:
    """Make furniture of headings and links of a page below which no paragraph stands."""
    last = max((n for n, b in enumerate(found) if _is_paragraph(b, blocks[n])), default=len(found))
    below = [
        b._replace(role="furniture", reason="below the last paragraph") if b.role == "body" else b
        for b in found[last + 1 :]
    ]
    return found[: last + 1] + below


def _is_paragraph(block: Block, text: str) -> bool:
    label = titles.HEADING.match(text) or (titles.LINK.match(text) and not has_final_mark(text))
    return block.role == "body" and not label


def without_note(found: list[Block]) -> list[Block]:
    """Make a note on the author after the story furniture."""
    authors = (titles.author_of(b.text) for b in found[1:4] if b.role != "body")
    author = next(filter(None, authors), "")
    last = max((n for n, block in enumerate(found) if block.role == "body"), default=-1)
    text = found[last].text if last >= 0 and found[last].words <= titles.NOTE_WORDS else ""
    if titles.is_note_on(author, text) or titles.IS_A_JOURNALIST.fullmatch(text):
        found[last] = found[last]._replace(role="furniture", reason="a note on the author")
    return found
