"""What stands in a notebook stands in the PDF: as text, in letters, in the same bytes."""

import base64
import random
import re
import subprocess
import warnings
from io import BytesIO
from pathlib import Path

import matplotlib
import nbformat.v4 as v4
import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image
from pypdf import PdfReader

from framing.display.tables import plain
from framing.typeset import MissingGlyphs, NotShown, PlainPDF, TypesettingError
from framing.typeset.notebook import typeset
from framing.typeset.pdf import write_pdf
from framing.typeset.pieces import Context
from framing.typeset.styles import colour
from framing.typeset.text import Typesetter, quote
from framing.typeset.web import web_page
from framing.typeset.widths import fit, need
from tests.gallery import compiled, empty

HOSTILE = [
    '#read("/etc/passwd")',
    '#import "@preview/x:1.0.0": *',
    "$x^2 + y$",
    "@ref <label>",
    "] } ) ; //",
    "<script>alert(1)</script>",
    "\\ \\u{41} \\n",
    "say \"so\" 'then'",
    "* _ ` ~ = - + /",
    "{{7*7}} %s {0}",
]


def show(html=None, **formats):
    """A code cell that showed one thing."""
    data = {"text/html": html} if html is not None else formats["data"]
    output = v4.new_output("display_data", data=data)
    return v4.new_code_cell("secret_code", outputs=[output], execution_count=1)


def pdf_of(tmp_path: Path, *cells, name: str = "untitled", **options) -> PdfReader:
    out = tmp_path / "out.pdf"
    write_pdf(v4.new_notebook(cells=list(cells)), out, name=name, **options)
    return PdfReader(out)


def text_of(pdf: PdfReader) -> str:
    pages = " ".join(page.extract_text() for page in pdf.pages)
    return " ".join(pages.replace("\u200b", "").split())


@pytest.fixture(autouse=True)
def _no_surprises():
    """A PDF that is not fit for screen readers is an error in these tests."""
    with warnings.catch_warnings(action="error", category=PlainPDF):
        yield


@pytest.mark.parametrize("place", ["table", "paragraph", "stdout", "error", "caption", "figure"])
def test_hostile_text_is_text(tmp_path, place):
    """Whatever the data say is shown letter by letter, wherever it stands."""
    table = pd.DataFrame({"text": HOSTILE})
    paragraphs = "".join(f"<p>{frame}</p>" for frame in map(_escaped, HOSTILE))
    texts = "".join(
        f'<text x="0" y="{20 * i}" font-size="9">{_escaped(t)}</text>'
        for i, t in enumerate(HOSTILE)
    )
    caption = _escaped(" ".join(HOSTILE))
    cells = {
        "table": show(table.to_html()),
        "paragraph": show(paragraphs),
        "stdout": v4.new_code_cell(outputs=[v4.new_output("stream", text="\n".join(HOSTILE))]),
        "error": v4.new_code_cell(
            outputs=[v4.new_output("error", ename="E", evalue="\n".join(HOSTILE), traceback=[])]
        ),
        "caption": show(f"<table><caption>{caption}</caption><tr><td>1</table>"),
        "figure": show(data={"image/svg+xml": _svg(texts)}),
    }
    found = text_of(pdf_of(tmp_path, cells[place]))
    squeezed = re.sub(r"\s", "", found)
    for text in HOSTILE:
        assert re.sub(r"\s", "", text) in squeezed


def _escaped(text):
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _svg(inside, size='width="300pt" height="220pt"'):
    return f'<svg xmlns="http://www.w3.org/2000/svg" {size}>{inside}</svg>'


def test_markup_of_the_data_inside_markdown_is_shown(tmp_path):
    """Markdown keeps harmless tags and shows the others, scripts above all."""
    source = "A <b>bold</b> word.\n\n<script>alert(1)</script>\n\n<img-x> 1 < 2"
    assert "A bold word. <script>alert(1)</script> <img-x> 1 < 2" in text_of(
        pdf_of(tmp_path, v4.new_markdown_cell(source))
    )


def test_formulas_are_set_in_markdown_of_cells_and_outputs(tmp_path):
    """A price is none, one that mathtext does not know stays code, escaped text stays text."""
    written = v4.new_markdown_cell(
        "At $5 or $10: $x_i = \\frac{1}{2}$.\n\n$$\\sum_i x_i$$\n\nNot $\\begin{cases}$."
    )
    shown = show(data={"text/markdown": f"made $y^2$, data {plain('$x^2$')}"})
    pdf = pdf_of(tmp_path, written, shown, show(data={"text/plain": "$z$"}))
    assert "At $5 or $10: . Not \\begin{cases}. made , data $x^2$ $z$" in text_of(pdf)
    assert sorted(_alternative_texts(pdf)) == [r"\sum_i x_i", r"x_i = \frac{1}{2}", "y^2"]
    page = web_page(v4.new_notebook(cells=[written, shown]), name="n")
    assert page.count('<img alt="') == 3


@settings(max_examples=300, deadline=None)
@given(st.text())
def test_quoted_strings_come_back(text):
    """A Typst string literal holds its text: unescaping gives it back, and it never ends early."""
    literal = quote(text)
    inside = re.fullmatch(r'"((?:[^"\\\n]|\\.)*)"', literal, re.DOTALL)
    assert inside
    escapes = {"n": "\n", "t": "\t"}
    assert re.sub(r"\\(.)", lambda m: escapes.get(m[1], m[1]), inside[1], flags=re.S) == text


@settings(
    max_examples=6, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.lists(st.text(st.characters(max_codepoint=0x4FF), max_size=30), min_size=30, max_size=30))
def test_any_latin_greek_or_cyrillic_text_compiles(tmp_path, texts):
    """No text of these scripts stops the compiler or costs the PDF its tags."""
    with warnings.catch_warnings(action="ignore", category=MissingGlyphs):
        pdf = pdf_of(tmp_path, show("".join(f"<p>{_escaped(text)}</p>" for text in texts)))
    assert len(pdf.pages) >= 1


NAMES = ["Zoë Brännström", "Łukasz Wójcik", "Γιώργος Παπάς", "«Вісник Тарновара»", "Đặng Ṽ Ș"]


@pytest.mark.parametrize(
    "element",
    [
        "<p>{}</p>",
        "<b>{}</b>",
        "<em>{}</em>",
        "<pre>{}</pre>",
        "<h2>{}</h2>",
        "<table><tr><td>{}</td></tr></table>",
    ],
)
def test_latin_greek_cyrillic_are_letters(tmp_path, element):
    """Names in these scripts come out as letters in every style, without a warning."""
    with warnings.catch_warnings(action="error"):
        found = text_of(pdf_of(tmp_path, show(element.format("; ".join(NAMES)))))
    assert all(name in found for name in NAMES)


def test_letters_in_a_figure(tmp_path):
    """Text inside a figure is text in the PDF, in these scripts too."""
    texts = "".join(
        f'<text x="0" y="{30 * i}" style="font: 12px \'DejaVu Sans\'">{name}</text>'
        for i, name in enumerate(NAMES, 1)
    )
    found = text_of(pdf_of(tmp_path, show(data={"image/svg+xml": _svg(texts)})))
    assert all(name in found for name in NAMES)


def test_characters_without_a_glyph_are_named_and_counted(tmp_path):
    """A fox has no glyph: its code point is shown in text, code, table and figure, and counted."""
    html = "<p>🦊 and 🦊</p><pre>🦊</pre><table><tr><td>🦊 新</td></tr></table>"
    cells = show(html), show(data={"image/svg+xml": _svg('<text y="20">🦊</text>')})
    with pytest.warns(
        MissingGlyphs, match=r"6 characters.*U\+1F98A FOX FACE \(5\), U\+65B0"
    ) as told:
        found = text_of(pdf_of(tmp_path, *cells))
    assert len(told) == 1
    assert found.count("[U+1F98A]") == 5
    assert found.count("[U+65B0]") == 1


def test_a_font_of_the_users_gives_the_glyph(tmp_path):
    """A character that a font of the user's has is shown, and nobody is warned."""
    fonts = tmp_path / "fonts"
    fonts.mkdir()
    source = Path(matplotlib.get_data_path(), "fonts", "ttf", "STIXGeneral.ttf")
    (fonts / "any name.TTF").write_bytes(source.read_bytes())
    only_in_stix = show("<p>\U0001d4d0</p>")
    with pytest.warns(MissingGlyphs):
        pdf_of(tmp_path, only_in_stix)
    with warnings.catch_warnings(action="error"):
        assert "U+" not in text_of(pdf_of(tmp_path, only_in_stix, fonts=fonts))


def test_an_empty_folder_of_fonts_is_refused(tmp_path):
    """A folder without fonts is a mistake that is told."""
    with pytest.raises(FileNotFoundError, match="no font file"):
        pdf_of(tmp_path, fonts=tmp_path)


def test_the_same_notebook_gives_the_same_bytes(tmp_path, monkeypatch):
    """Two PDFs of one notebook are equal byte for byte, whatever the hash seed."""
    cells = [show(pd.DataFrame({"a": [1.5, 2]}).to_html()), v4.new_markdown_cell("# T\n\n## S")]
    made = []
    for seed in "12":
        monkeypatch.setenv("PYTHONHASHSEED", seed)
        pdf_of(tmp_path, *cells)
        made.append((tmp_path / "out.pdf").read_bytes())
    assert made[0] == made[1]
    assert b"CreationDate" not in made[0]


def test_title_subtitle_date_and_bookmarks(tmp_path):
    """The first heading is the title, what is emphasised under it the subtitle with the date."""
    cells = [
        v4.new_markdown_cell(
            "# Six outlets\n\n*Spring, 4 March to 8 May 2031*\n\n### Deep\n\n# Late"
        ),
        show("<h5>Deeper</h5>"),
    ]
    pdf = pdf_of(tmp_path, *cells)
    assert pdf.metadata.title == "Six outlets"
    assert pdf.metadata["/CreationDate"].startswith("D:20310508")
    assert [entry.title for entry in pdf.outline if not isinstance(entry, list)] == ["Six outlets"]
    assert re.search(r"Six outlets Spring, 4 March to 8 May 2031 Deep", text_of(pdf))


def test_without_a_heading_the_name_is_the_title(tmp_path):
    """PDF/UA wants a title; a notebook without any has its file's name."""
    assert pdf_of(tmp_path, show("<p>x</p>"), name="my notes").metadata.title == "my notes"


@pytest.mark.parametrize("pages", [6, 7])
def test_contents_only_over_six_pages_and_behind_the_first_section(tmp_path, pages):
    """What stands first is the answer; a short report has no table of contents."""
    style = ' style="break-inside:avoid"'
    filler = f"<div{style}>" + "<p>line</p>" * 26 + "</div>"
    sections = [show(f"<h2>Section {n}</h2>{filler}") for n in range(pages)]
    pdf = pdf_of(tmp_path, v4.new_markdown_cell("# T"), *sections)
    assert len(pdf.pages) == pages
    found = text_of(pdf)
    assert found.count("Section 3") == (2 if pages > 6 else 1)
    first = pdf.pages[0].extract_text()
    assert first.index("Section 0") < first.index("line")
    if pages > 6:
        assert first.index("line") < first.index("Section 3")


def test_code_and_tagged_cells_are_hidden(tmp_path):
    """No code is shown, no cell tagged parameters or hide, and no standard error."""
    hidden = show("<p>hidden output</p>")
    hidden.metadata["tags"] = ["hide"]
    noise = v4.new_code_cell(outputs=[v4.new_output("stream", name="stderr", text="noise")])
    found = text_of(pdf_of(tmp_path, show("<p>seen</p>"), hidden, noise))
    assert "seen" in found
    assert not re.search("secret_code|hidden output|noise", found)


def test_captions_are_numbered_by_kind_and_become_the_alternative_text(tmp_path):
    """Figures and tables are numbered apart; a caption that follows neither is a paragraph."""
    figure = {"image/svg+xml": _svg('<rect width="9" height="9"/>')}
    cells = [
        show(data=figure),
        v4.new_markdown_cell("**Figure.** First *one*."),
        show("<table><tr><td>7</td></tr></table>"),
        show(data={"text/markdown": "**Table.** Numbers."}),
        show(data=figure),
        v4.new_markdown_cell("**Figure.** Second.\n\nMore."),
        v4.new_markdown_cell("**Table.** Of nothing."),
    ]
    pdf = pdf_of(tmp_path, *cells)
    found = text_of(pdf)
    assert re.search(
        r"Figure 1\. First one\. Table 1\. Numbers\. 7 Figure 2\. Second\. More\.", found
    )
    assert "Table. Of nothing." in found
    assert "First one." in _alternative_texts(pdf)


def _alternative_texts(pdf):
    objects = (pdf.get_object(n) for n in range(1, len(pdf.xref[0]) + 1))
    return [o["/Alt"] for o in objects if isinstance(o, dict) and "/Alt" in o]


def test_a_long_table_repeats_its_head_and_says_what_is_missing(tmp_path):
    """300 rows: the head on every page, 200 rows shown, 100 counted."""
    table = pd.DataFrame({"row name": [f"r{i:03}e" for i in range(300)]})
    pdf = pdf_of(tmp_path, show(table.to_html(index=False)))
    pages = [page.extract_text() for page in pdf.pages]
    assert len(pages) >= 4
    assert all("row name" in page for page in pages)
    assert len(re.findall(r"r\d\d\de", " ".join(pages))) == 200
    assert "… 100 more rows" in pages[-1]


@pytest.mark.parametrize(("columns", "turned", "parts"), [(6, 0, 1), (15, 1, 1), (40, 0, 4)])
def test_a_wide_table_keeps_every_column(tmp_path, columns, turned, parts):
    """Every column is on the paper: upright, on a turned page, or in parts with the first again."""
    table = pd.DataFrame([[f"{i}.123456" for i in range(columns)]], index=["theindex"])
    table.columns = [f"measured{i}" for i in range(columns)]
    pdf = pdf_of(tmp_path, show(table.to_html()), v4.new_markdown_cell("after"))
    found = text_of(pdf)
    assert sum(page.mediabox.width > page.mediabox.height for page in pdf.pages) == turned
    assert found.count("theindex") >= parts
    for i in range(columns):
        assert f"measured{i}" in found
    for page in pdf.pages:
        _inside(page)


def _inside(page):
    """No text begins outside the margins."""
    seen = []

    def visit(text, page_matrix, matrix, *_):
        seen.append(
            (text, page_matrix[0] * matrix[4] + page_matrix[2] * matrix[5] + page_matrix[4])
        )

    page.extract_text(visitor_text=visit)
    assert all(60 < x < float(page.mediabox.width) - 70 for text, x in seen if text.strip()), seen


@pytest.mark.parametrize("width", ["80%", "0%", "٣%", "80", "#read(1)%", ""])
def test_columns_have_the_share_they_ask_for(tmp_path, width):
    """A column of 80 % takes twenty words on a line of its own; what is no share is passed over."""
    words = " ".join(f"word{i:02}" for i in range(15))
    columns = f'<col style="width:{width}"><col style="width:20%">'
    table = f"<table>{columns}<tr><td>{words}</td><td>{words.upper()}</td></tr></table>"
    page = pdf_of(tmp_path, show(table)).pages[0].extract_text().replace("\u200b", "")
    lines = [line for line in page.split("\n") if "word" in line]
    assert (len(lines) <= 2) == (width == "80%")


def test_rows_that_ask_for_it_stay_whole(tmp_path):
    """Wherever the page ends, all lines of a row are on one page."""
    style = ' style="break-inside:avoid"'
    lines = [f"first{i:02}." + "<br>b" * (9 + i % 7) + f"<br>last{i:02}." for i in range(40)]
    rows = [f"<tr><td{style}>{line}</td></tr>" for line in lines]
    cells = v4.new_markdown_cell("text\n\ntext"), show(f"<table>{''.join(rows)}</table>")
    pages = [page.extract_text() for page in pdf_of(tmp_path, *cells).pages]
    assert len(pages) > 3
    for page in pages:
        assert re.findall(r"first(\d\d)\.", page) == re.findall(r"last(\d\d)\.", page)


def test_headings_go_with_a_table_on_a_turned_page(tmp_path):
    """A heading does not stay behind, alone, when its table turns the page."""
    table = pd.DataFrame([[1.123456] * 15], columns=[f"measured{i}" for i in range(15)])
    cells = v4.new_markdown_cell("# T\n\ntext\n\n## Wide"), show(table.to_html())
    pages = [page.extract_text() for page in pdf_of(tmp_path, *cells).pages]
    assert "Wide" not in pages[0]
    assert "Wide" in pages[1]


@settings(deadline=None)
@given(
    st.lists(st.tuples(st.text("abc ", max_size=60), st.booleans()), min_size=1, max_size=60),
    st.integers(1, 2),
)
def test_fitting_loses_no_column(columns, row_heads):
    """Whatever the widths: each column is in a part, once, and type stays readable."""
    needs = [need(["head"], [text], numbers=numbers) for text, numbers in columns]
    fitted = fit(needs, row_heads=row_heads, portrait=440.0, landscape=690.0)
    first = list(range(min(row_heads, len(needs))))
    shown = [x for part in fitted.parts for x in part[len(first) :]]
    assert first + shown == list(range(len(needs)))
    assert all(part[: len(first)] == first for part in fitted.parts)
    assert 6.5 <= fitted.size <= 9


def test_styler_colours_reach_the_page(tmp_path):
    """Grounds and inks of pandas' Styler are painted, the caption is numbered."""
    table = pd.DataFrame({"v": [1, 2]}).style.map(
        lambda v: "background-color: #010203; color: #f0f1f2" if v == 2 else ""
    )
    pdf = pdf_of(tmp_path, show(table.set_caption("Two values").to_html()))
    painted = _operators(pdf)
    assert _painted("#010203", painted)
    assert _painted("#f0f1f2", painted)
    assert "Table 1. Two values" in text_of(pdf)


def _operators(pdf):
    return " ".join(page.get_contents().get_data().decode("latin-1") for page in pdf.pages)


def _painted(colour_, operators):
    wanted = [int(colour_[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    found = re.findall(r"([\d.]+) ([\d.]+) ([\d.]+) scn?\b", operators)
    return any(all(abs(float(a) - b) < 2e-3 for a, b in zip(f, wanted, strict=True)) for f in found)


def test_marks_colours_and_rules_of_highlighted_text(tmp_path):
    """The ground of a mark, the ink of a span and the rule of a box are painted."""
    html = (
        '<div style="border-left: 3px solid #112233"><p>a <mark style="background-color:#ffee01">'
        'b</mark> <span style="color:#445566;text-decoration:underline wavy red">c</span></p></div>'
    )
    pdf = pdf_of(tmp_path, show(html))
    painted = _operators(pdf)
    assert _painted("#ffee01", painted)
    assert _painted("#445566", painted)
    assert text_of(pdf).endswith("a b c 1 / 1")


@pytest.mark.parametrize(
    ("css", "typst"),
    [
        ("#f80", 'rgb("#ff8800")'),
        ("RGBA(0,0,0,.5)", 'rgb("#808080")'),
        ("rebeccapurple", 'rgb("#663399")'),
        ("linear-gradient(90deg, red 50%, blue)", None),
        ('red"); read("/etc/passwd', None),
        ("url(http://x)", None),
        ("0", None),
        ("rgb(nan,1,2)", None),
        ("rgb(1e999,1,2)", 'rgb("#ff0102")'),
    ],
)
def test_colours(css, typst):
    """CSS colours become Typst colours; whatever is none is no colour."""
    assert colour(css) == typst


def test_the_first_format_that_shows_something_is_taken(tmp_path):
    """HTML that shows nothing, or a broken figure, gives way to the next format."""
    cells = [
        show(data={"text/html": "<script>x</script>", "text/plain": "plain wins"}),
        show(data={"image/svg+xml": "<svg broken", "text/plain": "torn figure"}),
        show(data={"text/plain": "<Axes: title={'center': 'repr'}>"}),
    ]
    found = text_of(pdf_of(tmp_path, *cells))
    assert "plain wins torn figure" in found
    assert "Axes" not in found


def test_a_figure_runs_and_fetches_nothing(tmp_path):
    """Scripts, handlers and outside addresses are gone; what is drawn stays."""
    (tmp_path / "secret.svg").write_text(_svg("<text>secret</text>"))
    inside = (
        '<script>alert(1)</script><style>@import url("http://x/y.css")</style>'
        f'<image href="{tmp_path}/secret.svg" width="9" height="9"/>'
        '<image href="http://x.example/y.png" width="9" height="9"/>'
        '<text y="20" onclick="alert(2)">drawn</text>'
    )
    found = text_of(pdf_of(tmp_path, show(data={"image/svg+xml": _svg(inside)})))
    assert "drawn" in found
    assert "alert" not in found
    assert "secret" not in found


def test_pictures_inside_html_and_attached_to_markdown(tmp_path):
    """Embedded pictures are shown; of a picture that lies elsewhere only its description."""
    png = base64.b64encode(_png()).decode()
    attached = v4.new_markdown_cell("![a dot](attachment:dot.png)")
    attached["attachments"] = {"dot.png": {"image/png": png}}
    drawn = _svg('<text y="20">inner</text>')
    html = f'<img src="data:image/png;base64,{png}"><p>{drawn}</p>'
    outside = '<img src="file:///etc/hostname" alt="the host">'
    with pytest.warns(NotShown, match="file:///etc/hostname"):
        pdf = pdf_of(tmp_path, attached, show(html), show(outside))
    assert sum(len(page.images) for page in pdf.pages) >= 1
    assert "inner" in text_of(pdf)
    assert "the host" in text_of(pdf)


def _png():
    buffer = BytesIO()
    Image.new("RGB", (4, 4), "red").save(buffer, "PNG")
    return buffer.getvalue()


@pytest.mark.parametrize(
    "html",
    [
        "<div>" * 900 + "deep" + "</div>" * 900,
        "<blockquote>" * 900 + "deep",
        "<ul><li>" * 900 + "deep",
        "<b><i>" * 900 + "deep",
        '<div style="border:1px solid red">' * 900 + "deep",
        "<table><tr><td>" * 900 + "deep",
        '<span style="color:red">' * 900 + "deep",
    ],
    ids=["div", "quote", "list", "bold", "frame", "table", "span"],
)
def test_deep_html_keeps_its_text(tmp_path, html):
    """HTML 900 levels deep is set; its text is kept."""
    assert "deep" in text_of(pdf_of(tmp_path, show(html)))


@pytest.mark.parametrize(
    "html",
    [
        '<table><tr><td colspan="99999999" rowspan="99999999">x</td></tr></table>',
        '<table><tr><td rowspan="5">x</td></tr><tr><td colspan="0">y</td></tr></table>',
        "<table></table><p>x</p>",
        "<table><td>x</table>",
        "<table><thead><tr><th>x</th></tr></thead></table>",
        "<p>x</p>" + "a\u0301" + "\u0301" * 3000,
        "<p>x " + "w" * 5000 + "</p>",
        '<p style="color:;;:red;font-size:1e99px;opacity:nan">x</p>',
        '<p style="font-size:99999999999px;padding:-5px;border:99999px solid red">x</p>',
        '<style>#x{color:red}[[{}</style><p id="x">x</p>',
        "<p>x \x00\x07\x1b[31m \ufffe \ud800</p>",
        '<a href="javascript:alert(1)">x</a><ol start="-3"><li></ol>',
        '<img src="data:image/png;base64,!!!"><p>x</p>',
        "<ol start='99999999999999999999'><li>x",
    ],
)
def test_odd_html_is_set(tmp_path, html):
    """What is malformed or absurd in HTML neither fails nor loses the text beside it."""
    with warnings.catch_warnings(action="ignore", category=MissingGlyphs):
        warnings.simplefilter("ignore", PlainPDF)
        warnings.simplefilter("ignore", NotShown)
        assert "x" in text_of(pdf_of(tmp_path, show(html)))


def test_a_compiler_that_fails_leaves_the_old_file(tmp_path, monkeypatch):
    """If the compiler's process dies, the PDF of before stays, and the error says so."""
    out = tmp_path / "out.pdf"
    out.write_bytes(b"old")
    ended = subprocess.CompletedProcess([], -11, stdout="", stderr="panicked")
    monkeypatch.setattr(subprocess, "run", lambda *_, **__: ended)
    with pytest.raises(TypesettingError, match="panicked"):
        pdf_of(tmp_path, show("<p>x</p>"))
    assert out.read_bytes() == b"old"
    assert [path.name for path in tmp_path.iterdir()] == ["out.pdf"]


def test_paper(tmp_path):
    """Paper is A4 unless told otherwise; any other name is refused."""
    assert round(pdf_of(tmp_path).pages[0].mediabox.width) == 595
    assert round(pdf_of(tmp_path, paper="us-letter").pages[0].mediabox.width) == 612
    with pytest.raises(ValueError, match="a4, us-letter, got 'a5'"):
        pdf_of(tmp_path, paper="a5")


def test_a_block_that_must_not_break_stays_whole(tmp_path):
    """However much stands above it, the legend and its paragraphs share a page."""
    kept = '<div style="break-inside:avoid"><p>legend</p><p>first</p><p>second</p></div>'
    parted = {"avoid": 0, "auto": 0}
    for how in parted:
        for n in range(30, 40):
            lines = [f"<p>line {k}</p>" for k in range(n)]
            html = "".join([*lines, kept.replace("avoid", how), *lines])
            pages = [page.extract_text() for page in pdf_of(tmp_path, show(html)).pages]
            parted[how] += not any("legend" in text and "second" in text for text in pages)
    assert parted["avoid"] == 0 < parted["auto"]


def test_a_block_longer_than_a_page_breaks_all_the_same(tmp_path):
    """A paragraph of 3,000 words that ought to stay whole is not cut off at the end of the page."""
    words = [f"w{n}" for n in range(3000)]
    html = f'<div style="break-inside:avoid"><p>{" ".join(words)}</p></div>'
    pages = [page.extract_text().split() for page in pdf_of(tmp_path, show(html)).pages]
    assert max(map(len, pages)) < 1000
    assert [word for page in pages for word in page if word.startswith("w")] == words


def test_captions_and_headings_stay_with_their_table(tmp_path):
    """Wherever the page ends: heading, caption, head and first row are on one page."""
    cells = []
    for n in range(20):
        table = pd.DataFrame({f"head{n}": [f"first{n}.", "b", "c", "d"]})
        filler = "\n\n".join(["filler"] * (n + 3 + n % 7))
        cells += [v4.new_markdown_cell(f"{filler}\n\n### Section{n}."), show(table.to_html())]
        cells.append(v4.new_markdown_cell(f"**Table.** caption{n}."))
    pages = [page.extract_text() for page in pdf_of(tmp_path, *cells).pages]
    assert len(pages) > 8
    for n in range(20):
        parts = f"Section{n}.", f"caption{n}.", f"head{n}\n", f"first{n}."
        assert any(all(part in text for part in parts) for text in pages), n


def test_a_last_page_with_little_on_it_is_saved(tmp_path):
    """Lines are closer then; a last page that is half full stays, and nothing is lost."""
    pages = {}
    for n in (36, 42, 60):
        pdf = pdf_of(tmp_path, v4.new_markdown_cell("\n\n".join(["filler"] * n)))
        pages[n] = [page.extract_text().count("filler") for page in pdf.pages]
    assert [len(found) for found in pages.values()] == [1, 1, 2]
    assert [sum(found) for found in pages.values()] == [*pages]


def test_the_first_sentence_of_a_section_stays_with_the_text_below_it(tmp_path):
    """Wherever the page ends; be it a block or a table."""
    kept = '<div style="break-inside:avoid"><p>legend</p><p>quoted</p><p>quoted</p></div>'
    table = pd.DataFrame({"legend": ["a", "b", "c", "d"]}).to_html()
    for n in range(29, 41):
        above = v4.new_markdown_cell("\n\n".join(["filler"] * n) + "\n\n## Words\n\nOpening.")
        below = show(table if n % 2 else kept)
        pages = [page.extract_text() for page in pdf_of(tmp_path, above, below).pages]
        assert any("Opening" in text and "legend" in text for text in pages), n


def test_a_figure_higher_than_the_page_is_shown_whole(tmp_path):
    """It is made smaller: top, bottom and caption stand between the margins of one page."""
    drawn = _svg('<text y="20">Ж</text><text y="1190">Щ</text>', 'width="300" height="1200"')
    cells = show(data={"image/svg+xml": drawn}), v4.new_markdown_cell("**Figure.** the caption")
    (page,) = [p for p in pdf_of(tmp_path, *cells).pages if "Ж" in p.extract_text()]
    heights = {}

    def note(text, outer, inner, *_):
        heights[text.strip()] = inner[4] * outer[1] + inner[5] * outer[3] + outer[5]

    page.extract_text(visitor_text=note)
    assert 780 > heights["Ж"] > heights["Щ"] > heights["the caption"] > 60


def test_many_figures_are_numbered_in_order_and_fill_their_pages(tmp_path):
    """Twelve figures, some a bit too high for what is left: a layout that settles each of them."""
    cells = []
    for n in range(12):
        high = (450, 430)[n % 2]
        drawn = _svg(f'<text y="{high - 9}">end{n}.</text>', f'width="300" height="{high}"')
        cells += [v4.new_markdown_cell(f"## Part {n}"), show(data={"image/svg+xml": drawn})]
        cells.append(v4.new_markdown_cell(f"**Figure.** caption{n}."))
    pages = [page.extract_text() for page in pdf_of(tmp_path, *cells).pages]
    text = " ".join(" ".join(pages).replace("\u200b", "").split())
    assert re.findall(r"Figure (\d+)\. caption(\d+)\.", text) == [
        (str(n + 1), str(n)) for n in range(12)
    ]
    assert len(pages) == 7  # 12 with figures as high as they are


@pytest.mark.parametrize(
    "data",
    [
        {"image/svg+xml": "<svg><<broken"},
        {"image/svg+xml": _svg("<circle r='1'/>", 'width="0" height="5"')},
        {"image/svg+xml": _svg("<g>" * 3000 + "</g>" * 3000)},
        {"image/svg+xml": f"<!DOCTYPE svg [<!ENTITY x SYSTEM '/etc/passwd'>]>{_svg('&x;')}"},
        {"image/png": base64.b64encode(b"\x89PNG\r\n\x1a\n" + b"x" * 50).decode()},
        {"image/jpeg": base64.b64encode(b"\xff\xd8\xffjunk").decode()},
        {"image/png": "%%%"},
        {"text/html": '<img src="data:image/png;base64,eHg=">'},
        {"text/html": '<img src="https://example.org/x.png">'},
    ],
)
def test_a_picture_that_cannot_be_shown_is_told(tmp_path, data):
    """A broken picture neither stops the report nor vanishes in silence."""
    data = data | {"text/plain": "<Figure size 640x480 with 1 Axes>"}
    with pytest.warns(NotShown, match="picture"):
        found = text_of(pdf_of(tmp_path, show(data=data), show("<p>after</p>")))
    assert "[picture that a report cannot show] after" in found


def test_figures_above_one_that_leaves_much_of_a_page_empty_are_drawn_smaller(tmp_path):
    """Both stand on the first page then; one that leaves less than a third empty moves on alone."""
    shown = [_svg(f'<text y="20">{name}</text>', f'width="400" height="{high}"')
             for name, high in [("Ж", 320), ("Щ", 530)]]  # fmt: skip
    together = []
    for fillers in range(0, 14, 2):
        above = v4.new_markdown_cell("\n\n".join(["filler"] * fillers) + "\n\n## Figures\n\nText.")
        cells = [show(data={"image/svg+xml": svg}) for svg in shown]
        pages = [page.extract_text() for page in pdf_of(tmp_path, above, *cells).pages]
        together.append("Ж" in pages[0] and "Щ" in pages[0])
    assert together == [True] * 3 + [False] * 4


def test_a_table_of_a_few_rows_stays_on_one_page(tmp_path):
    """Wherever it begins; one of many rows begins on the page where there is room, and goes on."""
    counts = {}
    for fillers, rows in [*((n, 7) for n in range(24, 32)), (24, 40)]:
        above = v4.new_markdown_cell("\n\n".join(["filler"] * fillers))
        body = "".join(f"<tr><td>row</td><td>{row}.</td></tr>" for row in range(rows))
        html = f"<table><tr><th>a</th><th>b</th></tr>{body}</table>"
        cells = above, show(html), v4.new_markdown_cell(above.source)
        pages = [page.extract_text() for page in pdf_of(tmp_path, *cells).pages]
        counts[fillers, rows] = [page.count("row") for page in pages]
    many = counts.pop((24, 40))
    assert sum(many) == 40 and min(many[:2]) > 0
    assert {tuple(found[:2]) for found in counts.values()} == {(7, 0), (0, 7)}


def _sections(seed):
    """Sections of text and figures of any height, with and without headings and captions."""
    draw, cells = random.Random(seed), [v4.new_markdown_cell("# Title")]
    for section in range(draw.randint(2, 6)):
        cells += [v4.new_markdown_cell(f"## Section {section}")] * (draw.random() < 0.7)
        cells += [v4.new_markdown_cell("filler " * draw.randint(5, 120))
                  for _ in range(draw.randint(0, 4))]  # fmt: skip
        size = f'width="440" height="{draw.choice([90, 150, 220, 265, 300, 340, 420, 500, 640])}"'
        rect = f'<rect {size} fill="#999"/><text y="30">figure {section}</text>'
        cells.append(show(data={"image/svg+xml": _svg(rect, size)}))
        caption = v4.new_markdown_cell("**Figure.** " + "caption " * draw.randint(3, 40))
        cells += [caption] * (draw.random() < 0.8)
    cells += [v4.new_markdown_cell("filler " * 90) for _ in range(3)]
    return v4.new_notebook(cells=cells)


@pytest.mark.parametrize("seed", [27, 29, 37, 46, 47, 48])
def test_no_page_but_the_last_is_more_than_a_third_empty(tmp_path, seed):
    """However high figures are; and figures and headings keep their order, each there once.

    These had a page of which .37 to .59 was empty, or an order that was not kept.
    """
    notebook = _sections(seed)
    context = Context(Typesetter(None), 442.0, 700.0)
    source = typeset(notebook, context, name="x", paper="a4")
    pages = compiled(source, context.assets, tmp_path)
    assert max(map(empty, pages[:-1]), default=0) < 1 / 3
    figures = sum("svg" in str(cell.get("outputs", "")) for cell in notebook.cells)
    text = text_of(pdf_of(tmp_path, *notebook.cells))
    assert re.findall(r"figure (\d)", text) == [str(n) for n in range(figures)]
    headed = re.findall(r"Section (\d)", text)
    assert headed == sorted(headed)
