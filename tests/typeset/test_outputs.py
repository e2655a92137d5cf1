"""What Jupyter, Jupyter Book, nbconvert and Quarto show of a notebook, PDF and web page show."""

import base64
import json
from copy import deepcopy
from io import BytesIO

import nbformat
import nbformat.v4 as v4
import pytest
from bs4 import BeautifulSoup
from PIL import Image
from pypdf import PdfReader

import framing as fr
from framing.typeset import NotShown
from framing.typeset.outputs import outputs
from framing.typeset.pdf import write_pdf
from framing.typeset.web import sanitized, web_page

pytestmark = pytest.mark.usefixtures("kept_servers")
PLOTLY = "application/vnd.plotly.v1+json"


def both(tmp_path, *cells, **options):
    """The text of the PDF, and the web page, of one notebook."""
    notebook = v4.new_notebook(cells=list(cells))
    write_pdf(notebook, tmp_path / "out.pdf", name="n", **options)
    pdf = PdfReader(tmp_path / "out.pdf")
    text = " ".join(" ".join(page.extract_text() for page in pdf.pages).split())
    page = BeautifulSoup(web_page(notebook, name="n", **options), "html.parser")
    return text, page, sum(len(page.images) for page in pdf.pages)


def code(source="", *shown, tags=()):
    made = [v4.new_output("display_data", data=data) for data in shown]
    return v4.new_code_cell(source, outputs=made, metadata={"tags": [tag for tag in tags if tag]})


def image(kind="PNG", colour="red"):
    buffer = BytesIO()
    Image.new("RGB", (4, 4), colour).save(buffer, kind)
    return buffer.getvalue()


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "GIF", "WEBP"])
def test_pictures_of_markdown_are_shown(tmp_path, kind):
    """Attached, beside the notebook, in a folder with a space, and as <img>."""
    folder = tmp_path / "n"
    (folder / "my pictures").mkdir(parents=True)
    (folder / f"a.{kind.lower()}").write_bytes(image(kind, "red"))
    (folder / "my pictures" / f"b.{kind.lower()}").write_bytes(image(kind, "blue"))
    cell = v4.new_markdown_cell(
        f"![one](attachment:x.png)\n\n![two](a.{kind.lower()})\n\n"
        f"![three](<my pictures/b.{kind.lower()}>)\n\n<img src='a.{kind.lower()}' alt='four'>"
    )
    attached = base64.b64encode(image(kind, "green")).decode()
    cell["attachments"] = {"x.png": {f"image/{kind.lower()}": attached}}
    text, page, images = both(tmp_path, cell, folder=folder)
    assert images == 3  # that two of them show the same file, the PDF knows
    assert [tag["src"][:11] for tag in page.find_all("img")] == ["data:image/"] * 4
    assert "three" not in text


def test_pictures_beside_text_or_in_a_link_do_not_vanish(tmp_path):
    """Two in a paragraph with text around them, and one that is a link."""
    for name, colour in (("a", "red"), ("b", "blue"), ("c", "green")):
        (tmp_path / f"{name}.png").write_bytes(image("PNG", colour))
    source = "before ![one](a.png) between ![two](b.png)\n\n[![three](c.png)](https://example.org)"
    text, _, images = both(tmp_path, v4.new_markdown_cell(source), folder=tmp_path)
    assert images == 3
    assert text.index("before") < text.index("between")


@pytest.mark.parametrize("address", ["../secret.png", "{}/secret.png", "link.png", "n/../../x.png"])
def test_pictures_outside_the_folder_are_not_read(tmp_path, address):
    """Neither by .., nor by an absolute path, nor by a link; a warning names the picture."""
    folder = tmp_path / "n"
    folder.mkdir()
    (tmp_path / "secret.png").write_bytes(image())
    (folder / "link.png").symlink_to(tmp_path / "secret.png")
    cell = v4.new_markdown_cell(f"![the secret]({address.format(tmp_path)})")
    with pytest.warns(NotShown, match=r"picture .*png"):
        text, page, images = both(tmp_path, cell, folder=folder)
    assert images == 0
    assert "the secret" in text
    assert not page.find("img", src=True)


def test_comments_are_left_out(tmp_path):
    """Between paragraphs, in a line, over several lines; what follows them stays."""
    source = "Before <!-- a --> after\n\n<!-- note\n\nto self -->\n\nLast <!-- not closed"
    text, page, _ = both(tmp_path, v4.new_markdown_cell(source))
    assert "Before after Last <!-- not closed" in text
    assert "to self" not in str(page)


@pytest.mark.parametrize(
    ("source", "tag", "kept"),
    [
        ("", "remove-cell", False),
        ("", "remove_cell", False),
        ("", "remove-output", False),
        ("", "remove-input", True),
        ("", "hide-input", True),
        ("", "hide-cell", True),
        ("#| include: false\nx", "", False),
        ("#| label: a\n#| output:  false\nx", "", False),
        ("# | include: false\nx", "", False),  # as black writes it
        ("%%time\n#| include: false\nx", "", False),
        ("#| tags: [remove-cell]\nx", "", False),
        ("#| tags:\n#|   - other\n#|   - hide\nx", "", False),
        ("#| fig-cap: a: b\n#| include: false\nx", "", False),  # not YAML as a whole
        ("#| echo: false\nx", "", True),
        ("#| include: true\nx", "", True),
        ("x\n#| include: false", "", True),
    ],
)
def test_tags_and_comments_hide_as_elsewhere(tmp_path, source, tag, kept):
    """As Jupyter Book, nbconvert and Quarto read them; code is never shown."""
    cell = code(source, {"text/plain": "what was shown"}, tags=[tag])
    text, page, _ = both(tmp_path, cell)
    assert ("what was shown" in text) == kept == ("what was shown" in page.get_text())
    assert bool(page.find("details")) == (tag == "hide-cell")


def test_streams_may_be_left_out_by_a_tag(tmp_path):
    cells = [v4.new_code_cell("", metadata={"tags": [tag]}) for tag in ("remove-stdout", "x")]
    for cell in cells:
        cell["outputs"] = [v4.new_output("stream", text="printed ")]
        cell["outputs"] += [v4.new_output("display_data", data={"text/plain": "shown"})]
    assert both(tmp_path, *cells)[0] == "n shown printed shown 1 / 1"


LIVE = {
    "video": "<video src='a.mp4'>Your browser does not support it.</video>",
    "audio": "<audio controls><source src='a.mp3'>Your browser does not support it.</audio>",
    "canvas": "<canvas id='c'></canvas>",
    "embed": "<embed src='a.pdf'>",
    "iframe": "<iframe srcdoc='x'></iframe>",
    "object": "<object data='a.pdf'>Your browser does not support it.</object>",
}


@pytest.mark.parametrize("name", LIVE)
def test_what_only_a_browser_shows_does_not_vanish(tmp_path, name):
    """Alone, inside of other markup, and beside text; if there is another format, that is shown."""
    alone, beside = LIVE[name], f"<p>Before</p><div>{LIVE[name]}</div> after"
    told = f"[<{name}> element that a report cannot show]"
    shown = {"text/html": alone, "text/plain": "another format"}
    with pytest.warns(NotShown, match=f"^not shown in the PDF: <{name}> element$"):
        text, page, _ = both(tmp_path, code("", {"text/html": alone}), code("", shown))
    assert text == f"n {told} another format 1 / 1"
    assert " ".join(page.body.get_text().split()) == f"{told} another format"
    with pytest.warns(NotShown, match=f"^not shown in the PDF: <{name}> element$"):
        text, page, _ = both(tmp_path, code("", {"text/html": beside}))
    assert text == f"n Before {told} after 1 / 1"
    assert " ".join(page.body.get_text(" ").split()) == f"Before {told} after"


def test_all_that_is_missing_is_named(tmp_path):
    html = f"{LIVE['object']}{LIVE['embed']}{LIVE['embed']}<script>x</script>"
    with pytest.warns(NotShown, match="^not shown in the PDF: <object> element, <embed> element$"):
        both(tmp_path, code("", {"text/html": html}))


@pytest.mark.parametrize(
    "given",
    [
        "(array([1., 2.]),\n array([0., 1.]),\n <BarContainer object of 2 artists>)",
        "([0, 1], [Text(0, 0, 'A'), Text(1, 0, 'B')])",
        "{'boxes': [<matplotlib.lines.Line2D at 0x7f>],\n 'means': []}",
        "array([[<Axes: title={'center': 'tone'}>]], dtype=object)",
        "alt.Chart(...)",
    ],
)
def test_what_calls_that_draw_give_back_is_not_shown(tmp_path, given):
    """A text that mentions such a thing is shown."""
    cells = code("", {"text/plain": given}), code("", {"text/plain": repr(f"A {given}")})
    text, *_ = both(tmp_path, *cells)
    assert text.count(given.split("\n")[0][:12].rstrip("(")) == 1


def test_bars_of_progress_are_no_loss(tmp_path):
    """With widgets, tqdm shows one; a widget that is not shown is told."""
    widget = {"application/vnd.jupyter.widget-view+json": {"model_id": "a"}}
    bar = widget | {"text/plain": "Reading:   0%|          | 0/3 [00:00<?, ?it/s]"}
    assert both(tmp_path, code("", bar))[0] == "n 1 / 1"
    with pytest.warns(NotShown, match="widget-view"):
        both(tmp_path, code("", widget | {"text/plain": "IntSlider(value=3)"}))


def test_vectors_inside_html_need_no_namespace(tmp_path):
    html = "<div><svg width='9' height='9'><text>drawn</text></svg></div>"
    text, page, _ = both(tmp_path, code("", {"text/html": html}))
    assert "drawn" in text
    assert page.find("img")["src"].startswith("data:image/svg+xml")


def test_empty_markup_is_not_taken_for_something_shown(tmp_path):
    shown = {"text/html": "<div><span> </span><b></b></div>", "text/plain": "another format"}
    assert both(tmp_path, code("", shown))[0] == "n another format 1 / 1"


def test_old_markup_has_its_colour_and_side():
    html = "<p align='center'>a <font color='red' size=5>b</font></p>"
    assert sanitized(html) == (
        '<p style="text-align:center">a <span style="color:red">b</span></p>'
    )
    page = web_page(v4.new_notebook(cells=[v4.new_markdown_cell(html)]), name="n")
    assert "color:red" in page


def test_links_and_colours_of_terminals_are_left_out(tmp_path):
    """What rich and others write: colours, and links (OSC 8) with either of their ends."""
    text = "\x1b[1;31mred\x1b[0m \x1b]8;;http://x.org\x1b\\link\x1b]8;;\x07 end"
    assert both(tmp_path, code("", {"text/plain": text}))[0] == "n red link end 1 / 1"


def test_footnotes_are_numbered_through_all_cells():
    cells = [v4.new_markdown_cell(f"Text {k}.[^1]\n\n[^1]: Note {k}.") for k in (1, 2)]
    page = BeautifulSoup(web_page(v4.new_notebook(cells=cells), name="n"), "html.parser")
    assert [sign.get_text() for sign in page.find_all("sup")] == ["1", "2"]
    assert [notes["start"] for notes in page.find_all("ol")] == ["1", "2"]


def test_end_tags_may_be_left_out():
    """Cells, rows, items and paragraphs, as in tables written by hand and by old programs."""
    short = (
        "<table><tr><th>a<th>b<tr><td>1<td>2</td><td>3<tbody><tr><td><ul><li>x<li>y</ul></table>"
    )
    full = (
        "<table><tr><th>a</th><th>b</th></tr><tr><td>1</td><td>2</td><td>3</td></tr>"
        "<tbody><tr><td><ul><li>x</li><li>y</li></ul></td></tr></tbody></table>"
    )
    assert sanitized(short) == sanitized(full)
    nested = "<table><tr><td><table><tr><td>1<td>2</table><td>3</table>"
    rows = BeautifulSoup(sanitized(nested), "html.parser").table.find_all("td", recursive=True)
    assert [cell.get_text() for cell in rows] == ["12", "1", "2", "3"]
    long = "<table>" + "<tr><td>1<td>2" * 700 + "</table>"  # deeper than Python can go
    assert len(BeautifulSoup(sanitized(long), "html.parser").table.find_all("tr")) == 700


def test_captions_of_the_web_page_have_the_numbers_of_the_pdf():
    """Captions of tables stand above them; a paragraph below no figure is none."""
    table, caption = "<table><tr><td>1</td></tr></table>", "**Table.** Of it."
    picture = {"image/png": base64.b64encode(image()).decode()}
    cells = [
        code("a", {"text/html": table}), v4.new_markdown_cell(caption), code("b", picture),
        v4.new_markdown_cell("**Figure.** A dot."), v4.new_markdown_cell("**Figure.** No figure."),
        code("c", {"text/html": table}), v4.new_markdown_cell(caption),
    ]  # fmt: skip
    page = BeautifulSoup(web_page(v4.new_notebook(cells=cells), name="n"), "html.parser")
    names = [strong.get_text() for strong in page.find_all("strong")]
    assert names == ["Table 1.", "Figure 1.", "Figure.", "Table 2."]
    assert [t.find_previous_sibling("p").strong.get_text() for t in page.find_all("table")] == [
        "Table 1.", "Table 2.",
    ]  # fmt: skip


def test_outputs_that_a_pdf_cannot_show_leave_a_line_and_a_warning(tmp_path):
    """No output vanishes in silence, whatever its format; what Python prints of it is not shown."""
    cells = [
        code("", {PLOTLY: {"data": []}, "text/plain": "Figure({...})"}),
        code("", {"text/html": '<iframe src="x"></iframe>', "text/plain": "<IFrame at 0x7f>"}),
    ]
    with pytest.warns(NotShown) as told:
        text, page, _ = both(tmp_path, *cells)
    assert (
        str(told[0].message) == f"not shown in the PDF: output of type {PLOTLY}; <iframe> element"
    )
    for shown in (text, page.get_text()):
        assert f"[output of type {PLOTLY} that a report cannot show]" in shown
        assert "[<iframe> element that a report cannot show]" in shown
        assert "Figure({" not in shown
        assert "0x7f" not in shown


def test_formulas_and_json_of_outputs_are_shown(tmp_path):
    r"""What IPython's Latex, Math and JSON show; LaTeX that mathtext does not know is code."""
    cells = [
        code("", {"text/latex": r"$$\frac{a}{b}$$", "text/plain": "<Latex object>"}),
        code("", {"text/latex": r"$\displaystyle \alpha$", "text/plain": "<Math object>"}),
        code("", {"text/latex": r"\begin{tabular}x\end{tabular}"}),
        code("", {"application/json": {"a": [1]}, "text/plain": "<JSON object>"}),
    ]
    text, page, _ = both(tmp_path, *cells)
    assert [tag["alt"] for tag in page.find_all("img")] == [r"\frac{a}{b}", r"\alpha"]
    for shown in (text, page.get_text()):
        assert "tabular" in shown
        assert '"a": [' in shown
        assert "object" not in shown


def test_markdown_as_github_has_it(tmp_path):
    """Uneven tables, footnotes, task lists."""
    source = (
        "| a | b |\n|---|---|\n| 1 | 2 | 3 |\n| 4 |\n\n- [ ] to do\n- [x] done\n\n"
        "A claim.[^1]\n\n[^1]: Its source."
    )
    text, page, _ = both(tmp_path, v4.new_markdown_cell(source))
    rows = [[cell.get_text() for cell in row.find_all(["td", "th"])] for row in page.find_all("tr")]
    assert rows == [["a", "b"], ["1", "2"], ["4", ""]]
    assert "☐ to do" in text
    assert "☑ done" in text
    assert "A claim.1" in text
    assert "1. Its source." in text


@pytest.mark.parametrize(
    "html",
    [
        "<svg><script>alert(1)</script><text>x</text></svg>",
        '<math><mtext><img src="x" onerror="alert(1)"></mtext></math>',
        '<a href="data:text/html,<script>alert(1)</script>">x</a>',
        '<img src="data:text/html;base64,PHNjcmlwdD4=">',
        '<img src="https://example.org/x.png" srcset="https://example.org/y.png 2x">',
        '<p style="background:url(https://example.org/x.png);position:fixed">x</p>',
        '<style>@import "https://example.org/x.css"; p { color: red }</style><p>x</p>',
        '<form action="https://example.org"><input name="x"><button>x</button></form>',
        '<noscript><p title="</noscript><img src=x onerror=alert(1)>">x</noscript>',
    ],
)
def test_sanitized_html_runs_and_loads_nothing(html):
    """Attacks that lists of forbidden things have let through elsewhere."""
    clean = BeautifulSoup(sanitized(html), "html.parser")
    assert not clean.find_all(["script", "style", "form", "input", "button", "svg", "math"])
    for tag in clean.find_all(True):
        assert not any(name.startswith("on") for name in tag.attrs)
        assert tag.get("src", "data:image/").startswith("data:image/")
        assert not tag.get("href", "").startswith("data:")
        assert "url(" not in tag.get("style", "")
    assert "srcset" not in str(clean)


def test_old_notebooks_other_kernels_and_errors_that_are_meant(tmp_path):
    """nbformat 3 is read, R refused by name; errors that are meant, or of a repr, are shown."""
    cells = [
        v4.new_code_cell("1/0", metadata={"tags": ["raises-exception"]}),
        v4.new_code_cell("class A:\n    def _repr_html_(self): raise ValueError('no repr')\nA()"),
        v4.new_code_cell("print('it went on')"),
    ]
    notebook = v4.new_notebook(cells=cells)
    for name, version in (
        ("new", notebook),
        ("old", nbformat.convert(v4.new_notebook(cells=deepcopy(cells[2:])), 3)),
    ):
        (tmp_path / f"{name}.ipynb").write_text(json.dumps(version))
        fr.render(tmp_path / f"{name}.ipynb", tmp_path / f"{name}.pdf")
        text = PdfReader(tmp_path / f"{name}.pdf").pages[0].extract_text()
        assert "it went on" in text
        assert ("ZeroDivisionError: division by zero" in text) == (name == "new")
        assert ("ValueError: no repr" in text) == (name == "new")
    notebook.metadata["kernelspec"] = {"name": "ir", "language": "R", "display_name": "R"}
    nbformat.write(notebook, tmp_path / "r.ipynb")
    with pytest.raises(ValueError, match=r"r\.ipynb: this notebook is for the kernel ir \(R\)"):
        fr.render(tmp_path / "r.ipynb", tmp_path / "r.pdf")


def test_hidden_outputs_are_counted_once():
    """A cell has an output for its Markdown, one for each that code has shown, and no other."""
    cells = [v4.new_markdown_cell("a"), code("x", {"text/plain": "b"}, {"text/plain": "c"})]
    shown = list(outputs(v4.new_notebook(cells=cells)))
    assert [one.formats[0].content.strip() for one in shown] == ["<p>a</p>", "b", "c"]
