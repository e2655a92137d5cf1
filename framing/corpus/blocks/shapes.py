"""What one block looks like by itself: page furniture, a byline, a credit, a caption, a cut."""

from __future__ import annotations

import re

from framing.corpus.blocks.openings import is_date
from framing.corpus.blocks.signals import Measured, has_final_mark, is_titled, key
from framing.text.words import count_words

TITLE_WORDS, CAPTION_WORDS = 16, 28
HEADING_WORDS = 4  # a title-like line of so few words between two paragraphs is a heading
_BYLINE = re.compile(r"by [a-z][\w'.-]+(?: [\w'.,-]+){1,9}$")
# What a paywall counts and asks: "You have 2 free articles left", "Already a subscriber: log in".
_FREE = r"(?:free|complimentary) (?:articles?|story|stories|views?|reads?)\b"
_PAYWALL = (
    rf"you(?: have|'ve)\b[^.]{{0,40}}\b{_FREE}|you(?: have|'ve) reached your [^.]{{0,20}}\blimit\b"
    rf"|(?:only )?(?:\d+|one|two|three|four|five|no) (?:more )?{_FREE} (?:left|remaining)\b"
    r"|\d+ (?:articles|stories) (?:left|remaining)(?: this (?:week|month))?\W*$"
    r"|already (?:a (?:subscriber|member)|subscribed|registered|have an account)\W*"
    r"(?:$|(?:please )?(?:log|sign|click))"
)
# "Enjoying this? Join 14,000 readers", "Join over 2 million subscribers who get it every Friday".
_JOIN = (
    r"(?:[^.?!]{1,60}[.?!] )?join (?:the |our |more than |over |nearly )*\d[\d,.]*(?:k|m|\+)*"
    r"(?: (?:thousand|million))?(?: other| happy| curious)* (?:readers|subscribers|others)\b"
)
# The way to a page: "Home » Money » Taxes".
_WAY = r"(?:[^.!?>»›]{1,60} [>»›] ){2,8}[^.!?>»›]{1,120}$"
# An address, the sum of a captcha, a counter, a byline.
_SHAPE = re.compile(
    rf"{_PAYWALL}|(?:https?://|www\.)\S+$|"
    r"\w{1,12}\s*[+\-−x×*]\s*\w{1,12}\s*=\s*$|"
    r"\d+ (?:comments?|shares?|captures?|min(?:ute)?s? read)$|"
    rf"{_JOIN}|{_WAY}|" + _BYLINE.pattern
)
# The credit at the end of a caption.
_CREDIT = re.compile(
    r"(?:\b(?:REUTERS|AFP|EPA|AP)/[A-Z][\w.'’-]*(?: [\w.'’-]+){1,3}"
    r"|(?:/|\bvia )(?:REUTERS|Reuters|AFP|AP|EPA|Getty Images))\)?$"
)
CREDIT_WORDS, CREDIT_CHARACTERS = 90, 80  # of a caption that ends in a credit, and of the credit
_SENTENCE_END = re.compile(r"[a-z][.!?][\"'”’]? [A-Z]")
_CUT_OFF = re.compile(r"(?:\[\+|(?:\.\.\.|…) ?\[)\d+ chars\]$")
_MORE = r"(?:continue reading|keep reading|read (?:more|on|the (?:full|rest|whole))|\(?more\)?$)"
_ELLIPSIS = re.compile(
    rf"(?:\.\.\.|…|\[…\]|\[\.\.\.\])(?: ?{_MORE}[^.!?]{{0,40}}(?:\.[a-z]+)*)?[ →»>]*$",
    re.IGNORECASE,
)
# What a paywall says in the place of the rest of the text.
_WALL = re.compile(
    r"\b(?:to|and) (?:continue|keep) reading\b|^continue reading with\b"
    r"|\bto read (?:the (?:full|rest|whole|entire)|this (?:article|story))\b|^unlock this\b"
    r"|\b(?:article|story|content) is (?:only |exclusively )?"
    r"(?:for|available to|reserved for|exclusive to) (?:paying |our )?(?:subscribers|members)\b"
)


def has_shape_of_furniture(line: Measured) -> bool:
    """Return whether a line is an address, a captcha, a counter, a byline, a paywall, a sign-up."""
    return bool(_SHAPE.match(line.key))


def is_byline_or_date(block: str) -> bool:
    """Return whether all lines of a block are bylines or dates."""
    return all(is_date(part) or bool(_BYLINE.match(key(part))) for part in block.split("\n"))


def is_like_a_title(line: Measured) -> bool:
    """Return whether a line is as long as a title and ends without a final mark."""
    return HEADING_WORDS < line.words <= TITLE_WORDS and is_titled(line.text)


def says_itself_twice(text: str) -> bool:
    """Return whether the first two words stand again further on, as in doubled captions."""
    words = text.split(maxsplit=2)
    return " ".join(words[:2]) in "".join(words[2:])


def is_cut_off(text: str) -> bool:
    """Return whether a text ends in the mark of a source that cuts texts: *[+99 chars]*."""
    return text.endswith(" chars]") and bool(_CUT_OFF.search(text))


def ends_in_credit(line: Measured) -> bool:
    """Return whether a line ends in the credit of a photograph."""
    return line.words <= CREDIT_WORDS and bool(_CREDIT.search(line.text[-CREDIT_CHARACTERS:]))


def is_run_together(line: Measured) -> bool:
    """Return whether a block without a final mark contains a sentence with one."""
    runs_on = _SENTENCE_END.search(line.text) and not has_final_mark(line.text)
    return bool(runs_on) and line.words <= CAPTION_WORDS + 4


def is_caption_line(line: str) -> bool:
    """Return whether a line is as long as a caption and ends without a final mark."""
    return is_titled(line) and 2 <= count_words(line) <= CAPTION_WORDS


def ends_in_ellipsis(text: str) -> bool:
    """Return whether a text breaks off in an ellipsis, with or without a link to the rest."""
    return bool(_ELLIPSIS.search(text))


def is_paywall(text: str) -> bool:
    """Return whether a text is what a paywall says in the place of the rest."""
    return bool(_WALL.search(key(text)))
