"""Titles of articles, with and without the name of the site; bylines and notes on authors."""

from __future__ import annotations

import re

from framing.corpus.blocks.openings import JOBS, NAME, is_no_headline
from framing.corpus.blocks.signals import is_titled, key
from framing.text.words import count_words

FIRST_LINE_WORDS = 18  # of a headline in the first line of a text; a standfirst has more
# In sentence case, as standfirsts are written, a headline is shorter, and a question more so.
SENTENCE_WORDS, QUESTION_WORDS, TITLE_CASE = 11, 7, 0.7
PLACE_WORDS = 3  # of a place that stands alone
ONE_NAME_WORDS = 5
AFFILIATION_WORDS = 4  # of the line below a byline: the newspaper, a job
# As Markdown marks them, and the reader of pages a heading and a line that is nothing but a link.
HEADING, LINK = re.compile(r"#{1,6} (?=\S)"), re.compile(r"→ (?=\S)")
MARK = re.compile(rf"{HEADING.pattern}|{LINK.pattern}")
# Site names after the last separator of a title: short, and without a final mark.
_SUFFIX = re.compile(r"\s+[|–—-]\s+([^|–—]{2,40})$")
_SUFFIX_CHARACTERS = 44  # with the separator and a space on each side
# Left of a bar they are no title: "Opinion | The mayor who left".
_SECTION = re.compile(
    r"(?:opinions?|op-ed|analysis|perspective|review|editorial|comment(?:ary)?|column|essay|"
    r"letters?|exclusive|breaking(?: news)?|live|watch|video|podcast|explainer|fact check|obituary|"
    r"interview|news|world|politics|business|sports?|culture|features?|meinung|kommentar|analyse|"
    r"tribune)",
    re.IGNORECASE,
)
LABEL_WORDS, TITLED_WORDS = 2, 4  # of a section or a site before a bar, of a title after it
# What programs write where a title is missing.
_NO_TITLE = re.compile(
    r"[(\[]?(?:untitled(?: (?:document|post|page|article))?|no (?:title|headline)|removed|deleted|"
    r"#(?:name|ref|value|null|div/0)[?!])[)\]]?",
    re.IGNORECASE,
)
NOTE_WORDS = 40
_BYLINE = re.compile(rf"[Bb]y ((?:{NAME} ){{1,4}}?{NAME})(?:,| and\b| in\b|$)")
# A byline: names, with "and", a comma, a particle.
_PARTICLE = r"(?:and|of|de|del|della|der|den|van|von|la|le|bin|al|[,&])"
_NAMES_ONLY = re.compile(rf"{NAME}(?:,?\s+(?:{NAME}|[A-Z]\.|{_PARTICLE}),?){{1,9}}")
_LONGEST = 400  # characters of a headline with the section and the site after it
_LONG_WORD = re.compile(r"[^\W\d_][\w'’-]{3,}")
_IS = r"(?:is|teaches|writes|covers|reports|works|has|holds|lives|leads|edits|hosts|served)"

# "Ada Holm is the Gull's harbour correspondent", "Aurel Strand is a reporter for the Gull."
IS_A_JOURNALIST = re.compile(
    rf"(?:• )?(?<![\w'’-]){NAME}(?: {NAME}){{1,3}} is (?:the|an?|our|{NAME}(?: {NAME})?['’]s)"
    rf"(?: [\w'’&-]+){{0,5}} (?i:{JOBS})(?: (?:for|of|at|in|with|based)\b[^.]{{0,60}})?\.?"
)


def clean_title(title: str, outlet: str = "") -> str:
    """Remove the name of the site or the section from the end of a title.

    What programs write where there is none, such as "Untitled", is no title.

    >>> clean_title("Talks fail | World news")
    'Talks fail'
    >>> clean_title("Talks fail - The Standard", outlet="The Standard")
    'Talks fail'
    >>> clean_title("Strait crisis – what we know so far")
    'Strait crisis – what we know so far'
    >>> clean_title("Opinion | The mayor who left | The Standard")
    'Opinion | The mayor who left'
    """
    title = " ".join(title.split())
    end = len(title)
    while found := _SUFFIX.search(title, max(0, end - _SUFFIX_CHARACTERS), end):
        names = _names(outlet)
        named = key(found[1]) in names
        if not (named or "|" in found[0] or re.search(r"\bnews\b", found[1], re.IGNORECASE)):
            break
        first = not named and found.start() < _SUFFIX_CHARACTERS
        if first and _is_label(title[: found.start()], found[1], names):
            break
        end = found.start()
    title = title[:end]
    return "" if _NO_TITLE.fullmatch(title) else title


def _names(outlet: str) -> str:
    """Return the lines in which a title may name its outlet."""
    return f"{key(outlet)}\n{key('the ' + outlet)}" if outlet else ""


def _is_label(before: str, after: str, names: str) -> bool:
    """Return whether a section or a site stands before the bar, and the title after it."""
    short = count_words(before) <= LABEL_WORDS and count_words(after) >= TITLED_WORDS
    return short or key(before) in names.split("\n") or _SECTION.fullmatch(before) is not None


def same_title(block: str, title: str, outlet: str) -> bool:
    """Return whether a block is the title that the source gives."""
    block = HEADING.sub("", block, count=1)
    return key(clean_title(block, outlet)) == key(clean_title(title, outlet))


def looks_like_headline(line: str, *, following: str = "", outlet: str = "") -> bool:
    """Return whether the first line of a text is a headline rather than what else stands there.

    A byline, the name of a newspaper, a dateline, a date, a caption, a note on an update, a
    standfirst: no headline is better than a wrong one. ``following`` is the next line, ``outlet``
    the name if known.

    >>> looks_like_headline("Ferry Talks Falter", following="They failed on Monday, it was said.")
    True
    >>> looks_like_headline("Ada Holm", following="Daily Gull")
    False
    >>> looks_like_headline("The Gull Times")
    False
    """
    if len(line) > _LONGEST:
        return False
    most = _most_words(line, outlet)
    whole, line = line, line.rstrip("?!")
    short = count_words(clean_title(line, outlet)) <= most
    if not (is_titled(line) and short and count_words(line) > 1):
        return False
    signed = _are_names(line) and count_words(following) <= AFFILIATION_WORDS
    signed = signed and not following.casefold().startswith("by ")
    return not (signed or _is_place(line, following) or is_no_headline(whole, outlet))


def _are_names(line: str) -> bool:
    """Return whether a line may be nothing but names; many words are several names.

    >>> _are_names("ADA HOLM and IVO STRAND"), _are_names("FERRY TO THE ISLES STOPS AFTER CRACK")
    (True, False)
    """
    several = any(mark in f"{line} ".casefold() for mark in (" and ", ",", "&"))
    few = count_words(line) <= ONE_NAME_WORDS
    return (few or several) and _NAMES_ONLY.fullmatch(line) is not None


def _is_place(line: str, following: str) -> bool:
    """Return whether a line of a few words is where the next paragraph says that something is."""
    short = count_words(line) <= PLACE_WORDS
    return short and bool(re.search(rf"\b(?i:in|at|near|from) {re.escape(line)}\b", following))


def _most_words(line: str, outlet: str) -> int:
    """Return the most words that a headline has which is written like this line."""
    words = _LONG_WORD.findall(line)
    in_title_case = sum(word[0].isupper() for word in words) >= TITLE_CASE * len(words)
    if in_title_case or clean_title(line, outlet) != line:
        return FIRST_LINE_WORDS
    if line.startswith(("A ", "An ")) and line[1:].islower():  # what a column is about
        return 0
    return QUESTION_WORDS if line.endswith("?") else SENTENCE_WORDS


def author_of(text: str) -> str:
    """Return the surname of the first author in a byline, empty if the text is not a byline.

    >>> author_of("By Professor Aurel Strand"), author_of("By the sea they met")
    ('Strand', '')
    """
    found = _BYLINE.match(text)
    return found[1].split()[-1] if found else ""


def is_note_on(author: str, text: str) -> bool:
    """Return whether a text begins like a note on its author.

    >>> is_note_on("Strand", "Professor Strand teaches the history of diplomacy.")
    True
    >>> is_note_on("Strand", "Professor Holm teaches law."), is_note_on("Strand", "Strand said no.")
    (False, False)
    """
    named = rf"(?:{NAME}\.? ){{0,4}}{re.escape(author)},? {_IS}\b"
    return bool(author) and re.match(named, text) is not None
