"""An executed notebook as a web page: one file that needs no other and can run nothing."""

from __future__ import annotations

import base64
import re
from collections.abc import Iterator, Mapping
from html import escape
from pathlib import Path
from typing import Any

from bs4 import BeautifulSoup, Tag

from framing.typeset.markdown import to_html

_HIDDEN = {"parameters", "injected-parameters", "hide"}
_DROPPED = {
    *("script", "iframe", "object", "embed", "applet", "frame", "frameset", "foreignobject"),
    *("link", "meta", "base", "template", "audio", "video", "source", "animate", "set"),
    *("form", "input", "button", "select", "textarea"),
}
_ADDRESSES = ("href", "src", "xlink:href", "action", "formaction", "srcset", "poster", "background")
_HARMLESS = re.compile(r"(https?://|mailto:|#|data:image/(png|jpeg|gif|svg\+xml);base64,)", re.I)
_STYLED = re.compile(r"\bT_[0-9a-f]{5}(?=[_\" ])")
_PICTURES = ("image/svg+xml", "image/png", "image/jpeg")
_ANSI = re.compile(r"\x1b\[[0-9;?]*[ -/]*[@-~]")
_REPR = re.compile(r"\[?<[^\n]+>\]?|\(?Text\(.*\)")  # what calls of matplotlib give back
# The browser is told as well: nothing is run, nothing is fetched.
_POLICY = "default-src 'none'; img-src data:; style-src 'unsafe-inline'"
_STYLE = """
body { max-width: 46rem; margin: 2rem auto; padding: 0 1rem; line-height: 1.45;
  font-family: "Libertinus Serif", Georgia, serif; color: #1a1a1a; background: white }
table { border-collapse: collapse; font-size: .9rem; display: block; overflow-x: auto }
td, th { padding: .2rem .6rem; text-align: left; border-bottom: 1px solid #ddd;
  vertical-align: top }
img { max-width: 100% } pre { white-space: pre-wrap; background: #f6f6f6; padding: .5rem }
"""


def web_page(notebook: Mapping[str, Any], *, name: str) -> str:
    """Return a notebook as HTML: what the PDF shows, without code and hidden cells.

    Scripts, frames, forms, handlers and addresses of other kinds than http, mailto and pictures
    inside are taken out. ``name`` is the title of a notebook without any.
    """
    body = _same_ids("\n".join(part for cell in notebook["cells"] for part in _cell(cell)))
    heading = BeautifulSoup(body, "html.parser").find("h1")
    title = heading.get_text() if heading else str(notebook["metadata"].get("title", name))
    return (
        '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">\n'
        '<meta name="viewport" content="width=device-width">\n'
        f"<title>{escape(title)}</title>\n<style>{_STYLE}</style>\n</head>\n"
        f"<body>\n{body}\n</body>\n</html>\n"
    )


def _same_ids(body: str) -> str:
    """Number the tables of pandas' Styler, which names them by chance."""
    numbers: dict[str, int] = {}
    return _STYLED.sub(lambda id: f"T_{numbers.setdefault(id.group(), len(numbers) + 1)}", body)


def write_page(notebook: Mapping[str, Any], out: Path, *, name: str) -> None:
    """Write a notebook as HTML."""
    page = web_page(notebook, name=name)
    out.write_text(page, encoding="utf-8", errors="replace", newline="\n")


def _cell(cell: Mapping[str, Any]) -> Iterator[str]:
    if _HIDDEN & set(cell.get("metadata", {}).get("tags", [])):
        return
    if cell["cell_type"] == "markdown":
        attached = cell.get("attachments", {})
        yield clean(to_html("".join(cell["source"]), attached, written=True))
    for output in cell.get("outputs", []):
        if output["output_type"] == "stream":
            yield _printed("".join(output["text"])) if output["name"] == "stdout" else ""
        elif output["output_type"] == "error":
            yield _printed(f"{output['ename']}: {output['evalue']}")
        else:
            yield _shown({mime: _joined(content) for mime, content in output["data"].items()})


def _joined(content: Any) -> Any:
    return "".join(content) if isinstance(content, list) else content


def _shown(data: Mapping[str, Any]) -> str:
    """The best of the formats that an output has."""
    for mime in _PICTURES:
        if mime in data:
            vector = mime == "image/svg+xml"
            inside = base64.b64encode(data[mime].encode()).decode() if vector else data[mime]
            return f'<p><img alt="Figure" src="data:{mime};base64,{escape(inside.strip())}"></p>'
    if "text/html" in data:
        return clean(data["text/html"])
    if "text/markdown" in data:
        return clean(to_html(data["text/markdown"]))
    plain = data.get("text/plain", "")
    return "" if _REPR.fullmatch(plain) else _printed(plain)


def _printed(text: str) -> str:
    return f"<pre>{escape(_ANSI.sub('', text))}</pre>"


def clean(html: str) -> str:
    """Return HTML without what runs, loads or leads elsewhere unseen.

    >>> clean('<p onclick="x()">a<script>b</script><a href="javascript:c">d</a></p>')
    '<p>a<a>d</a></p>'
    """
    soup = BeautifulSoup(html, "html.parser")
    for tag in soup.find_all(lambda tag: tag.name.lower() in _DROPPED):
        tag.decompose()
    for tag in soup.find_all(True):
        if isinstance(tag, Tag):
            for name in list(tag.attrs):
                value = "".join(str(tag.get(name)).split())
                outside = name.lower() in _ADDRESSES and not _HARMLESS.match(value)
                if name.lower().startswith("on") or outside:
                    del tag[name]
    return str(soup)
