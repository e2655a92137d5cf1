"""Pages that show no article: notices, such as an error or a question on cookies; lists."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from framing.corpus.blocks.signals import has_final_mark, key
from framing.text.words import count_words
from framing.utils.files import data_beside

_SCRIPT = re.compile(
    r"(?:requires?|needs?|turn on|allow|without|(?:enabl|activ|aktivier|habilit)\w{1,20})"
    r"\b[^.]{0,60}\b(?:javascript|js)\b"
    r"|\bjavascript\b[^.]{0,60}\b(?:(?:enabl|aktivier)\w{1,20}|disabled|required|needed|turned off)"
    r"|\bverify(?:ing)? (?:that )?you are (?:a |not a )?(?:human|robot|bot)\b"
    r"|\bchecking (?:your browser|if the site connection is secure)"
    r"|\breview the security of your connection|\bconfirm (?:that )?you are (?:a )?human\b"
    r"|\bto let us know you're not a robot|\bincapsula incident id|\bdisable any ad ?blocker"
)
_ASKS = re.compile(
    r"\b(?:we|our|wir|unsere|nous|nos|nuestros|utilizamos|this (?:web ?)?site)\b"
    r"[^.]{0,500}\bcookies\b"
    r"|\bwe and our (?:[\d,]+ )?(?:\w+ )?partners\b|\bwe value your privacy"
    r"|\b(?:accept|manage|reject) (?:all )?cookies\b"
)
_EXPLAINS = re.compile(
    r"\b(?:cookies?|consent|privacy|partners?|personal data|personali[sz]ed|legitimate interests?|"
    r"your (?:choices?|data|device|preferences|settings|browser)|datenschutz|confidentialité)\b"
)
_QUOTATION = re.compile(r"[\"“”„«»]")
# Titles of pages that stand in the place of an article; the name of the site may follow.
_TITLES = {
    what: re.compile(
        rf"(?:[^|–—-]{{1,40}} [|–—-] )?(?:oops|sorry)?[!,. ]*(?:{'|'.join(titles)})[.!?…]*"
        r"(?: ?[|:–—-] .{1,60})?"
    )
    for what, titles in data_beside(__file__).items()
}
# A sentence to the reader, not of a story.
_TO_READER = re.compile(
    r"\b(?:you|your|we|our|please|sorry|oops|error"
    r"|(?:this|the|requested) (?:page|site|server|url|address|link))\b"
    r"|^(?:it|this|why|what|if|to|for|(?:log|sign) in|subscribe|cancel|click|try|enter|ask)\b"
    r"|^[\w./ ()]+ server at \S+ port \d+$"
    r"|^(?:reference|ray|block|request|session)(?: id)?[ :#]+[\w.-]+$"
)
_SENTENCES = re.compile(r"(?<=[.!?]) +")
_QUOTED_ADDRESS = re.compile(r"[\"“]https?://[^\"”]*[\"”]")
_SAVE = "save the page where it shows the article"
NOTICE_WORDS, SHOWN_WORDS = 80, 300  # of one notice, of all on such a page
LABEL_WORDS = 12  # of a line without a final mark: a button, an item of a list


def why_no_article(blocks: Sequence[str], title: str = "", teasers: Collection[str] = ()) -> str:
    """Return why a page with these blocks has no article, empty if it may have one.

    Every block has to be a notice, a teaser or a label: one sentence of a story makes an article.
    Under the title of a notice, such as "Page not found", every sentence to the reader is one.

    >>> why_no_article(["We use cookies.", "Accept all"])
    'shows a notice on cookies and no article: save the page after you have answered it'
    >>> why_no_article(["We use cookies.", "The talks failed on Monday."])
    ''
    >>> why_no_article(["It may have moved; try our front page."], "Page not found")
    'shows an error and no article: save the page where it shows the article'
    """
    texts = [text for block in blocks if (text := key(block.lstrip("#→• ")))]
    if not texts:
        return "no text on this page"
    told = [t for t in texts if count_words(t) > LABEL_WORDS or has_final_mark(t)]
    if told and {*told} <= {*map(key, teasers)}:
        return "lists articles and shows none: save the pages of these"
    if sum(map(count_words, texts)) > SHOWN_WORDS:
        return ""
    shown = key(title)
    if what := next((what for what, known in _TITLES.items() if known.fullmatch(shown)), ""):
        is_one = all(_speaks_to_reader(text) for text in told)
        return f"{what} no article: {_SAVE}" if is_one else ""
    notices = [text for text in texts if _is_notice(text)]
    if not notices or not all(_is_notice(text) or _EXPLAINS.search(text) for text in told):
        return ""
    if any(_SCRIPT.search(text) for text in notices):
        return "asks for JavaScript and shows no article: save the page from a browser"
    return "shows a notice on cookies and no article: save the page after you have answered it"


def _is_notice(text: str) -> bool:
    asked = _SCRIPT.search(text) or _ASKS.search(text)
    return bool(asked) and count_words(text) <= NOTICE_WORDS and not _QUOTATION.search(text)


def _speaks_to_reader(text: str) -> bool:
    sentences = _SENTENCES.split(_QUOTED_ADDRESS.sub("", text))
    return all(_TO_READER.search(s) and not _QUOTATION.search(s) for s in sentences)
