"""Valid files of every format that is read, made from invented stories."""

from __future__ import annotations

import gzip
import html
import io
import itertools
import json
import random
import re
import zipfile
from collections.abc import Callable, Iterable, Sequence
from typing import Any, NamedTuple
from xml.sax.saxutils import quoteattr

import pandas as pd
import pyarrow as pa

from tests.corpus.test_readers import docx, zipped

_WORDS = re.findall(
    r"\w+",
    "talks may fail and the minister fears a long strike in the harbour of the old town where ships "
    "have waited for days because nobody wants to pay for the repairs that officials had promised",
)
_IN_MEMORY = {"options": {"in_memory": True}}  # no temporary files
_NAMES = ("id", "outlet", "date", "title", "text")  # of the columns of a table
_OUTLETS = ("Daily Gull", "Meridian Wire", "The Standard Review")


class Story(NamedTuple):
    """An invented article; ``mark`` is a word of its text that stands nowhere else."""

    mark: str
    outlet: str
    day: int
    title: str
    paragraphs: tuple[str, ...]
    date: str = ""

    @property
    def written_date(self) -> str:
        return self.date or f"March {self.day}, 2031"

    @property
    def text(self) -> str:
        return "\n\n".join(self.paragraphs)


Parts = tuple[bytes, list[bytes], bytes]  # head, stories, tail
Layout = Callable[[Sequence[Story]], Parts]


class Format(NamedTuple):
    """A layout: its name, the parts of a file (head, stories, tail), and how they are packed.

    One wrong character in the part of a story may cost ``costs`` stories at most, a cut
    costs those behind it; None where a format is lost as a whole. ``marks`` are what its syntax is
    made of.
    """

    name: str
    parts: Layout
    marks: tuple[bytes, ...] = ()
    costs: int | None = None
    pack: Callable[[bytes], bytes] = bytes


def stories(rng: random.Random) -> list[Story]:
    """Return some stories, each with a mark of its own."""
    return [_story(rng, n) for n in range(rng.choice((1, 2, 3, 5)))]


def _story(rng: random.Random, n: int) -> Story:
    sentences = [
        " ".join(rng.choices(_WORDS, k=rng.randrange(8, 20))).capitalize() + "." for _ in range(6)
    ]
    mark = f"zq{n}x{rng.randrange(10**6):06}"
    paragraphs = (
        f"{sentences[0]} Officials in {mark} said so.", *map(" ".join, itertools.pairwise(sentences)),
    )  # fmt: skip
    title = " ".join(rng.choices(_WORDS, k=6)).capitalize()
    return Story(mark, rng.choice(_OUTLETS), rng.randrange(1, 28), title, paragraphs[:4])


def record(story: Story) -> dict[str, Any]:
    """Return the columns of a story in a table."""
    return {
        "id": f"id-{story.mark}"[:5], "outlet": story.outlet,
        "date": story.date or f"2031-03-{story.day:02}", "title": story.title, "text": story.text,
    }  # fmt: skip


def _encoded(text: str, errors: str = "surrogatepass") -> bytes:
    return text.encode("utf-8", errors)


def _each(
    item: Callable[[Story, int], str | bytes],
    head: str = "",
    tail: str = "",
    *,
    errors: str = "surrogatepass",
) -> Layout:
    """Return the layout of stories one after another; ``item`` writes one, with its number."""

    def parts(stories: Sequence[Story]) -> Parts:
        items = [item(s, n) for n, s in enumerate(stories)]
        coded = [_encoded(one, errors) if isinstance(one, str) else one for one in items]
        return head.encode(), coded, tail.encode()

    return parts


def _marked_up(story: Story, tag: str = "p") -> str:
    return "".join(f"<{tag}>{html.escape(p)}</{tag}>" for p in story.paragraphs)


def _separated(sep: str, encoding: str = "utf-8") -> Layout:
    def line(cells: Iterable[object]) -> bytes:
        quoted = (f'"{str(cell).replace(chr(34), chr(34) * 2)}"' for cell in cells)
        return (sep.join(quoted) + "\n").encode(encoding, "surrogatepass")

    def parts(stories: Sequence[Story]) -> Parts:
        mark = b"\xff\xfe" if encoding == "utf-16-le" else b""
        return mark + line(_NAMES), [line(record(s).values()) for s in stories], b""

    return parts


def _json_line(s: Story, _: int) -> str:
    return json.dumps(record(s)) + "\n"


def _json_item(s: Story, n: int) -> str:
    return ",\n" * bool(n) + json.dumps(record(s))


def _json_nested(s: Story, n: int) -> str:
    item = {
        "_id": {"$oid": s.mark}, "source": {"id": None, "name": s.outlet},
        "published": {"$date": s.written_date}, "content": {"title": s.title, "body": s.paragraphs},
    }  # fmt: skip
    return ", " * bool(n) + json.dumps(item)


def _json_pages(stories: Sequence[Story]) -> Parts:
    """Answers of an interface, one in a line, each with its list of articles."""

    def item(s: Story, n: int) -> str:
        found = {**record(s), "url": f"https://gull.example/{n}"}
        page = {"status": "ok", "page": n, "totalResults": len(stories), "results": [found]}
        return json.dumps(page) + "\n"

    return _each(item)(stories)


def _page(story: Story) -> str:
    body = "".join(f"<p>{html.escape(p)}</p>\n" for p in story.paragraphs)
    return (
        f"<!DOCTYPE html><html lang='en'><head><meta charset='utf-8'><title>{html.escape(story.title)}"
        f"</title><meta property='og:site_name' content='{story.outlet}'></head><body><article>"
        f"<h1>{html.escape(story.title)}</h1>\n{body}</article></body></html>"
    )


def _pages(stories: Sequence[Story]) -> Parts:
    return b"", [_encoded(_page(stories[0]))], b""


def _text(stories: Sequence[Story]) -> Parts:
    s = stories[0]
    head = f"Outlet: {s.outlet}\nDate: {s.written_date}\n\n"
    return _encoded(head), [_encoded(f"{s.title}\n\n{s.text}\n")], b""


def _markdown(stories: Sequence[Story]) -> Parts:
    s = stories[0]
    head = f"---\ntitle: {json.dumps(s.title)}\nsitename: {s.outlet}\ndate: {s.written_date}\n---\n"
    return _encoded(head), [_encoded(s.text)], b""


def _nexis_lines(s: Story) -> list[str]:
    return [
        s.title, s.outlet, f"{s.written_date} Wednesday", f"Copyright 2031 {s.outlet}",
        "Section: News; Pg. 6", "Length: 62 words", "Byline: Ada Holm", "Body", "", *s.paragraphs,
        "Classification", "Language: ENGLISH", "Load-Date: March 12, 2031", "", "End of Document", "",
    ]  # fmt: skip


def _in_lines(lines: Callable[[Story], list[str]]) -> Callable[[Story, int], str]:
    return lambda s, _: "\n".join(lines(s)) + "\n"


def _word_paragraphs(lines: Iterable[str]) -> str:
    return "".join(f"<w:p><w:r><w:t>{html.escape(line)}</w:t></w:r></w:p>" for line in lines)


def _nexis_docx(stories: Sequence[Story]) -> Parts:
    with zipfile.ZipFile(io.BytesIO(docx(["@@"]))) as archive:
        around = archive.read("word/document.xml").decode()
    head, _, tail = around.partition("<w:p>")
    tail = tail.partition("</w:p>")[2]
    items = [_encoded(_word_paragraphs(_nexis_lines(s)), "replace") for s in stories]
    return _encoded(head), items, tail.encode()


def _in_docx(xml: bytes) -> bytes:
    return zipped({"[Content_Types].xml": b"<Types/>", "word/document.xml": xml})


def _in_rtf(lines: Callable[[Story], list[str]]) -> Layout:
    def item(s: Story, _: int) -> bytes:
        return b"".join(b"{\\pard " + _escaped("", [line]) + b"\\par}\n" for line in lines(s))

    return _each(item, "{\\rtf1\\ansi\n", "}")


def _escaped(between: str, lines: Sequence[str]) -> bytes:
    marked = (re.sub(r"[\\{}]", r"\\\g<0>", line) for line in lines)
    text = between.join(marked)
    return "".join(c if ord(c) < 128 else f"\\u{ord(c)}?" for c in text).encode()


def _lexis(stories: Sequence[Story]) -> list[str]:
    space, of = " " * 30, len(stories)
    return [
        f"\n\n{space}{n} of {of} DOCUMENTS\n\n\n{space}{s.outlet}\n\n{space}{s.written_date} Wednesday"
        f"\n\n{s.title}\n\nBYLINE: Ada Holm\n\nSECTION: NEWS; Pg. 6\n\nLENGTH: 62 words\n\n{s.text}"
        f"\n\nLOAD-DATE: March 12, 2031\n\nLANGUAGE: ENGLISH\n\n{space}Copyright 2031 {s.outlet}\n"
        for n, s in enumerate(stories, start=1)
    ]


def _lexis_text(stories: Sequence[Story]) -> Parts:
    return b"", list(map(_encoded, _lexis(stories))), b""


def _lexis_html(stories: Sequence[Story]) -> Parts:
    runs = [filter(str.strip, item.split("\n\n")) for item in _lexis(stories)]
    coded = [
        "".join(f'<DIV CLASS="c5"><P CLASS="c6"><SPAN CLASS="c2">{html.escape(run.strip())}</SPAN></P></DIV>\n<BR>'
                for run in own)
        for own in runs
    ]  # fmt: skip
    head = b"<!DOCTYPE HTML><HTML><HEAD></HEAD><BODY>\n"
    return head, list(map(_encoded, coded)), b"</BODY></HTML>"


def _factiva_lines(s: Story) -> list[str]:
    return [
        s.title, "By Ada Holm", "62 words", f"{s.day} March 2031" if not s.date else s.date, "09:20",
        s.outlet, "GULL", "English", f"(c) 2031, {s.outlet}", *s.paragraphs,
        f"Document GULL0020310312{s.mark}", "",
    ]  # fmt: skip


def _factiva_table(s: Story, _: int) -> bytes:
    """A table of codes and values."""
    rows = {
        "HD": [s.title], "BY": ["By Ada Holm"], "WC": ["62 words"], "PD": [s.written_date],
        "SN": [s.outlet], "LA": ["English"], "LP": s.paragraphs[:1], "TD": s.paragraphs[1:],
        "AN": [f"Document GULL0020310312{s.mark}"],
    }  # fmt: skip
    table = (
        f"\\trowd\\cellx900\\cellx9000\n{code}\\cell ".encode()
        + _escaped("\\par ", lines)
        + b"\\cell\\row\n"
        for code, lines in rows.items()
    )
    return b"".join(table) + b"\\pard\\par\n"


def _factiva_html(s: Story, _: int) -> str:
    title, _, _, *fields, _ = _factiva_lines(s)
    lines = "".join(f"<div>{html.escape(line)}</div>" for line in fields[:4])
    body = "".join(f'<p class="articleParagraph enarticleParagraph">{html.escape(p)}</p>'
                   for p in s.paragraphs)  # fmt: skip
    return (
        f'<div class="article enArticle"><div id="hd"><span class="enHeadline">'
        f"{html.escape(title)}</span></div><div>62 words</div>{lines}{body}"
        f"<p>Document GULL0020310312{s.mark}</p></div>\n"
    )


def _proquest(stories: Sequence[Story]) -> Parts:
    line = "_" * 60

    def item(s: Story, n: int) -> str:
        return (
            f"\n\nDocument {n + 1} of {len(stories)}\n\n{s.title}\n\nAuthor: Holm, Ada\n\n"
            f"Full text: {s.text}\n\nTitle: {s.title}\n\nPublication title: {s.outlet}\n\n"
            f"Publication date: {s.written_date}\n\nProQuest document ID: {s.day}{n + 1}\n\n{line}"
        )

    head = f"{line}\n\nReport Information from ProQuest\n\nMarch 14 2031\n\n{line}"
    return _each(item, head, "\n\nBibliography\n\nCopyright 2031 Somebody\n\n")(stories)


def _europresse(s: Story, _: int) -> str:
    return (
        f'<article><header><span class="DocPublicationName">{s.outlet}, no. 7</span>'
        f'<span class="DocHeader">World, {s.written_date}, p. 6</span><div class="titreArticle">'
        f'<p class="titreArticleVisu">{html.escape(s.title)}</p></div></header><section>'
        f'<div class="docOcurrContainer">{_marked_up(s)}</div></section></article>\n'
    )


def _warc(s: Story, n: int) -> bytes:
    payload = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n" + _encoded(
        _page(s)
    )
    head = (
        f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://gull.example/{n}\r\n"
        f"WARC-Date: 2031-03-20T00:00:00Z\r\nWARC-Record-ID: <urn:uuid:{s.mark}>\r\n"
        f"Content-Type: application/http\r\nContent-Length: {len(payload)}\r\n\r\n"
    )
    return head.encode() + payload + b"\r\n\r\n"


def _packed_each(records: bytes) -> bytes:
    """Pack each record for itself, as crawlers do."""
    parts = re.split(rb"(?=WARC/1\.0\r\nWARC-Type)", records)
    return b"".join(map(gzip.compress, filter(None, parts)))


def _in_wacz(records: bytes) -> bytes:
    return zipped(
        {
            "datapackage.json": b"{}",
            "archive/data.warc.gz": _packed_each(records),
            "pages/pages.jsonl": b"{}",
        }
    )


def _xml(s: Story, n: int) -> str:
    title = html.escape(s.title, quote=True)
    return f'<article id="{n}" published-at="{s.written_date}" title="{title}">{_marked_up(s)}</article>\n'


def _named_elements(s: Story, n: int) -> str:
    fields = {"id": str(n), "title": s.title, "pubDate": s.written_date}
    inside = "".join(f"<{name}>{html.escape(v)}</{name}>" for name, v in fields.items())
    return f"<item>{inside}<body>{_marked_up(s, 'para')}</body></item>\n"


def _wordpress(s: Story, n: int) -> str:
    return (
        f"<item><title>{html.escape(s.title)}</title><guid>gull.example/?p={n}</guid>"
        f"<content:encoded><![CDATA[{_marked_up(s)}]]></content:encoded>"
        f"<wp:post_date>{html.escape(s.written_date)}</wp:post_date>"
        "<wp:status>publish</wp:status><wp:post_type>post</wp:post_type></item>\n"
    )


def _atom(s: Story, n: int) -> str:
    return (
        f"<entry><title>{html.escape(s.title)}</title><id>gull.example/?p={n}</id>"
        f"<content type='html'>{html.escape(_marked_up(s))}</content>"
        f"<published>{html.escape(s.written_date)}</published></entry>\n"
    )


def _mail(s: Story, _: int) -> str:
    subject, sender = (" ".join(part.split()) for part in (s.title, s.outlet))
    return (
        f"From a@gull.example Wed Mar 12 06:00:{s.day:02} 2031\nFrom: {sender} <a@gull.example>\n"
        f"Subject: {subject}\nDate: {' '.join(s.written_date.split())}\n"
        f"Message-ID: <{s.day}@gull.example>\nContent-Type: text/plain; charset=utf-8\n\n{s.text}\n\n"
    )


def _word_table(stories: Sequence[Story]) -> Parts:
    def row(cells: Iterable[object]) -> str:
        texts = (re.sub(r"[\x00-\x08\x0b\x0c\x0e-\x1f]", "", str(cell)) for cell in cells)
        found = (f"<w:tc>{_word_paragraphs(text.split(chr(10) * 2))}</w:tc>" for text in texts)
        return f"<w:tr>{''.join(found)}</w:tr>"

    head = '<?xml version="1.0"?><w:document xmlns:w="urn:w"><w:body><w:tbl>' + row(_NAMES)
    tail = "</w:tbl></w:body></w:document>"
    return _each(lambda s, _: row(record(s).values()), head, tail, errors="replace")(stories)


def _labelled(s: Story, n: int) -> str:
    return (
        f"{chr(10) * bool(n)}{'=' * 40 * bool(n)}\nTitle: {s.title}\nSource: {s.outlet}\n"
        f"Date: {s.written_date}\n\n{s.text}\n"
    )


def _nitf(stories: Sequence[Story]) -> Parts:
    """A file of one article: the last story."""
    s = stories[-1]
    head = (
        "<?xml version='1.0' encoding='utf-8'?><!DOCTYPE nitf SYSTEM 'nitf-3-3.dtd'><nitf><head>"
        f"<pubdata name={quoteattr(s.outlet)} date.publication={quoteattr(s.written_date)}/></head>"
        f"<body><body.head><hedline><hl1>{html.escape(s.title)}</hl1></hedline></body.head>"
    )
    item = f"<body.content><block class='full_text'>{_marked_up(s)}</block></body.content>"
    return _encoded(head, "replace"), [_encoded(item, "replace")], b"</body></nitf>"


def _nitf_archive(stories: Sequence[Story]) -> Parts:
    whole = [_nitf([story]) for story in stories]
    return b"", [b"".join([head, *items, tail, b"\n"]) for head, items, tail in whole], b""


def _tei(stories: Sequence[Story]) -> Parts:
    """A file of one article: the last story."""
    s = stories[-1]
    head = (
        "<TEI xmlns='http://www.tei-c.org/ns/1.0'><teiHeader><fileDesc><titleStmt><title>"
        f"{html.escape(s.title)}</title></titleStmt><publicationStmt><publisher>{html.escape(s.outlet)}"
        f"</publisher></publicationStmt><sourceDesc><bibl><date when={quoteattr(s.written_date)}/>"
        "</bibl></sourceDesc></fileDesc></teiHeader><text><body>"
    )
    item = f"<div type='entry'>{_marked_up(s)}</div>"
    return _encoded(head, "replace"), [_encoded(item, "replace")], b"</body></text></TEI>"


def _write_stream(table: pd.DataFrame, out: io.BytesIO) -> None:
    rows = pa.Table.from_pandas(table, preserve_index=False)
    with pa.ipc.new_stream(out, rows.schema) as stream:
        stream.write_table(rows)


def _write_book(table: pd.DataFrame, out: io.BytesIO) -> None:
    table.to_excel(out, index=False, engine_kwargs=_IN_MEMORY)


def _write_by_id(table: pd.DataFrame, out: io.BytesIO) -> None:
    """As LexisNexisTools does: the texts in a sheet of their own."""
    table = table.assign(id=range(1, len(table) + 1))
    with pd.ExcelWriter(out, engine_kwargs=_IN_MEMORY) as book:
        table.drop(columns="text").to_excel(book, sheet_name="meta", index=False)
        table[["id", "text"]].to_excel(book, sheet_name="articles", index=False)


def _table(write: Callable[[pd.DataFrame, io.BytesIO], Any]) -> Layout:
    """Return the parts of a format that a library writes as a whole."""

    def parts(stories: Sequence[Story]) -> Parts:
        out = io.BytesIO()
        rows = [
            {k: v.encode("utf-8", "replace").decode() for k, v in record(s).items()}
            for s in stories
        ]
        write(pd.DataFrame(rows), out)
        return b"", [out.getvalue()], b""

    return parts


_QUOTES = (b'"', b",", b"\n", b"\t", b";", b"\r")
_BRACES = (b'"', b"{", b"}", b"[", b"]", b",", b":", b"\\", b"\n")
_TAGS = (b"<", b">", b"</", b'"', b"=", b"&", b"</p>", b"<div>", b"</div>", b"<!--", b"<script>")
_RTF = (b"{", b"}", b"\\", b"\\par", b"\\u", b"\\bin9 ", b"\n")
_LABELS = (b":", b"\n", b"\n\n", b"End of Document", b"DOCUMENTS", b"Document", b"_" * 60, b"Body")
_END = "</body></html>"
_XML = '<?xml version="1.0" encoding="utf-8"?>\n'
_RSS = (
    "<?xml version='1.0' encoding='utf-8'?>\n"
    '<rss xmlns:content="urn:content" xmlns:wp="urn:wp"><channel><title>Gull</title>\n'
)
FORMATS = (
    Format("rows.csv", _separated(","), _QUOTES, 2),
    Format("rows.tsv", _separated("\t", "utf-16-le"), _QUOTES),
    Format("semicolons.csv", _separated(";"), _QUOTES, 2),
    Format("lines.jsonl", _each(_json_line), _BRACES, 2),
    Format("list.json", _each(_json_item, '{"total": 3, "articles": [\n', "]}"), _BRACES),
    Format("nested.json", _each(_json_nested, "[", "]"), _BRACES),
    Format("page.html", _pages, _TAGS),
    Format("story.txt", _text, _LABELS),
    Format("clip.md", _markdown, (*_LABELS, b"---", b"[", b"](", b"**", b"`")),
    Format("nexis.docx", _nexis_docx, (*_TAGS, b"End of Document"), None, _in_docx),
    Format("nexis.rtf", _in_rtf(_nexis_lines), (*_RTF, b"End of Document", b"Body")),
    Format("lexis.txt", _lexis_text, _LABELS, 1),
    Format("lexis.html", _lexis_html, _TAGS, 1),
    Format("factiva.txt", _each(_in_lines(_factiva_lines), "Factiva\n\n"), _LABELS, 2),
    Format("factiva.rtf", _in_rtf(_factiva_lines), (*_RTF, b"Document")),
    Format(
        "factiva.html",
        _each(_factiva_html, "<html><head><title>Factiva</title></head><body>", _END),
        _TAGS,
    ),
    Format("proquest.txt", _proquest, _LABELS, 2),
    Format("europresse.html", _each(_europresse, "<!DOCTYPE html><html><body>", _END), _TAGS),
    Format(
        "crawl.warc", _each(_warc), (b"\r\n", b"WARC/1.0", b":", b"Content-Length: ", b"1", b"<")
    ),
    Format("crawl.warc.gz", _each(_warc), (b"\r\n", b"WARC/1.0", b":"), None, _packed_each),
    Format("crawl.wacz", _each(_warc), (b"\r\n", b"WARC/1.0", b":"), None, _in_wacz),
    Format("corpus.xml", _each(_xml, f"{_XML}<articles>", "</articles>", errors="replace"), _TAGS),
    Format(
        "items.xml", _each(_named_elements, f"{_XML}<export>", "</export>", errors="replace"), _TAGS
    ),
    Format("rows.parquet", _table(lambda t, out: t.to_parquet(out, index=False))),
    Format("rows.feather", _table(lambda t, out: t.to_feather(out))),
    Format("book.xlsx", _table(_write_book)),
    Format("book.ods", _table(lambda t, out: t.to_excel(out, index=False, engine="odf"))),
    Format("labelled.txt", _each(_labelled, errors="replace"), (*_LABELS, b"=" * 40), 2),
    Format("article.nitf.xml", _nitf, _TAGS),
    Format("archive.nitf.xml", _nitf_archive, _TAGS, 2),
    Format("article.tei.xml", _tei, _TAGS),
    Format("pages.jsonl", _json_pages, _BRACES, 2),
    Format("nexis.txt", _each(_in_lines(_nexis_lines)), (*_LABELS, b"Copyright"), 2),
    Format(
        "factiva-table.rtf",
        _each(_factiva_table, "{\\rtf1\\ansi\n", "}"),
        (*_RTF, b"Document", b"\\cell", b"\\row", b"\\trowd"),
    ),
    Format("rows.arrow", _table(_write_stream)),
    Format("by-id.xlsx", _table(_write_by_id)),
    Format(
        "mail.mbox",
        _each(_mail, errors="replace"),
        (b"\n", b"\n\n", b"From ", b":", b"=", b"--"),
        2,
    ),
    Format("table.docx", _word_table, _TAGS, None, _in_docx),
    Format(
        "site.wordpress.xml",
        _each(_wordpress, _RSS, "</channel></rss>", errors="replace"),
        (*_TAGS, b"]]>", b"<item>", b"</item>"),
        2,
    ),
    Format(
        "feed.atom",
        _each(_atom, f"{_XML}<feed><title>Gull</title>\n", "</feed>", errors="replace"),
        (*_TAGS, b"]]>", b"<entry>", b"</entry>"),
        2,
    ),
)
