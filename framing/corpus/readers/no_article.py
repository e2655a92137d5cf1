"""Pages that show no article: notices, such as an error, a log-in or a question on cookies."""

from __future__ import annotations

import re
from collections.abc import Sequence

from framing.corpus.blocks.signals import has_final_mark, key
from framing.text.words import count_words

_SCRIPT = re.compile(
    r"(?:enabl\w+|requires?|needs?|turn on|allow|without|activ\w+|aktivier\w+|habilit\w+)"
    r"\b[^.]{0,60}\b(?:javascript|js)\b"
    r"|\bjavascript\b[^.]{0,60}\b(?:enabl\w+|disabled|required|needed|turned off|aktivier\w+)"
    r"|\bverify(?:ing)? (?:that )?you are (?:a |not a )?(?:human|robot|bot)\b"
    r"|\bchecking (?:your browser|if the site connection is secure)"
    r"|\breview the security of your connection|\bconfirm (?:that )?you are (?:a )?human\b"
    r"|\bto let us know you're not a robot|\bincapsula incident id|\bdisable any ad ?blocker"
)
_ASKS = re.compile(
    r"\b(?:we|our|wir|unsere|nous|nos|nuestros|utilizamos|this (?:web ?)?site)\b[^.]*\bcookies\b"
    r"|\bwe and our (?:[\d,]+ )?(?:\w+ )?partners\b|\bwe value your privacy"
    r"|\b(?:accept|manage|reject) (?:all )?cookies\b"
)
_EXPLAINS = re.compile(
    r"\b(?:cookies?|consent|privacy|partners?|personal data|personali[sz]ed|legitimate interests?|"
    r"your (?:choices?|data|device|preferences|settings|browser)|datenschutz|confidentialité)\b"
)
_QUOTATION = re.compile(r"[\"“”„«»]")
# Titles of pages that stand in the place of an article, and what such a page is; the name of the
# site may follow.
_SIGN = r"(?:log|sign)[ -]?(?:in|on)"
_TITLES = tuple(
    (
        re.compile(
            rf"(?:[^|–—-]{{1,40}} [|–—-] )?(?:oops|sorry)?[!,. ]*(?:{title})[.!?…]*"
            r"(?: ?[|:–—-] .{1,60})?"
        ),
        what,
    )
    for title, what in (
        (
            r"(?:are you|verify (?:that )?you are|confirm (?:that )?you are)(?: not)? "
            r"(?:a )?(?:robot|bot|human)|(?:i'm|i am) not a robot|robot check|just a moment"
            r"|(?:security|human|captcha) (?:check|verification)|pardon our interruption"
            r"|attention required|(?:we(?:'ve| have) )?detected unusual (?:activity|traffic)\b.*"
            r"|unusual (?:activity|traffic)(?: detected)?",
            "asks whether you are a robot and shows",
        ),
        (
            rf"(?:please )?(?:{_SIGN}|subscribe|register)(?: (?:or|and) (?:{_SIGN}|register|"
            r"subscribe|sign up))?(?: (?:required|page)| (?:to|for) .{1,60})?|login"
            r"|(?:your )?session (?:has )?(?:expired|timed out)|authentication required",
            "asks you to log in and shows",
        ),
        (
            r"(?:error )?[45]\d\d(?:[ :–—-]+(?:error|(?:page )?not found|forbidden|unauthori[sz]ed"
            r"|gone|unavailable\b.*|bad \w+|\w+ server error|too many requests|gateway \w+"
            r"|service .{0,20}unavailable|access denied))*"
            r"|(?:page|article|file) (?:not|can(?:not|'t) be) found|not found|forbidden|bad gateway"
            r"|access (?:to this (?:page|site|website) )?(?:has been |is |was )?(?:denied|blocked)"
            r"(?: because .*)?"
            r"|you have been blocked"
            r"|(?:service|page|site|content) (?:temporarily )?(?:not |un)available\b.*"
            r"|unavailable (?:due to|for) legal reasons|too many requests|request blocked"
            r"|internal server error|(?:an )?error(?: occurred)?",
            "shows an error and",
        ),
    )
)
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


def why_no_article(blocks: Sequence[str], title: str = "") -> str:
    """Return why a page with these blocks has no article, empty if it may have one.

    Every block has to be a notice or a label: one sentence of a story makes an article. Under the
    title of a notice, such as "Page not found", every sentence to the reader is one.

    Examples
    --------
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
    if sum(map(count_words, texts)) > SHOWN_WORDS:
        return ""
    told = [text for text in texts if not _is_label(text)]
    if what := _what_it_is(key(title)):
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


def _what_it_is(title: str) -> str:
    return next((what for pattern, what in _TITLES if pattern.fullmatch(title)), "")


def _speaks_to_reader(text: str) -> bool:
    sentences = _SENTENCES.split(_QUOTED_ADDRESS.sub("", text))
    return all(_TO_READER.search(s) and not _QUOTATION.search(s) for s in sentences)


def _is_label(text: str) -> bool:
    return count_words(text) <= LABEL_WORDS and not has_final_mark(text)
