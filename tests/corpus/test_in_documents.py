"""Documents of Word with several articles, and those of one article with headings."""

from __future__ import annotations

from pathlib import Path
from xml.sax.saxutils import escape

import pytest

import framing as fr
from framing.corpus.summary import account
from tests.conftest import read_in
from tests.corpus.test_exports import SECOND, body, heads
from tests.corpus.test_readers import FIRST, TALKS, TANKER, zipped

THIRD = (
    "Fishermen fear that the season is lost, and the mayor may ask the capital for help before the "
    "first of the boats is sold, her spokesman said in the town hall on Thursday afternoon."
)
PROSE = [("", FIRST), ("", SECOND), ("", THIRD)]  # 64 words
MAY_8, MAY_9 = "2031-05-08", "2031-05-09"
DATES = [("", "May 8, 2031"), ("", "The Gull | 9 May 2031")]
STYLES = (  # Word in German: the ids are translated, the names are not
    '<w:styles><w:style w:type="paragraph" w:styleId="berschrift1"><w:name w:val="heading 1"/>'
    '</w:style><w:style w:type="paragraph" w:styleId="Titel"><w:name w:val="Title"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="berschrift2"><w:name w:val="heading 2"/></w:style>'
    "</w:styles>"
)
H1, H2, TITLE, BREAK = "berschrift1", "berschrift2", "Titel", "break"


def document(path: Path, lines: list[tuple[str, str]]) -> fr.Corpus:
    paragraphs = "".join(
        '<w:p><w:r><w:br w:type="page"/></w:r></w:p>'
        if style == BREAK
        else f'<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr><w:r><w:t>{escape(text)}</w:t></w:r>'
        "</w:p>"
        for style, text in lines
    )
    xml = f"<w:document><w:body>{paragraphs}</w:body></w:document>"
    parts = {
        "[Content_Types].xml": b"<Types/>",
        "word/document.xml": xml.encode(),
        "word/styles.xml": STYLES.encode(),
    }
    (path / "a.docx").write_bytes(zipped(parts))
    return fr.read_corpus(path / "a.docx")


@pytest.mark.parametrize(
    ("lines", "days"),
    [
        ([(TITLE, TANKER), *PROSE, (TITLE, TALKS), *PROSE], ["", ""]),
        ([(H1, TANKER), DATES[0], *PROSE, (H1, TALKS), DATES[1], *PROSE], [MAY_8, MAY_9]),
        ([(H1, TANKER), ("", "By Ada Holm"), *PROSE, (H1, TALKS), DATES[1], *PROSE], ["", MAY_9]),
        ([(H1, TANKER), *PROSE, (BREAK, ""), (H1, TALKS), (H2, "The sea"), *PROSE], ["", ""]),
        (
            [("", TANKER), DATES[0], *PROSE, (BREAK, ""), ("", TALKS), DATES[1], *PROSE],
            [MAY_8, MAY_9],
        ),
    ],
)
def test_articles_under_titles_or_on_pages_of_their_own(tmp_path, lines, days):
    corpus = document(tmp_path, lines)
    assert heads(corpus) == sorted(zip([TANKER, TALKS], ["unknown"] * 2, days, strict=True))
    assert body(corpus) == [text for _, text in PROSE] * 2
    assert set(corpus.articles["source"]) == {"a.docx, document 1", "a.docx, document 2"}
    inputs = corpus.audit[corpus.audit["block"].isna()]
    assert inputs["blocks"].sum() == len(corpus.paragraphs)


@pytest.mark.parametrize(
    ("lines", "remark"),
    [
        ([(TITLE, TANKER), *PROSE, (H1, "What Is Next"), *PROSE, (H1, "Who Pays"), *PROSE], ""),
        ([(H1, TANKER), DATES[0], *PROSE, (H2, "What Is Next"), *PROSE, (H2, "More"), *PROSE], ""),
        ([("", TANKER), *PROSE, (BREAK, ""), *PROSE, (BREAK, ""), *PROSE], ""),
        ([*PROSE, (H1, "What Is Next"), *PROSE, (H1, "Who Pays"), *PROSE], ""),
        ([(TITLE, TANKER), (TITLE, "By Ada Holm"), *PROSE], ""),
        ([(H1, TANKER), DATES[0], *PROSE, (H1, "What Is Next"), *PROSE], "2 headings of the first"),
        ([(TITLE, "A Year at Sea"), (H1, TANKER), DATES[0], *PROSE, (H1, TALKS), DATES[1], *PROSE],
         "2 headings of the first level, read as one article: "),
        ([(H1, TANKER), *PROSE, (BREAK, ""), (H1, TALKS), *PROSE, (H1, "Who Pays"), *PROSE],
         "3 headings of the first level, read as one article: "),
    ],
)  # fmt: skip
def test_headings_in_one_article(tmp_path, lines, remark):
    corpus = document(tmp_path, lines)
    assert corpus.articles["article"].tolist() == ["a"]
    assert {text for _, text in PROSE} <= set(body(corpus))
    assert ("1 may be several (such as a.docx): " in account(corpus)) == bool(remark)
    assert remark in corpus.audit["reason"].iloc[0]
    assert ("headings" in corpus.audit["reason"].iloc[0]) == bool(remark)


def test_of_several_documents_that_may_be_many_articles_the_first_is_named(tmp_path):
    lines = [(H1, TANKER), DATES[0], *PROSE, (H1, "What Is Next"), *PROSE]
    document(tmp_path, [(H1, TALKS), *lines[1:]])
    (tmp_path / "a.docx").rename(tmp_path / "b.docx")
    document(tmp_path, lines)
    said = account(fr.read_corpus(tmp_path))
    assert "2 may be several (such as a.docx): 2 headings of the first" in said


def test_damaged_styles_cost_no_text(tmp_path):
    document(tmp_path, [(TITLE, TANKER), *PROSE])
    data = (tmp_path / "a.docx").read_bytes()
    place = data.index(b"word/styles.xml") + len("word/styles.xml") + 4
    (tmp_path / "a.docx").write_bytes(data[:place] + b"\xff" * 20 + data[place + 20 :])
    assert body(fr.read_corpus(tmp_path / "a.docx")) == [text for _, text in PROSE]


_FRONT = '---\ntitle: "{}"\noutlet: Gull\ndate: {}\n---\n'
_TOML = '+++\ntitle = "{}"\noutlet = "Gull"\ndate = {}\n+++\n'


@pytest.mark.parametrize(
    "above",
    [_FRONT, _TOML, "# {}\n\n**{}**\n\n", "# {}\nBy Ada Holm\n*The Gull, {}*\n\n", "{}\n=====\n\n{}\n\n"],
)  # fmt: skip
@pytest.mark.parametrize("ends", ["\n", "\r\n"])
def test_markdown_of_several_articles_is_read_as_several(tmp_path, above, ends):
    """Each begins with front matter, or with a heading and a date or a byline below it."""
    text = "\n\n".join([FIRST, "## What is next", SECOND, "---", THIRD])
    said = [(TALKS, MAY_8), (TANKER, MAY_9)]
    between = "" if above in (_FRONT, _TOML) else "\n\n"  # as the lines of two files in one
    whole = between.join(above.format(*head) + text for head in said)
    corpus = read_in(tmp_path, "clips.md", whole.replace("\n", ends).encode())
    articles = corpus.articles.sort_values("source")
    assert list(zip(articles["title"], articles["date"].astype(str), strict=True)) == said
    assert articles["source"].tolist() == [f"clips.md, document {n}" for n in (1, 2)]
    for _, own in corpus.paragraphs.groupby("article"):
        assert own.loc[own["role"] == "headline", "text"].tolist() in ([TALKS], [TANKER])
        assert {FIRST, SECOND, THIRD} <= set(own["text"])


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (f"# {TALKS}\n\nBy Ada Holm\n\n{FIRST}\n\n## What is next\n\n{SECOND}", ""),
        (f"# {TALKS}\n\n{FIRST}\n\n{SECOND}\n\n# What is next\n\n{THIRD}",
         "2 headings of the first level, read as one article: "),
        (_FRONT.format(TALKS, MAY_8) + f"{FIRST}\n\n---\n\n{SECOND}\n\n---\nNote: rain\n---\n\n{THIRD}", ""),
        (_FRONT.format(TALKS, MAY_8) + f"# {TALKS}\n\n{FIRST}\n\n# What is next\n\n{SECOND}", ""),
    ],
)  # fmt: skip
def test_markdown_of_one_article_stays_one_and_says_so_where_it_is_not_sure(tmp_path, text, told):
    (tmp_path / "clip.md").write_text(text, "utf-8")
    corpus = fr.read_corpus(tmp_path)
    assert corpus.articles["title"].tolist() == [TALKS]
    reasons = corpus.audit.loc[corpus.audit["outcome"] == "scored", "reason"].tolist()
    assert len(reasons) == 1 and reasons[0].startswith(told) and bool(reasons[0]) == bool(told)


def test_a_text_that_is_no_markdown_has_no_headings(tmp_path):
    whole = "\n\n".join(f"# {title}\n\n**{day}**\n\n{FIRST}\n\n{SECOND}" for title, day in
                        ((TALKS, MAY_8), (TANKER, MAY_9)))  # fmt: skip
    assert len(read_in(tmp_path, "clips.txt", whole).articles) == 1
