"""A Word document has what the web page has, and nothing of the time it was made."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest
from nbformat import v4

from framing.typeset.text import width
from framing.typeset.word import fitted, write_docx

docx = pytest.importorskip("docx")
pytest.importorskip("html4docx")

SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="300pt" height="100pt">'
    '<rect width="300" height="100" fill="#0072b2"/></svg>'
)
TABLE = (
    "<table><thead><tr><th>outlet</th><th>hedging</th></tr></thead>"
    "<tbody><tr><td>#read(&quot;x&quot;) Вісник</td><td>1.20</td></tr></tbody></table>"
)
MARKED = (
    '<div style="background-color:#f6f1e8">Talks '
    '<span style="background-color:#cfe3f5">may<span style="font-size:70%"> modal</span></span> fail.'
    "</div>"
)


def made(folder: Path, name: str) -> Path:
    outputs = [
        v4.new_output("display_data", {"image/svg+xml": SVG}),
        v4.new_output("display_data", {"text/html": TABLE}),
        v4.new_output("display_data", {"text/html": MARKED}),
        v4.new_output("display_data", {"text/html": '<img src="http://example.org/x.png">'}),
    ]
    cells = [v4.new_markdown_cell("# Who hedges?"), v4.new_code_cell("1", outputs=outputs)]
    write_docx(v4.new_notebook(cells=cells), folder / name, name="report")
    return folder / name


@pytest.fixture(scope="module")
def document(tmp_path_factory):
    return docx.Document(made(tmp_path_factory.mktemp("word"), "a.docx"))


def test_headings_tables_and_figures_are_there(document):
    assert document.paragraphs[0].text == "Who hedges?"
    assert document.paragraphs[0].style.name.startswith(("Heading 1", "Title"))
    (table,) = document.tables
    assert [cell.text for row in table.rows for cell in row.cells] == [
        "outlet", "hedging", '#read("x") Вісник', "1.20",
    ]  # fmt: skip
    (figure,) = document.inline_shapes
    assert figure.width / figure.height == pytest.approx(3, rel=0.01)
    assert figure.width <= 16 * 360_000


def test_columns_are_as_wide_as_their_words():
    """No word of a usual table is broken; equal columns were narrower than *Northern*."""
    columns = [["outlet", "Northern Standard"], ["verdict", "undecided"], *[["n", "0.25"]] * 7]
    size, widths = fitted(columns)
    assert sum(widths) == pytest.approx(16 / 2.54 * 72)
    for column, points in zip(columns, widths, strict=True):
        assert all(size * width(word) < points - 8 for text in column for word in text.split())


def test_only_the_marked_word_is_highlighted(document):
    runs = [run for p in document.paragraphs for run in p.runs if "w:shd" in run._r.xml]
    assert [run.text.strip() for run in runs] == ["may", "modal"]
    assert 'w:fill="CFE3F5"' in runs[0]._r.xml
    assert [bool(run.font.subscript) for run in runs] == [False, True]  # what it counts as is small


def test_the_same_notebook_gives_the_same_bytes(tmp_path):
    assert made(tmp_path, "a.docx").read_bytes() == made(tmp_path, "b.docx").read_bytes()
    with zipfile.ZipFile(io.BytesIO((tmp_path / "a.docx").read_bytes())) as archive:
        assert {entry.date_time[0] for entry in archive.infolist()} == {1980}
