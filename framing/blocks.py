"""What a block of text is: headline, standfirst, body, caption, related, furniture, fragment."""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from framing.tokens import count_words, normalise

CUT_OFF = "the source cut the body off"
ROLES = ("headline", "standfirst", "body", "caption", "related", "furniture", "fragment")

_FINAL = re.compile(r"[.!?…:;,][\"'”’»)\]*]*$")
_CAPTCHA = re.compile(r"^\w+\s*[+\-−x×*]\s*\w+\s*=\s*$")
_COUNTER = re.compile(r"^\d+ (?:comments?|shares?|min(?:ute)?s? read)$")
_BYLINE = re.compile(r"^by [a-z][\w'.-]+(?: [\w'.,-]+){1,9}$")
# Site names after the last separator of a title: short, and without a final mark.
_SUFFIX = re.compile(r"\s+[|–—-]\s+([^|–—]{2,40})$")
TITLE_WORDS, CAPTION_WORDS, HEADLINE_WORDS = 16, 28, 30
AGAIN_WORDS = 5  # a block of so many words that stands twice is read once
REPEATED = 3  # articles of one outlet that carry the same short block
PARAGRAPH_CHARACTERS = 100_000  # a longer block is listed, and not scored
_HEADING = re.compile(r"#{1,6} (?=\S)")  # as in Markdown, and as the reader of pages marks them
_CUT_OFF = re.compile(r"\[\+\d+ chars\]$")
_ELLIPSIS = re.compile(r"(?:\.\.\.|…|\[…\]|\[\.\.\.\])$")
TEASER_WORDS = 80  # a body that is shorter and ends in an ellipsis was cut off


class Block(NamedTuple):
    """A block with its role and, where it is not the story, why."""

    text: str
    role: str
    reason: str = ""


def clean_title(title: str, outlet: str = "") -> str:
    """Take the name of the site or the section off the end of a title.

    Examples
    --------
    >>> clean_title("Talks fail | World news")
    'Talks fail'
    >>> clean_title("Talks fail - The Standard", outlet="The Standard")
    'Talks fail'
    >>> clean_title("Strait crisis – what we know so far")
    'Strait crisis – what we know so far'
    """
    title = " ".join(title.split())
    found = _SUFFIX.search(title)
    if found is None:
        return title
    suffix = found.group(1)
    named = outlet != "" and _key(suffix) in _key(outlet) + " " + _key("the " + outlet)
    if named or "|" in found.group() or re.search(r"\bnews\b", suffix, re.IGNORECASE):
        return clean_title(title[: found.start()], outlet)
    return title


def classify(
    blocks: Sequence[str],
    *,
    title: str = "",
    outlet: str = "",
    repeated: Iterable[str] = (),
) -> list[Block]:
    """Give every block of an article its role.

    Parameters
    ----------
    blocks : sequence of str
        The blocks in the order of the page.
    title : str
        The title, where the source knows it; it becomes the first block. Without it the first
        block is the headline if it looks like one.
    outlet : str
        Whose name may stand at the end of the title.
    repeated : iterable of str
        Keys (`repeated_blocks`) of blocks that the outlet repeats across its articles.

    Returns
    -------
    list of Block
        As many as ``blocks``, and one more where ``title`` is given and the first block is not it.
    """
    blocks = list(blocks)
    if title.strip() and not (blocks and _same_title(blocks[0], title, outlet)):
        blocks.insert(0, title)
    has_headline = bool(title) or (bool(blocks) and _looks_like_headline(blocks[0]))
    found: list[Block] = []
    repeated = set(repeated)
    for place, block in enumerate(blocks):
        if place == 0 and has_headline:
            found.append(Block(clean_title(_HEADING.sub("", block, count=1), outlet), "headline"))
        else:
            found.append(_role(block, found, repeated))
    return _refused(_standfirst(_relate(found)))


def body_status(blocks: Sequence[Block]) -> str:
    """Whether the whole body is there (full), a part that breaks off (truncated), or none."""
    if any(block.reason == CUT_OFF for block in blocks):
        return "truncated"
    return "full" if any(block.role == "body" for block in blocks) else "missing"


def _refused(found: list[Block]) -> list[Block]:
    """Take what cannot be scored: a body that the source cut off, a block over the limit."""
    body = [block.text for block in found if block.role == "body"]
    size = sum(len(text.split()) for text in body) if len(body) < 10 else TEASER_WORDS
    teaser = size < TEASER_WORDS and bool(body) and bool(_ELLIPSIS.search(body[-1]))
    cut = teaser or any(_CUT_OFF.search(text) for text in body)
    return [_refuse(block, cut) for block in found]


def _refuse(block: Block, cut: bool) -> Block:
    if cut and block.role in ("body", "standfirst"):
        return Block(block.text, "fragment", CUT_OFF)
    if len(block.text) > PARAGRAPH_CHARACTERS:
        return Block(block.text, "fragment", f"over {PARAGRAPH_CHARACTERS:,} characters")
    return block


def _role(block: str, before: Sequence[Block], repeated: set[str]) -> Block:
    """Role of one block, from itself and from what stands before it."""
    lines = block.split("\n")
    text = " ".join(block.split())
    if len(text) > PARAGRAPH_CHARACTERS:
        return Block(text, "body")
    if heading := _HEADING.match(text):
        return Block(text[heading.end() :], "body")
    key = _key(text)
    size = count_words(text)
    if size >= AGAIN_WORDS and any(_key(b.text) == key for b in before):
        return Block(text, "furniture", "stands above already")
    if _matches(key, size, "tail") or (before and before[-1].reason == "comment form"):
        return Block(text, "furniture", "comment form")
    if _matches(key, size, "player"):
        return Block(text, "furniture", "player prompt")
    if before and before[-1].reason == "player prompt" and size <= TITLE_WORDS:
        return Block(text, "furniture", "title of a film")
    for role in ("caption", "related", "furniture"):
        if _matches(key, size, role):
            return Block(text, role, f"{role} phrase")
    if _CAPTCHA.match(key) or _COUNTER.match(key) or _BYLINE.match(key):
        return Block(text, "furniture", "shape of page furniture")
    if key in repeated:
        return Block(text, "furniture", "the outlet repeats it")
    if len(lines) > 1 and all(_is_title_like(line, CAPTION_WORDS) for line in lines):
        return Block(text, "caption", "lines without a final mark")
    if _is_title_like(text, 2 * CAPTION_WORDS) and _opening(text) in " ".join(key.split()[2:]):
        return Block(text, "caption", "says itself twice")
    if size <= 2:
        return Block(text, "fragment", "one or two words")
    if _is_title_like(text, TITLE_WORDS):
        return Block(text, "related", "title-like line")
    return Block(text, "body")


def _relate(found: list[Block]) -> list[Block]:
    """A title-like line that says again what a caption or the headline says is no related story."""
    out = []
    for place, block in enumerate(found):
        beside = [*found[max(0, place - 1) : place], *found[place + 1 : place + 2]]
        if any(_same_opening(block, b) for b in beside):
            out.append(Block(block.text, "caption", "a caption and its double"))
            continue
        twin = next((b for b in found[:place] + found[place + 1 :] if _same_story(block, b)), None)
        if block.reason == "title-like line" and twin is not None:
            role = "caption" if twin.role in ("caption", "related") else "furniture"
            block = Block(block.text, role, f"says again: {twin.text[:40]}")
        out.append(block)
    return out


def _same_opening(a: Block, b: Block) -> bool:
    """Whether two title-like lines begin with the same two words."""
    both = a.reason == b.reason == "title-like line"
    return both and _opening(a.text) == _opening(b.text)


def _opening(text: str) -> str:
    return " ".join(_key(text).split()[:2])


def _same_story(a: Block, b: Block) -> bool:
    """Whether two short blocks are near-duplicates: character 4-gram cosine of at least .8."""
    short = b.role in ("caption", "related", "headline") and max(len(a.text), len(b.text)) < 300
    return a.reason == "title-like line" and short and similarity(a.text, b.text) >= 0.8


def similarity(a: str, b: str) -> float:
    """Cosine of the counts of character 4-grams, 0 to 1."""
    x, y = (Counter(t[i : i + 4] for i in range(len(t) - 3)) for t in (_key(a), _key(b)))
    norm = sum(n * n for n in x.values()) * sum(n * n for n in y.values())
    return float(sum(n * y[g] for g, n in x.items()) / norm**0.5) if norm else 0.0


def _standfirst(found: list[Block]) -> list[Block]:
    """The line between the headline and the byline is the standfirst."""
    if len(found) > 3 and found[0].role == "headline" and _BYLINE.match(_key(found[2].text)):
        under = found[1]
        if under.role == "body" or under.reason == "title-like line":
            found[1] = Block(under.text, "standfirst")
    return found


def repeated_blocks(articles: Iterable[Sequence[str]]) -> set[str]:
    """Keys of the short blocks that stand in several articles of one outlet.

    An article most of whose blocks stand elsewhere too is a copy, and says nothing.
    """
    keyed = [{_key(block) for block in blocks if count_words(block) <= 40} for blocks in articles]
    counts = Counter(key for keys in keyed for key in keys)
    several = {key for key, n in counts.items() if n >= REPEATED}
    own = [keys for keys in keyed if len(keys & several) <= 0.5 * len(keys)]
    counts = Counter(key for keys in own for key in keys)
    return {key for key, n in counts.items() if n >= REPEATED}


def _same_title(block: str, title: str, outlet: str) -> bool:
    block = _HEADING.sub("", block, count=1)
    return _key(clean_title(block, outlet)) == _key(clean_title(title, outlet))


def _looks_like_headline(block: str) -> bool:
    return _is_title_like(re.sub(r"^#{1,6} |[?!]$", "", block), HEADLINE_WORDS)


def _is_title_like(line: str, most: int) -> bool:
    """Short, begins like a sentence, and has no mark that ends one, at the end or inside."""
    line = line.strip()
    starts = bool(re.match(r"[\"'“‘«(]*[^\W_a-z]", line))
    ends = _FINAL.search(line) or re.search(r"[a-z][.!] [A-Z]", line)
    return starts and not ends and 2 <= count_words(line) <= most


def _key(text: str) -> str:
    """The form in which blocks are compared with phrases and with each other."""
    return " ".join(normalise(text).lower().split()).strip(" \u00ad")


@cache
def _phrases() -> dict[str, Any]:
    return tomllib.loads((Path(__file__).parent / "furniture.toml").read_text("utf-8"))


def _matches(key: str, size: int, kind: str) -> bool:
    """Whether a block is one of the phrases of a kind."""
    phrases = _phrases()[kind]
    bare = key.rstrip(" .:>»→*…")
    return size <= _phrases()["longest"] and (
        bare in phrases.get("whole", ())
        or key.startswith(tuple(phrases.get("starts", ())))
        or bare.endswith(tuple(phrases.get("ends", ())))
        or any(phrase in key for phrase in phrases.get("contains", ()))
    )
