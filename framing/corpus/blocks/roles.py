"""The role of a block: headline, standfirst, body, caption, related, furniture or fragment."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import islice, takewhile
from typing import NamedTuple

from framing.corpus.blocks import neighbours, shapes, titles
from framing.corpus.blocks.openings import is_masthead
from framing.corpus.blocks.repeats import pulled_out
from framing.corpus.blocks.signals import Block, Measured, has_final_mark, is_titled, key, measure
from framing.schema import ROLES, SCORED_ROLES
from framing.text.words import count_words

CUT_OFF = "the source cut the body off"
REMOVED = ROLES[len(SCORED_ROLES) :]  # not scored unless kept

PROMPT_WORDS = 12  # a longer prompt of a player holds the title of the film itself
MASTHEAD_BLOCKS = 4  # above a headline: the newspaper, the day, a page
TOP_LINES = 12  # of a page, its section and its menu, above the title
DATE_WORDS = 12  # of a date and time above a text
AGAIN_WORDS = 5  # a block of so many words that stands twice is read once
FURNITURE_WORDS = 30  # a longer block is text, whatever its shape
PULLED_WORDS = 40  # of a quotation pulled out of the text
TEASER_WORDS = 80  # a body that is shorter and ends in an ellipsis was cut off
PARAGRAPH_CHARACTERS = 100_000  # a longer block is listed, and not scored
WALLED_WORDS = 150  # a longer body above a paywall is the whole text
_BETWEEN_NAMES = re.compile(r"[;,/|&]|\band\b")


class Page(NamedTuple):
    """The blocks of an article in order, with its metadata.

    ``title`` is the title that the source gives, possibly with ``outlet`` at its end.
    ``repeated`` says of each block whether it recurs in the outlet (`repeats.recurs`).
    ``marked`` is whether the source marks paragraphs, headings and links (`readers.pages`), and
    ``english`` whether the phrases of English pages may be looked for. ``authors`` are names;
    ``cut`` is whether the source says that the text breaks off.
    """

    blocks: Sequence[str]
    title: str = ""
    outlet: str = ""
    repeated: Sequence[bool] = ()
    marked: bool = False
    english: bool = True
    authors: str = ""
    cut: bool = False


def classify(pages: Sequence[Page], *, keep: Sequence[str] = ()) -> Iterator[list[Block]]:
    """Assign a role to every block of some articles; roles in ``keep`` become body.

    Yields
    ------
    list of Block
        One per block of the page, and one more where ``title`` is given and is not the first
        block. Without a title the first block is the headline if it looks like one.
    """
    titled = [_with_title(page) for page in pages]
    both = zip(pages, titled, strict=True)
    texts = [_without_mark(block, page) for page, blocks in both for block in blocks]
    measured = iter(measure(texts))
    for page, blocks in zip(pages, titled, strict=True):
        before = [False] * (len(blocks) - len(page.repeated))  # a title, or all of them
        repeated = [*before, *page.repeated]
        lines = list(islice(measured, len(blocks)))
        if not page.english:
            lines = [line._replace(phrase="") for line in lines]
        related = neighbours.relate(list(_roles(lines, blocks, page, repeated)))
        found = neighbours.without_note(neighbours.standfirst(related, page.marked))
        if page.marked:
            found = neighbours.end_at_last_paragraph(found, blocks)
        kept = [
            b._replace(role="body", reason=f"{b.role}, kept") if b.role in keep else b
            for b in found
        ]
        yield _refused(kept, page.cut)


def _with_title(page: Page) -> list[str]:
    if not page.title.strip():
        return list(page.blocks)
    same = page.blocks and titles.same_title(page.blocks[0], page.title, page.outlet)
    return [page.title, *page.blocks] if not same else list(page.blocks)


def _without_mark(block: str, page: Page) -> str:
    mark = titles.MARK.match(block) if block.startswith(("#", "→")) else None
    if mark and mark[0].startswith("→") and not page.marked:  # an arrow of the text's own
        return block
    return block[mark.end() :] if mark else block


def body_status(blocks: Sequence[Block]) -> str:
    """Return whether the body is full, truncated or missing."""
    if any(block.reason == CUT_OFF for block in blocks):
        return "truncated"
    return "full" if any(b.role == "body" and not b.reason for b in blocks) else "missing"


def _refused(found: list[Block], cut: bool) -> list[Block]:
    """Make fragments of what cannot be scored: a truncated body, a block over the limit."""
    body = [block for block in found if block.role == "body" and not block.reason]
    size = sum(block.words for block in body)
    teaser = 0 < size < TEASER_WORDS and shapes.ends_in_ellipsis(body[-1].text)
    cut = cut or teaser or any(shapes.is_cut_off(block.text) for block in body)
    cut = cut or (0 < size < WALLED_WORDS and _ends_at_wall(found))
    return [_refuse(block, cut) for block in found]


def _ends_at_wall(found: Sequence[Block]) -> bool:
    """Return whether a paywall stands below the last paragraph, in the place of the next one."""
    below = takewhile(lambda block: block.role != "body", reversed(found))
    return any(block.role == "furniture" and shapes.is_paywall(block.text) for block in below)


def _refuse(block: Block, cut: bool) -> Block:
    if cut and block.role in ("body", "standfirst"):
        return block._replace(role="fragment", reason=CUT_OFF)
    if len(block.text) > PARAGRAPH_CHARACTERS:
        return block._replace(role="fragment", reason=f"over {PARAGRAPH_CHARACTERS:,} characters")
    return block


def _roles(
    lines: Sequence[Measured], blocks: Sequence[str], page: Page, repeated: Sequence[bool]
) -> Iterator[Block]:
    """Yield the role of each block, given the block before it."""
    tail = _tail(lines)
    at = _place_of_headline(lines, blocks, page)
    seen: set[str] = set()
    pulled = _pulled(lines) if page.marked else frozenset()
    authors = frozenset(filter(None, map(key, _BETWEEN_NAMES.split(page.authors))))
    begun, top = False, at
    before = Block("", "")
    for place, (line, block) in enumerate(zip(lines, blocks, strict=True)):
        text, words, role = line.text, line.words, "furniture"
        if place == at and (title := titles.clean_title(line.text, page.outlet)):
            text, words, role, reason = title, count_words(title), "headline", ""
            top = _title_again(lines, key(title))
        elif place == at:
            reason = "in the place of a title"
        elif place <= top:
            reason = "above the title"
        elif titles.HEADING.match(block) and not line.phrase:
            role, reason = "body", ""
        elif line.key in seen and _is_read_once(line, page.marked):
            reason = "stands above already"
        elif line.words <= DATE_WORDS and (
            line.key in authors or (not begun and shapes.is_byline_or_date(block))
        ):
            reason = "a byline or a date"
        elif place in pulled:
            reason = "stands in a paragraph"
        else:
            role, reason = _by_words(line, before, place >= tail) or _by_shape(
                line, block, before, repeated[place], page
            )
        before = Block(text, role, reason, words)
        begun = begun or (role == "body" and place > at + 1)  # below a standfirst
        seen.add(line.key if text is line.text else key(text))
        yield before


def _place_of_headline(lines: Sequence[Measured], blocks: Sequence[str], page: Page) -> int:
    """Return where the headline stands, -1 if nowhere; name and day of a paper may be above it."""
    if page.title:
        return 0
    above = takewhile(
        lambda block: all(is_masthead(line, page.outlet) for line in block.splitlines()),
        blocks[:MASTHEAD_BLOCKS],
    )
    place = len(list(above))
    few = place > 0 and place < len(lines) and lines[place].words < titles.PLACE_WORDS
    return place if _is_headline(lines[place:], page.outlet) and not few else -1


def _is_headline(lines: Sequence[Measured], outlet: str) -> bool:
    if not lines:
        return False
    line, *rest = lines
    plain = not (line.phrase or shapes.has_shape_of_furniture(line) or shapes.ends_in_credit(line))
    following = rest[0].text if rest else ""
    return plain and titles.looks_like_headline(line.text, following=following, outlet=outlet)


def _tail(lines: Sequence[Measured]) -> int:
    """Return the place where the comments begin: a comment form with most of the words before it.

    At the top of a page the same phrase is a link to the form at its end.
    """
    whole = sum(line.words for line in lines)
    before = 0
    for place, line in enumerate(lines):
        if line.phrase == "tail" and 2 * before >= whole:
            return place
        before += line.words
    return len(lines)


def _by_words(line: Measured, before: Block, in_tail: bool) -> tuple[str, str] | None:
    """Return the role that the words of a block tell, and the reason; None if they tell none."""
    if shapes.is_cut_off(line.text):
        return "body", ""  # however short: it has to be seen that the source cut it off
    if in_tail or line.phrase == "tail":
        return "furniture", "comment form"
    if line.phrase == "player":
        return "furniture", "player prompt"
    prompted = before.reason == "player prompt" and before.words <= PROMPT_WORDS
    if prompted and line.words <= shapes.TITLE_WORDS:
        return "furniture", "title of a film"
    if line.phrase == "credit" or shapes.ends_in_credit(line):
        return "caption", "credit of a photograph"
    return (line.phrase, f"{line.phrase} phrase") if line.phrase else None


def _by_shape(
    line: Measured, block: str, before: Block, repeated: bool, page: Page
) -> tuple[str, str]:
    """Return the role that the shape of a block tells, and the reason."""
    if page.english and line.words <= FURNITURE_WORDS and shapes.has_shape_of_furniture(line):
        return "furniture", "shape of page furniture"
    if repeated:
        return "furniture", "the outlet repeats it"
    if line.words > 2 * shapes.CAPTION_WORDS:
        return "body", ""
    if before.role == "headline" and shapes.is_run_together(line):
        return "caption", neighbours.RUN_TOGETHER
    if page.marked:  # captions and lists of links are gone before
        other = titles.LINK.match(block) and shapes.is_like_a_title(line)
        return ("related", "a link") if other else ("body", "")
    if "\n" in block and all(shapes.is_caption_line(part) for part in block.split("\n")):
        return "caption", "lines without a final mark"
    titled = is_titled(line.text)
    if titled and shapes.says_itself_twice(line.key):
        return "caption", "says itself twice"
    if line.words <= 2 and page.english:  # not every script parts words
        return "fragment", "one or two words"
    if titled and line.words <= shapes.TITLE_WORDS:
        return "related", "title-like line"
    return "body", ""


def _is_read_once(line: Measured, marked: bool) -> bool:
    """Whether a block is left out the second time; on a page labels and rows of tables are not."""
    return line.words >= AGAIN_WORDS and (not marked or has_final_mark(line.text))


def _title_again(lines: Sequence[Measured], title: str) -> int:
    """Return where the title stands again, with nothing but labels above it, else 0."""
    top = enumerate(lines[1 : TOP_LINES + 1], start=1)
    labels = takewhile(lambda line: not has_final_mark(line[1].text.removesuffix(":")), top)
    return next((n for n, line in labels if line.key == title), 0)


def _pulled(lines: Sequence[Measured]) -> frozenset[int]:
    """Return the places of quotations pulled out of the prose of a page, which rows are not."""
    rows = [n == 0 or "|" in x.text or x.text.startswith("•") for n, x in enumerate(lines)]
    both = list(zip(lines, rows, strict=True))
    short = [
        n for n, (x, row) in enumerate(both) if not row and AGAIN_WORDS <= x.words <= PULLED_WORDS
    ]
    prose = [x.key if has_final_mark(x.text) and not row else "" for x, row in both]
    return pulled_out([x.key for x in lines], short[: neighbours.COMPARED], prose)
