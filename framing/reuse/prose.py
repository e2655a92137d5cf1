"""Text without the parts that pages have in common: photo galleries, lists and sign-up forms."""

from __future__ import annotations

import re

# A caption of a gallery that a page carries under several stories.
_CAPTION = re.compile(r"Photos?: [\s\S]{0,1500}?Hide Caption \d+ of \d+")
# Countries to choose from, related headlines, tags: words with a capital, one after the other.
_LIST = re.compile(r"(?:[A-Z][a-z][\w'’.()-]*+,?+\s++(?:(?:and|of|the)\s++)?+){25,}+")
_FORM = re.compile(
    r"\b(?:sign(?:ing)? up|subscribe|unsubscribe|newsletters?|email address|your email|"
    r"privacy policy|terms of (?:use|service))\b",
    re.IGNORECASE,
)
_FORM_SIGNS = ("ign up", "igning up", "ubscribe", "ewsletter")  # quicker than the pattern
_FORM_WORDS = 60  # of a paragraph that can be a form


def prose(text: str) -> str:
    r"""Return a text without captions of galleries, long lists of names, and sign-up forms.

    >>> prose("Talks failed.\n\nSign up for our newsletter. Enter your email.\n\nIt rained.")
    'Talks failed.\n\nIt rained.'
    """
    text = _LIST.sub(" ", _CAPTION.sub(" ", text) if "Hide Caption" in text else text)
    if not any(sign in text for sign in _FORM_SIGNS):
        return text
    return "\n\n".join(part for part in text.split("\n\n") if not _is_form(part))


def _is_form(paragraph: str) -> bool:
    terms = {term.lower() for term in _FORM.findall(paragraph)}
    return len(terms) > 1 and len(paragraph.split()) <= _FORM_WORDS
