"""Pages that show no article: they wait for JavaScript, for consent to cookies, or are empty."""

from __future__ import annotations

import re
from collections.abc import Sequence

from framing.corpus.blocks.signals import has_final_mark, key
from framing.text.tokens import count_words

_SCRIPT = re.compile(
    r"(?:enabl\w+|requires?|needs?|turn on|allow|without|activ\w+|aktivier\w+|habilit\w+)"
    r"\b[^.]{0,60}\bjavascript\b"
    r"|\bjavascript\b[^.]{0,60}\b(?:enabl\w+|disabled|required|needed|turned off|aktivier\w+)"
    r"|\bverify (?:that )?you are (?:a )?human|\bchecking your browser"
)
_ASKS = re.compile(
    r"\b(?:we|our|wir|unsere|nous|nos|nuestros|utilizamos|this (?:web ?)?site)\b[^.]*\bcookies\b"
    r"|\bwe value your privacy|\b(?:accept|manage|reject) (?:all )?cookies\b"
)
_EXPLAINS = re.compile(
    r"\b(?:cookies?|consent|privacy|partners?|personal data|personali[sz]ed|legitimate interests?|"
    r"your (?:choices?|data|device|preferences|settings|browser)|datenschutz|confidentialité)\b"
)
_QUOTATION = re.compile(r"[\"“”„«»]")
NOTICE_WORDS, SHOWN_WORDS = 80, 300  # of one notice, of all on such a page
LABEL_WORDS = 12  # of a line without a final mark: a button, an item of a list


def why_no_article(blocks: Sequence[str]) -> str:
    """Return why a page with these blocks has no article, empty if it may have one.

    Every block has to be a notice or a label: one sentence of a story makes an article.

    Examples
    --------
    >>> why_no_article(["We use cookies.", "Accept all"])
    'shows a notice on cookies and no article: save the page after you have answered it'
    >>> why_no_article(["We use cookies.", "The talks failed on Monday."])
    ''
    """
    texts = [text for block in blocks if (text := key(block.lstrip("#→• ")))]
    if not texts:
        return "no text on this page"
    if sum(map(count_words, texts)) > SHOWN_WORDS:
        return ""
    told = [text for text in texts if not _is_label(text)]
    notices = [text for text in texts if _is_notice(text)]
    if not notices or not all(_is_notice(text) or _EXPLAINS.search(text) for text in told):
        return ""
    if any(_SCRIPT.search(text) for text in notices):
        return "asks for JavaScript and shows no article: save the page from a browser"
    return "shows a notice on cookies and no article: save the page after you have answered it"


def _is_notice(text: str) -> bool:
    asked = _SCRIPT.search(text) or _ASKS.search(text)
    return bool(asked) and count_words(text) <= NOTICE_WORDS and not _QUOTATION.search(text)


def _is_label(text: str) -> bool:
    return count_words(text) <= LABEL_WORDS and not has_final_mark(text)
