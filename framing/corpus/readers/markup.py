"""The text of HTML in cells and pages, and of the marks of WordPress."""

from __future__ import annotations

import html
import re
from html.parser import HTMLParser

_TAG = re.compile(
    r"</?(?:p|br|div|span|a|em|strong|b|i|u|ul|ol|li|h[1-6]|script|style|img|figure|figcaption|"
    r"blockquote|table|tr|td|section|article|aside|iframe|sup|sub|hr)\b[^<>]*>|<!--",
    re.IGNORECASE,
)
_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z]{2,31}[0-9]{0,2});")
_TWICE = re.compile(
    r"&amp;(?=#\d{1,7};|#[xX][0-9a-fA-F]{1,6};|(?:amp|quot|apos|lt|gt|nbsp|[lr][sd]quo|[mn]dash|hellip);)"
)
_BLOCKS = frozenset({
    "p", "div", "br", "ul", "ol", "li", "h1", "h2", "h3", "h4", "h5", "h6", "figure", "figcaption",
    "blockquote", "table", "tr", "section", "article", "aside", "header", "footer", "hr", "pre",
    "dl", "dt", "dd", "main", "nav",
})  # fmt: skip
_BETWEEN = re.compile(r"\x00|\n[ \t]*\n")
# Of WordPress: a caption is an element of its own; of others what stands between them is text.
_CAPTION = re.compile(r"\[caption\b(?:(?!\[caption\b).)*?\[/caption\]", re.DOTALL)
_SHORTCODE = re.compile(r"\[/?(?:gallery|embed|audio|video|playlist|[a-z]+_[a-z_]+)\b[^\[\]]*\]")
_UNSEEN = frozenset({"script", "style", "template", "noscript", "iframe"})
_UNSEEN_TAG = re.compile(
    rf"(?:<(/)|(?<![\"'`])<)({'|'.join(sorted(_UNSEEN))})\b[^<>]*>", re.IGNORECASE
)


def without_markup(text: str) -> str:
    r"""Return the text of HTML, with a paragraph for every block; other text is returned as it is.

    >>> without_markup("<p>Rain &amp; hail.</p><script>x = 1</script><p>It <b>dried</b>.</p>")
    'Rain & hail.\n\nIt dried.'
    >>> without_markup("a < b, and b > c"), without_markup("&lt;p&gt;Rain &amp;amp; hail&lt;/p&gt;")
    ('a < b, and b > c', 'Rain & hail')
    """
    if "&amp;" in text:
        text = _TWICE.sub("&", text)
    if "<" in text and _TAG.search(text):
        return _text_of(text)
    if "&lt;" in text and len(_TAG.findall(whole := html.unescape(text))) > 1:
        return _text_of(whole)
    return html.unescape(text) if "&" in text and _ENTITY.search(text) else text


def without_shortcodes(text: str) -> str:
    """Return a text of WordPress without captions and the marks of galleries, films and the like.

    >>> without_shortcodes('<p>Rain.</p>[gallery ids="1,2"][pull_quote]Hail.[/pull_quote]')
    '<p>Rain.</p>Hail.'
    """
    return _SHORTCODE.sub("", _CAPTION.sub("", text)) if "[" in text else text


def nothing_hidden(markup: str) -> str:
    """Return HTML in which a script, comment or tag that is not closed hides nothing below it.

    An element is not closed if another of its kind begins before it ends. What a script writes,
    after a quotation mark, begins none.

    >>> nothing_hidden("<p>Rain.<script><p>Hail.<script>a()</script>")
    '<p>Rain. <p>Hail.<script>a()</script>'
    >>> nothing_hidden("<p>Rain.</p><a href=x <a href=x")
    '<p>Rain.</p>&lt;a href=x &lt;a href=x'
    """
    following: dict[str, str | None] = {}
    unclosed = set()
    for tag in reversed(list(_UNSEEN_TAG.finditer(markup))):
        slash, name = tag[1], tag[2].lower()
        if not slash and following.get(name) != "/":
            unclosed.add(tag.start())
        following[name] = slash
    if unclosed:
        markup = _UNSEEN_TAG.sub(lambda tag: " " if tag.start() in unclosed else tag[0], markup)
    closed = markup.rfind("-->") + 1
    markup = markup[:closed] + markup[closed:].replace("<!--", "")
    closed = markup.rfind(">") + 1
    return markup[:closed] + markup[closed:].replace("<", "&lt;")  # no tag: each would be tried


def _text_of(markup: str) -> str:
    parser = _Text()
    parser.feed(nothing_hidden(markup))
    parser.close()
    text = "".join(parser.parts)
    if "\x00" not in text:
        return text
    blocks = (" ".join(block.split()) for block in _BETWEEN.split(text))
    return "\n\n".join(filter(None, blocks))


class _Text(HTMLParser):
    """The visible text of HTML, with NUL between blocks."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self.unseen = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _UNSEEN:
            self.unseen += 1
        if tag in _BLOCKS:
            self.parts.append("\x00")
        elif tag in ("td", "th"):
            self.parts.append(" ")

    def handle_endtag(self, tag: str) -> None:
        if tag in _UNSEEN:
            self.unseen = max(0, self.unseen - 1)
        if tag in _BLOCKS:
            self.parts.append("\x00")

    def handle_data(self, data: str) -> None:
        if not self.unseen:
            self.parts.append(data)
