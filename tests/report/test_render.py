"""A notebook becomes a PDF, or an error that says why; never half of one."""

import contextlib
import csv
import errno
import io
import json
import os
import sys
from pathlib import Path

import nbformat
import nbformat.v4 as v4
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pypdf import PdfReader

from framing.report import make
from framing.report import render as report
from framing.report.job import Report
from framing.report.notebooks import find_notebook
from framing.report.parameters import Parameter, checked, declared
from framing.report.prepare import prepare
from framing.report.processes import Worker
from framing.report.render import ReportError, render

pytestmark = pytest.mark.usefixtures("kept_servers")
PARAMETERS = """\
seed = 1  # of the draws
name = ""
share = 0.5
flag = False
outlets = []
article = None
corpus = ""
tables = \"\"
"""


def write(folder: Path, *cells, declares: str | None = PARAMETERS, name: str = "study") -> Path:
    """Write a notebook: code cells, after one that declares the parameters."""
    made = [v4.new_code_cell(source) for source in cells]
    if declares is not None:
        first = v4.new_code_cell(declares)
        first.metadata["tags"] = ["parameters"]
        made.insert(0, first)
    path = folder / f"{name}.ipynb"
    nbformat.write(v4.new_notebook(cells=made), path)
    return path


def text_of(path: Path) -> str:
    return " ".join(" ".join(page.extract_text() for page in PdfReader(path).pages).split())


SHOW = "print(seed, repr(name), share, flag, outlets, article)"


def test_parameters_reach_the_notebook_typed(tmp_path):
    """Text of the command line arrives as the type of the notebook's own default."""
    given = {"seed": "7", "name": "007", "share": "1", "flag": "yes", "outlets": "a, b"}
    given["article"] = "x"
    out = render(write(tmp_path, SHOW), tmp_path / "out.pdf", parameters=given)
    assert "7 '007' 1.0 True ['a', 'b'] x" in text_of(out)


def test_corpus_and_tables_are_absolute(tmp_path, monkeypatch):
    """The notebook runs elsewhere, so its folders come as absolute paths; tables end up beside."""
    monkeypatch.chdir(tmp_path)
    notebook = write(
        tmp_path,
        "from pathlib import Path; print(corpus, Path(tables).is_absolute())",
        "Path(tables).mkdir(); Path(tables, 'a.csv').write_text('x')",
    )
    Path("texts").mkdir()
    out = render(notebook, "made/out.pdf", corpus="texts")
    squeezed = text_of(out).replace(" ", "").replace("\u200b", "")
    assert f"{tmp_path / 'texts'}True" in squeezed
    assert (tmp_path / "made" / "out-tables" / "a.csv").read_text() == "x"
    made = {"out-tables", "out.pdf", "out.json"}
    assert {path.name for path in Path("made").iterdir()} == made


def test_a_notebook_runs_where_it_lies(tmp_path, monkeypatch):
    """Files that the notebook names are looked for beside it, as in JupyterLab."""
    (tmp_path / "study").mkdir()
    (tmp_path / "study" / "beside.txt").write_text("found it")
    monkeypatch.chdir(tmp_path)
    notebook = write(Path("study"), "print(open('beside.txt').read())", declares=None)
    assert "found it" in text_of(render(notebook, "out.pdf"))


def test_a_missing_file_is_not_replaced_by_a_notebook_of_the_package(tmp_path):
    """A path that leads nowhere is an error, also if its name is known."""
    with pytest.raises(FileNotFoundError, match=r"nowhere.outlets\.ipynb: no such notebook"):
        render(tmp_path / "nowhere" / "outlets.ipynb", tmp_path / "out.pdf")


def test_two_renders_are_equal_byte_for_byte(tmp_path, monkeypatch):
    """Figures, tables, sets: the same notebook gives the same bytes, under any name."""
    monkeypatch.setattr(report, "Worker", Worker)
    notebook = write(
        tmp_path,
        "import framing as fr, pandas as pd, matplotlib.pyplot as plt; fr.use_style()",
        "plt.figure(); plt.plot([1, 2], label='Вісник'); plt.legend(); plt.show()",
        "print({'b', 'a', 'c', 'd'})\npd.DataFrame({'x': [1]}).style.background_gradient()",
    )
    made = [render(notebook, tmp_path / f"{name}.pdf").read_bytes() for name in "ab"]
    assert made[0] == made[1]
    assert "Вісник" in text_of(tmp_path / "a.pdf")


@pytest.mark.parametrize("kernel", [False, True])
def test_what_stands_in_many_notebooks_runs(tmp_path, kernel):
    """Magics, shell commands, processes that know the notebook's functions."""
    notebook = write(
        tmp_path,
        "%matplotlib inline\n%config InlineBackend.figure_format = 'retina'",
        *([] if kernel else ["%matplotlib widget", "%matplotlib notebook"]),
        "import matplotlib.pyplot as plt\nplt.plot([1, 2])\nplt.show()",
        "!echo from a shell",
        "def square(x):\n    return x * x",
        "import multiprocessing as mp\n"
        "with mp.get_context('fork').Pool(1) as pool:\n    print(pool.map(square, [3]))",
    )
    render(notebook, tmp_path / "out.pdf", kernel=kernel)
    assert len(PdfReader(tmp_path / "out.pdf").pages[0].images) == 1
    assert "from a shell" in text_of(tmp_path / "out.pdf")
    assert "[9]" in text_of(tmp_path / "out.pdf")


def test_what_a_cell_says_controls_no_terminal(tmp_path):
    """Neither colours nor titles: the error is of a cell that a text may have reached."""
    notebook = write(tmp_path, "raise ValueError('\\x1b[31mred\\u202e')")
    with pytest.raises(ReportError, match=r"^\ufffd\[31mred\ufffd\n"):
        render(notebook, tmp_path / "o\x1b.pdf")


def test_half_a_character_does_not_lose_a_report(tmp_path):
    render(write(tmp_path, "print('\\ud800 half')"), tmp_path / "out.pdf")
    assert "? half" in text_of(tmp_path / "out.pdf")
    with pytest.raises(ReportError, match=r"^\? half\n\(study.ipynb, cell 2: raise"):
        render(write(tmp_path, "raise ValueError('\\ud800 half')"), tmp_path / "out.pdf")


FAILURES = {
    "raises": ("1 / 0  # here", "ZeroDivisionError: division by zero"),
    "exits": ("import sys; sys.exit(0)  # here", "did not"),
    "leaves": ("exit()  # here", "did not"),
    "dies": ("import os; os._exit(0)  # here", "died"),
    "asks": ("input('?')  # here", "StdinNotImplementedError"),
}


@pytest.mark.parametrize("kernel", [False, True])
@pytest.mark.parametrize("kind", FAILURES)
def test_a_failing_cell_is_named_and_leaves_no_pdf(tmp_path, kind, kernel):
    """The error names the cell as one counts it; the old PDF stays, the notebook is kept."""
    source, says = FAILURES[kind]
    out = tmp_path / "out.pdf"
    out.write_bytes(b"old")
    notebook = write(tmp_path, "x = 1", source, "print('never')")
    with pytest.raises(ReportError, match=says) as caught:
        render(notebook, out, parameters={"seed": 2}, kernel=kernel)
    told = str(caught.value)
    assert "cell 3" in told
    assert "# here" in told
    assert told.count("\n") == 2
    assert out.read_bytes() == b"old"
    kept = tmp_path / "out.failed.ipynb"
    assert str(kept) in told
    assert "# here" in "".join(cell.source for cell in nbformat.read(kept, 4).cells)
    assert says in (tmp_path / "out.failed.log").read_text()
    there = {"out.pdf", "out.failed.log", kept.name, notebook.name}
    assert {p.name for p in tmp_path.iterdir()} == there


@pytest.mark.parametrize("fails", [False, True])
def test_a_kept_notebook_names_the_folder_where_its_tables_are(tmp_path, fails):
    """It was the folder in which the report was made, which is gone."""
    source = "from pathlib import Path\nPath(tables).mkdir(exist_ok=True)" + "\n1 / 0" * fails
    book = nbformat.read(write(tmp_path, source), 4)
    cell = nbformat.v4.new_code_cell('tables = ""', metadata={"tags": ["parameters"]})
    book.cells.insert(0, cell)
    nbformat.write(book, tmp_path / "study.ipynb")
    with pytest.raises(ReportError) if fails else contextlib.nullcontext():
        render(tmp_path / "study.ipynb", tmp_path / "é out.pdf", keep_notebook=True)
    text = (tmp_path / f"é out{'.failed' * fails}.ipynb").read_text("utf-8")
    book = nbformat.reads(text, as_version=4)
    assert ".partial/tables" not in text
    folder = str(tmp_path / "é out-tables")
    line = f'tables = "{folder}"'.replace("é", "\\xe9")
    assert any(line in cell.source for cell in book.cells)
    assert book.metadata.papermill.parameters.tables == folder


def test_a_success_takes_the_failed_notebook_away(tmp_path):
    """What is left of a failure does not stand beside a good report."""
    (tmp_path / "out.failed.ipynb").write_text("{}")
    out = render(write(tmp_path, "print('fine')"), tmp_path / "out.pdf", keep_notebook=True)
    assert {p.name for p in tmp_path.iterdir()} == {
        "out.pdf",
        "out.json",
        "out.ipynb",
        "study.ipynb",
    }
    assert "fine" in text_of(out)
    assert any(cell.get("outputs") for cell in nbformat.read(tmp_path / "out.ipynb", 4).cells)


def test_nothing_of_the_users_runs_in_the_kernel(tmp_path, monkeypatch):
    """Start-up files, another python3 kernel, a matplotlib backend: the report ignores them."""
    ipython = tmp_path / "ipython" / "profile_default" / "startup"
    ipython.mkdir(parents=True)
    (ipython / "00.py").write_text("name_from_startup = 1")
    spec = tmp_path / "jupyter" / "kernels" / "python3"
    spec.mkdir(parents=True)
    broken = {"argv": ["/nonexistent", "{connection_file}"], "display_name": "x", "language": "R"}
    (spec / "kernel.json").write_text(json.dumps(broken))
    monkeypatch.setenv("IPYTHONDIR", str(tmp_path / "ipython"))
    monkeypatch.setenv("JUPYTER_PATH", str(tmp_path / "jupyter"))
    monkeypatch.setenv("MPLBACKEND", "agg")
    monkeypatch.setattr(report, "Worker", Worker)
    before = dict(os.environ)
    notebook = write(
        tmp_path,
        "import sys; print(sys.executable); print('name_from_startup' in globals())",
        "import framing as fr, matplotlib.pyplot as plt; fr.use_style(); plt.title('drawn'); plt.show()",
    )
    found = text_of(render(notebook, tmp_path / "out.pdf")).replace("\u200b", "")
    assert sys.executable in found.replace(" ", "")
    assert "False" in found
    assert "drawn" in found
    assert dict(os.environ) == before


@pytest.mark.parametrize(
    ("options", "error", "says"),
    [
        ({"parameters": {"sed": 1}}, ValueError, "'sed': did you mean 'seed'.*seed, name, share"),
        ({"parameters": {"x=1;import os": 1}}, ValueError, "no parameter 'x=1;import os'"),
        ({"parameters": {"seed": "one"}}, ValueError, "'seed' must be a whole number.*got 'one'"),
        ({"corpus": "/no/such"}, FileNotFoundError, "/no/such"),
        ({"paper": "a5"}, ValueError, "a4, us-letter"),
        ({"fonts": "/no/such"}, FileNotFoundError, "/no/such"),
    ],
)
def test_mistakes_are_told_before_any_notebook_runs(tmp_path, monkeypatch, options, error, says):
    """What can be known before is told before."""
    monkeypatch.setattr(report, "run", lambda *_, **__: pytest.fail("a notebook ran"))
    with pytest.raises(error, match=says):
        render(write(tmp_path), tmp_path / "out.pdf", **options)


@pytest.mark.parametrize("out", ["folder", "file.txt/out.pdf"])
def test_where_no_pdf_can_be_is_told_before_any_notebook_runs(tmp_path, monkeypatch, out):
    """A folder is no PDF, and a file is no folder."""
    monkeypatch.setattr(report, "run", lambda *_, **__: pytest.fail("a notebook ran"))
    (tmp_path / "folder").mkdir()
    (tmp_path / "file.txt").write_text("")
    with pytest.raises(OSError, match=r"folder|file\.txt"):
        render(write(tmp_path), tmp_path / out)


def test_an_unknown_notebook_lists_those_there_are(tmp_path):
    """A mistyped notebook is told what the package has."""
    with pytest.raises(
        FileNotFoundError,
        match=r"outlet: no such notebook.*article, headlines, outlets, portrait.*rewrite",
    ):
        render("outlet", tmp_path / "out.pdf")


def test_a_file_that_is_no_notebook_is_told(tmp_path):
    """Broken JSON is an error that names the file."""
    (tmp_path / "torn.ipynb").write_text('{"cells": [')
    with pytest.raises(ValueError, match=r"torn\.ipynb"):
        render(tmp_path / "torn.ipynb", tmp_path / "out.pdf")


def test_declarations_are_read_and_not_run():
    """Only literals are defaults; a computed one takes any value, and no code runs."""
    source = "a: int = 3  # how many\nb = open('/no/such')\nc, d = 1, 2\ne = -1.5\nf = None"
    cell = {"metadata": {"tags": ["parameters"]}, "source": source}
    known = declared({"cells": [cell]})
    assert list(known) == ["a", "b", "e", "f"]
    assert known["a"].default == 3
    assert known["a"].comment == "how many"
    assert checked({"a": "4", "b": "x", "e": "2", "f": "y"}, known) == {
        "a": 4,
        "b": "x",
        "e": 2.0,
        "f": "y",
    }


def test_a_comment_begins_after_the_default():
    """Number signs and letters beyond ASCII inside the default are no comment."""
    source = 'tag = "#Вісник"  # whose; # stays\nseed = 1'
    known = declared({"cells": [{"metadata": {"tags": ["parameters"]}, "source": source}]})
    assert [parameter.comment for parameter in known.values()] == ["whose; # stays", ""]


@given(
    st.one_of(
        st.integers(),
        st.floats(allow_nan=False, allow_infinity=False),
        st.booleans(),
        st.text(),
        st.lists(st.text(st.characters(exclude_categories=["C", "Z"]), min_size=1)),
    )
)
def test_a_value_written_as_text_comes_back(value):
    """What the command line hands over as text is the value again, whatever it holds."""
    text = str(value)
    if isinstance(value, list):
        row = io.StringIO()
        csv.writer(row, quoting=csv.QUOTE_ALL).writerow(value)
        text = row.getvalue().rstrip("\r\n")
    known = {"p": Parameter("p", type(value)(), "")}
    found = checked({"p": text}, known)["p"]
    assert (found, type(found)) == (value, type(value))


@pytest.mark.parametrize("source", ["%matplotlib inline\nseed = 1", "seed = ", "!ls\nseed = 1"])
def test_a_parameters_cell_that_is_no_python_is_told(source):
    """Magic or broken code in the parameters cell is named, in one line."""
    cell = {"metadata": {"tags": ["parameters"]}, "source": source}
    with pytest.raises(ValueError, match=r"parameters cell.*line 1"):
        declared({"cells": [cell]})


@pytest.mark.parametrize(
    ("default", "value", "wanted"),
    [
        (1, "010", 10),
        (1, " 3 ", 3),
        (1, "1e5", None),
        (1, True, None),
        (1, 2.0, None),
        (1.0, 2, 2.0),
        (1.0, "1e5", 1e5),
        (1.0, "nan", None),
        (True, "no", False),
        (True, "2", None),
        ("x", "1e5", "1e5"),
        ("x", 3, None),
        ("x", Path("a/b"), str(Path("a/b"))),
        ([], "a, b,", ["a", "b"]),
        ([], '"Herald, The", b', ["Herald, The", "b"]),
        ([], '["Herald, The", "b"]', ["Herald, The", "b"]),
        ([], "[x] News, b", ["[x] News", "b"]),
        ([], '"never closed', None),
        ([], ("a", "b"), ["a", "b"]),
        ([], "", []),
        ([1], "1, 2", [1, 2]),
        ([1], "1, b", None),
        (None, 3, 3),
    ],
)
def test_values_are_typed_by_the_default(default, value, wanted):
    """A value has the type of the default, or is refused with both in the message."""
    known = declared(
        {"cells": [{"metadata": {"tags": ["parameters"]}, "source": f"p = {default!r}"}]}
    )
    if wanted is None:
        with pytest.raises(ValueError, match="'p' must be"):
            checked({"p": value}, known)
    else:
        found = checked({"p": value}, known)["p"]
        assert (found, type(found)) == (wanted, type(wanted))


@pytest.mark.parametrize("kernel", [False, True])
def test_cells_that_are_skipped_or_may_fail(tmp_path, kernel):
    """Tags of Jupyter and options of Quarto; cells after them keep their numbers in an error."""
    notebook = write(
        tmp_path,
        "#| label: later\n#| eval: false\nraise SystemExit",
        *("print('not 1')", "#| tags: [skip-execution]\nprint('not 2')"),
        *("#| error: true\nraise KeyError('shown 1')", "raise KeyError('shown 2')"),
        "print('went on')",
    )
    found = nbformat.read(notebook, as_version=4)
    found.cells[-5].metadata.tags = ["skip-execution"]
    found.cells[-2].metadata.tags = ["raises-exception"]
    nbformat.write(found, notebook)
    text = text_of(render(notebook, tmp_path / "out.pdf", kernel=kernel))
    assert "KeyError: 'shown 1' KeyError: 'shown 2' went on" in text
    assert "not" not in text.partition("SHA-256")[0]
    found.cells[-1].source = "1 / 0"
    nbformat.write(found, notebook)
    with pytest.raises(ReportError, match=r"division by zero\n\(study.ipynb, cell 7: 1 / 0\)"):
        render(notebook, tmp_path / "out.pdf", kernel=kernel)


@pytest.mark.parametrize("kernel", [False, True])
@pytest.mark.parametrize(
    ("source", "says"),
    [
        ("%%R\nx <- 1", "Cell magic `%%R` not found. A report runs Python, "),
        ("rows = %sql select 1", "Line magic function `%sql` not found. A report runs Python, "),
        ("%load_ext no_such", "No module named 'no_such' (reports run in "),
    ],
)
def test_a_magic_that_is_not_there_is_named_with_what_to_do(tmp_path, source, says, kernel):
    with pytest.raises(ReportError) as caught:
        render(write(tmp_path, source), tmp_path / "out.pdf", kernel=kernel)
    assert says in str(caught.value)
    assert f"\n(study.ipynb, cell 2: {source.splitlines()[0]})" in str(caught.value)


def test_what_cannot_be_shown_stands_in_the_record(tmp_path):
    """In the words of the PDF; of a report that shows everything there is nothing."""
    cell = "from IPython.display import HTML\nHTML('<video></video>')"
    with pytest.warns(UserWarning, match="<video> element"):
        out = render(write(tmp_path, cell), tmp_path / "out.pdf")
    told = json.loads(out.with_suffix(".json").read_text())["warnings"]
    assert told == ["not shown in the PDF: <video> element"]
    assert "[<video> element that a report cannot show]" in text_of(out)
    out = render(write(tmp_path, "1"), tmp_path / "out.pdf")
    assert "warnings" not in json.loads(out.with_suffix(".json").read_text())


def test_a_picture_beside_the_notebook_is_a_part_of_it(tmp_path):
    """The record has its hash, however Markdown names it; others and addresses are not there."""
    notebook = write(tmp_path, "1")
    found = nbformat.read(notebook, as_version=4)
    text = '![a](one%20a.png)\n<img src="b/two.png">\n![c][c] ![d](https://x.org/one.png)\n\n[c]: three.png'
    text += "\n\n```{figure} five.png\nCaption\n```"
    found.cells.append(v4.new_markdown_cell(text))
    nbformat.write(found, notebook)
    (tmp_path / "b").mkdir()
    for name in ("one a.png", "b/two.png", "three.png", "four.png", "five.png"):
        (tmp_path / name).write_bytes(name.encode())
    job = prepare(Report(notebook, tmp_path / "out.pdf"))
    before = job.record["notebook"]["pictures"]
    assert set(before) == {"one a.png", "b/two.png", "three.png", "five.png"}
    (tmp_path / "three.png").write_bytes(b"other")
    after = prepare(Report(notebook, tmp_path / "out.pdf")).record["notebook"]["pictures"]
    assert {name for name in before if before[name] != after[name]} == {"three.png"}


def test_the_article_that_a_notebook_names_is_of_its_own_corpus(tmp_path):
    """Another corpus than the default one needs another article, which the error asks for."""
    other = tmp_path / "own.csv"
    other.write_text("title,text,outlet\nFog,It may rain.,Gull\nSnow,It may snow.,Gull\n")
    notebook = find_notebook("article")
    for corpus, wanted in ((other, ""), (Path("strait"), None)):
        report = Report(notebook, tmp_path / "a.pdf", corpus=corpus)
        assert prepare(report).parameters.get("article") == wanted
    with pytest.raises(ReportError, match=r"2 articles: choose .*Fog .*\n.* -p article ID\n\(art"):
        render("article", tmp_path / "a.pdf", corpus=other)
    given = {"article": "snow"}
    made = render("article", tmp_path / "a.pdf", corpus=other, parameters=given, keep_notebook=True)
    assert "Snow" in text_of(made)
    shown = made.with_suffix(".ipynb").read_text()  # JupyterLab shows no SVG that others have made
    assert "image/png" in shown and "image/svg+xml" in shown
    assert not any(page.images for page in PdfReader(made).pages)


def test_a_text_that_a_format_cuts_is_told_by_the_report(tmp_path):
    """As `save_tables` warns, also where the tables are written by the report itself."""
    code = (
        'import pandas as pd\nimport framing as fr\nlong = pd.DataFrame({"text": ["x" * 40_000]})\n'
    )
    book = v4.new_notebook(cells=[
        v4.new_markdown_cell("# What?"),
        v4.new_code_cell('tables = ""', metadata={"tags": ["parameters"]}),
        v4.new_code_cell(f"{code}fr.save_tables(tables, long=long);"),
    ])  # fmt: skip
    nbformat.write(book, tmp_path / "q.ipynb")
    with pytest.warns(UserWarning, match="long.xlsx: 1 text of column 'text' longer than"):
        render(tmp_path / "q.ipynb", tmp_path / "q.pdf", formats=["xlsx"])


def test_a_report_replaces_nothing_that_it_is_made_of(tmp_path, monkeypatch):
    """Articles, a dictionary, the notebook; nor any file that is no PDF."""
    monkeypatch.chdir(tmp_path)
    first = v4.new_code_cell('corpus = ""\ntables = ""')
    first.metadata["tags"] = ["parameters"]
    last = "import os; os.makedirs(tables); open(os.path.join(tables, 'c.csv'), 'w').close()"
    nbformat.write(v4.new_notebook(cells=[first, v4.new_code_cell(last)]), "n.ipynb")
    corpora = ["c.csv", "c.html", "c.docx"]
    for name in corpora:
        Path(name).write_text("mine")
    before = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    for out, corpus, options in [
        ("c.csv", "c.csv", {}),
        ("c.txt", "c.csv", {}),
        ("c.pdf", "c.html", {"html": True}),
        ("c.pdf", "c.docx", {"docx": True}),
        ("n.pdf", "c.csv", {"keep_notebook": True}),
        ("c.pdf", ".", {"tables": "."}),
        ("c.pdf", "c.csv", {"tables": "."}),
    ]:
        with pytest.raises(
            (ValueError, RuntimeError, FileExistsError), match=r"\.pdf|made of|read by"
        ):
            render("n.ipynb", out, corpus=corpus, **options)
        for kept in tmp_path.glob("*.failed.*"):
            kept.unlink()
        assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == before


def test_an_error_is_told_also_where_its_log_cannot_be_written(monkeypatch, tmp_path):
    """The disk of the log is that of the report: what is full is not to be told there alone."""

    class Full(io.StringIO):
        def write(self, text):
            raise OSError(errno.ENOSPC, "No space left on device")

    def make_nothing(job, send):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(sys, "__stderr__", Full())
    monkeypatch.setattr(make, "_make", make_nothing)
    monkeypatch.setattr(make, "_limit_memory", lambda memory: None)
    told = []
    make.make(prepare(Report(find_notebook("outlets"), tmp_path / "o.pdf")), told.append)
    assert told == [{"error": "outlets.ipynb: OSError: [Errno 28] No space left on device"}]


@pytest.mark.parametrize("end", ["MemoryError", "died: SIGSEGV", "died: SIGABRT", "Kernel died"])
def test_what_may_have_been_a_lack_of_memory_tells_the_limit(tmp_path, end):
    job = prepare(Report(find_notebook("outlets"), tmp_path / "o.pdf", memory=3 * 10**8))
    assert report._hint(end, job) == " (the plan limits memory to 0.3 GB)"
    assert report._hint("ValueError: no outlet", job) == ""
