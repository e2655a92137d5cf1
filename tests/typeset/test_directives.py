"""What Quarto, MyST and GitHub add to Markdown and to cells, in the PDF and on the web page."""

import nbformat.v4 as v4
import pytest
from bs4 import BeautifulSoup

from framing.typeset.formulas import displayed
from framing.typeset.markdown import to_html
from framing.typeset.notebook import _size
from tests.typeset.test_outputs import both, code, image

SVG = {"image/svg+xml": "<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'/>"}
TABLE = {"text/html": "<table><tr><th>n</th></tr><tr><td>3</td></tr></table>"}


def boxes(source):
    """Return the texts of the boxes, and of what is outside of them."""
    page = BeautifulSoup(to_html(source), "html.parser")
    found = [" ".join(box.get_text(" ").split()) for box in page.find_all("blockquote")]
    for box in page.find_all("blockquote"):
        box.decompose()
    return found, " ".join(page.get_text(" ").split())


@pytest.mark.parametrize(
    ("source", "shown"),
    [
        ("> [!NOTE]\n> Text", "Note Text"),
        ("> [!warning] Text", "Warning Text"),
        ("> [!] Text", "[!] Text"),
        ("::: {.callout-tip}\nText\n:::", "Tip Text"),
        (":::{.callout-note collapse=true title='Mind'}\nText\n:::", "Mind Text"),
        ("::: {.callout-note}\n## Mind\n\nText\n:::", "Mind Text"),
        ("```{note}\nText\n```", "Note Text"),
        ("```{warning} Mind <b>\n:class: x\n:name: y\nText\n```", "Warning Mind <b> Text"),
        ("```{admonition} Mind\n:class: tip\n\nText\n```", "Mind Text"),
        (":::{seealso}\nText\n:::", "Seealso Text"),
        ("````{note}\n```python\nprint(1)\n```\n````", "Note print(1)"),
    ],
)
def test_notes_are_boxes(source, shown):
    """As Quarto, Jupyter Book and GitHub write them; what is around them stays."""
    shown = shown.replace("Warning Mind", "Mind")  # a title of its own
    assert boxes(f"Before\n\n{source}\n\nAfter") == ([shown], "Before After")


@pytest.mark.parametrize(
    ("source", "shown"),
    [
        ("::: {#refs}\n:::\n\nEnd", "End"),
        (":::: {.a}\n::: {.b}\nText\n:::\n::::\n\nEnd", "Text End"),
        ("A\n\n:::\n\nB", "A ::: B"),  # opens nothing
        ("::: a sentence, and no division", "::: a sentence, and no division"),
        ("```{list-table} Title\n* - a\n```", "{list-table} Title * - a"),
        ("```python\nx\n```", "x"),
        ("```{code-block} python\n:linenos:\nx\n```", "x"),
        (":::{exercise} Title\nText\n:::", "{exercise} Title Text"),
        ("See {ref}`intro` and {numref}`Figure %s <a>`.", "See intro and Figure %s ."),
        ("{cite}`a2020,b2021` {own}`x<y`", "[a2020,b2021] {own} x<y"),
        ("(intro)=\n# Title {#sec .x}", "Title"),
        ("# Title {not attributes}", "Title {not attributes}"),
        ("# Sets {a, b}", "Sets {a, b}"),
        ("[a](https://x.org){target=_blank} b", "a b"),
        ("[a](https://x.org) {b}", "a {b}"),
        ("a {.b} c", "a {.b} c"),
    ],
)
def test_nothing_but_marks_is_left_out(source, shown):
    found, outside = boxes(source)
    assert not found
    assert outside.replace(" .", ".") == shown.replace(" .", ".")


def test_boxes_in_boxes_end_somewhere():
    """Code takes over in the sixth; nothing is lost."""
    deep = "x"
    for level in range(9):
        fence = "`" * (3 + level)
        deep = f"{fence}{{note}}\n{deep}\n{fence}"
    page = BeautifulSoup(to_html(deep), "html.parser")
    assert len(page.find_all("blockquote")) == 5
    assert "{note}\nx\n```" in page.get_text()


def test_figures_of_directives_are_shown(tmp_path):
    for name, colour in (("a", "red"), ("b", "blue")):
        (tmp_path / f"{name}.png").write_bytes(image("PNG", colour))
    source = "```{figure} a.png\n:width: 50%\nThe caption.\n```\n\n:::{figure} b.png\nText.\n:::"
    text, page, images = both(tmp_path, v4.new_markdown_cell(source), folder=tmp_path)
    assert images == 2
    assert "Figure 1. The caption. " in text
    assert "Text." in text
    assert [img["src"][:11] for img in page.find_all("img")] == ["data:image/"] * 2


@pytest.mark.parametrize(
    ("source", "formulas"),
    [
        ("\\begin{align}\na &= b \\\\\nc &= d \\nonumber\n\\end{align}", ["a = b", "c = d"]),
        ("\\begin{equation*}\\label{x} y = x\\end{equation*}", ["y = x"]),
        ("$$\\begin{aligned} a &= b \\\\ c &= d \\end{aligned}$$", ["a = b", "c = d"]),
        ("$$\ny = x\n$$ (eq-1)", ["y = x"]),
        ("```{math}\n:label: eq1\ny = x\n```", ["y = x"]),
        ("As {math}`y = x` says", ["y = x"]),
    ],
)
def test_formulas_in_environments_are_set(source, formulas):
    """Those of several lines line by line; labels and numbers are left out."""
    page = BeautifulSoup(to_html(source), "html.parser")
    assert [" ".join(img["alt"].split()) for img in page.find_all("img")] == formulas
    assert page.get_text().strip() in ("", "As  says")


def test_an_escaped_and_of_a_formula_stays():
    assert displayed(r"\begin{split}\text{A \& B} &= c\end{split}").count("&amp;") == 1


@pytest.mark.parametrize("kind", ["raw", "markdown"])
def test_front_matter_is_the_title(tmp_path, kind):
    """Of a raw cell, as Quarto has it, or of a Markdown cell; code above changes nothing."""
    front = (
        "---\ntitle: 'Alarm: in *three* papers'\nsubtitle: A study\nauthor:\n- name: Ann Lee\n"
        "- name: {given: Bo, family: Ek}\ndate: 2031-03-04\nexecute: {echo: false}\n---\n"
    )
    made = {"raw": v4.new_raw_cell, "markdown": v4.new_markdown_cell}[kind]
    cells = [code("", tags=["parameters"]), made(front), v4.new_markdown_cell("## Data\n\nText")]
    text, page, _ = both(tmp_path, *cells)
    assert text.startswith("Alarm: in three papers A study · Ann Lee, Bo Ek · 2031-03-04 Data Text")
    assert page.title.get_text() == "Alarm: in three papers"
    assert "execute" not in page.get_text()


@pytest.mark.parametrize(
    "source", ["---\n\nText: more\n\n---\n\nEnd", "---\nText: more\n---\nEnd", "--- a: [\n---\nEnd"]
)
def test_rules_around_a_text_are_no_front_matter(tmp_path, source):
    text, *_ = both(tmp_path, v4.new_markdown_cell("# T\n"), v4.new_markdown_cell(source))
    first, *_ = both(tmp_path, v4.new_markdown_cell(source))
    for shown in (text, first):
        assert "Text: more End" in shown or "--- a: [" in shown


def test_options_give_captions(tmp_path):
    """To figures and tables, in order; one caption is that of the last, in Markdown."""
    cells = [
        code("#| label: fig-a\n#| fig-cap: 'Tone: by *week*'\nx", SVG, {"text/plain": "printed"}),
        code("#| fig-cap: [One, Two]\nx", SVG, {"text/plain": "between"}, SVG),
        code("#| tbl-cap: How many\nx", TABLE),
        code("#| fig-cap: Of none\nx", {"text/plain": "no figure"}),
        code("#| fig-cap: Of nothing\nx"),
    ]
    text, page, _ = both(tmp_path, *cells)
    assert text == (
        "n Figure 1. Tone: by week printed Figure 2. One between Figure 3. Two "
        "Table 1. How many n 3 no figure Figure. Of none 1 / 1"
    )
    captions = [tag.get_text() for tag in page.select("p > strong")]
    assert captions == ["Figure 1.", "Figure 2.", "Figure 3.", "Table 1.", "Figure."]


@pytest.mark.parametrize(("option", "shown"), [("asis", "Head a 1"), ("true", "## Head *a*")])
def test_what_is_printed_may_be_markdown(tmp_path, option, shown):
    cell = v4.new_code_cell(f"#| output: {option}\nx")
    cell["outputs"] = [v4.new_output("stream", text="## Head\n\n*a*")]
    text, page, _ = both(tmp_path, v4.new_markdown_cell("# T"), cell)
    assert text.startswith(f"T {shown}")
    assert bool(page.find("h2")) == (option == "asis")


def test_wide_print_is_set_smaller_as_far_as_it_is_legible(tmp_path):
    """Rows of 119 characters are lines of the PDF; longer ones, or a single one, wrap."""
    assert _size(["x" * 84] * 2) == _size(["x" * 141] * 2) == _size(["x" * 119, "y"]) == ""
    row = " ".join(f"column{number:03}" for number in range(12))
    assert len(row) == 119
    assert _size([row, row]) == "0.706em"
    from pypdf import PdfReader

    both(tmp_path, code("", {"text/plain": f"{row}\n{row}"}))
    assert PdfReader(tmp_path / "out.pdf").pages[0].extract_text().split("\n").count(row) == 2


def test_of_a_long_printed_line_the_beginning_is_shown(tmp_path):
    """Both in the PDF and on the page, with how much more there is; the next line is whole."""
    line = "abcdefghi " * 1000
    printed = v4.new_code_cell("", outputs=[v4.new_output("stream", text=f"{line}{line}!\nLast")])
    text, page, _ = both(tmp_path, v4.new_markdown_cell("# T"), printed)
    for shown in (" ".join(text.split()), " ".join(page.find("pre").get_text().split())):
        assert shown.count("abcdefghi") == 1000
        assert shown.endswith("… 10,001 more characters Last")
