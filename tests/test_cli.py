"""The command: one line an error, the PDF where one asked for it."""

import re
import subprocess
import sys
from pathlib import Path

import nbformat
import nbformat.v4 as v4
import pandas as pd
import pytest
from click.testing import CliRunner

import framing
from framing import cli
from framing.typeset import MissingGlyphs
from tests.conftest import ROOT, STRAIT

pytestmark = pytest.mark.usefixtures("kept_servers")


@pytest.fixture
def notebook(tmp_path):
    first = v4.new_code_cell('corpus = ""\nseed = 1')
    first.metadata["tags"] = ["parameters"]
    path = tmp_path / "study.ipynb"
    nbformat.write(v4.new_notebook(cells=[first, v4.new_code_cell("print(seed, '🦊')")]), path)
    return path


def run(*arguments):
    return CliRunner().invoke(cli.main, [str(argument) for argument in arguments])


def test_version():
    """The command knows its version."""
    assert run("--version").output == f"framing, version {framing.__version__}\n"


@pytest.mark.parametrize(
    "command",
    [[], ["read"], ["report"], ["batch"], ["new"], ["score"], ["demo"], ["cite"], ["check"]],
)
def test_help(command):
    """Every command explains itself, with -h and --help alike."""
    done = run(*command, "-h")
    assert done.exit_code == 0
    assert done.output == run(*command, "--help").output
    assert done.output.startswith("Usage: ")


@pytest.mark.parametrize(
    ("command", "name"),
    [
        (["read"], "source"), (["check"], "source"), (["score", "-o", "x.csv"], "source"),
        (["score", "a.csv", "-o"], "output"), (["report", "outlets", "--corpus"], "corpus"),
        (["batch"], "plan"), (["new"], "folder"), (["validate", "new", "-o", "x.csv"], "corpus"),
    ],
)  # fmt: skip
def test_an_empty_name_is_not_the_folder_one_is_in(tmp_path, monkeypatch, command, name):
    """As a variable of a shell that is not set gives it."""
    monkeypatch.chdir(tmp_path)
    done = run(*command, "")
    assert done.exit_code == 2 and f"{name} is empty" in done.output
    assert not [*tmp_path.iterdir()]


def test_no_control_character_of_a_name_reaches_the_terminal():
    for command in ("check", "read", "score"):
        done = run(
            command, "a\x1b]0;x\x07.csv", *(["-o", "x.parquet"] if command == "score" else [])
        )
        assert done.exit_code == 1
        assert "\x1b" not in done.output and "\x07" not in done.output


CONTROL = "\x1b[31m\u009b\x07"


@pytest.mark.parametrize(
    ("command", "code"),
    [(["read", "a.txt", "-o", f"o{CONTROL}"], 0), (["new", f"study{CONTROL}"], 0),
     (["score", "a.txt", "-o", f"s{CONTROL}.csv"], 0), (["read", "a.txt", f"b{CONTROL}"], 2),
     (["score", "a.txt", "-o", f"s.{CONTROL}"], 1), ([f"x{CONTROL}"], 2)],
)  # fmt: skip
def test_no_control_character_of_an_output_reaches_the_terminal(
    tmp_path, monkeypatch, command, code
):
    """It is told by its name without them; so are arguments too many, as of a pattern of names."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a.txt").write_text("Ministers said that the talks may fail, and people fear it.")
    done = run(*command)
    assert done.exit_code == code, done.output
    assert not re.search(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]", done.output)
    assert "[31m" in done.output


def test_help_of_a_report_lists_the_parameters_of_the_notebook(notebook):
    """Name, default and comment of each."""
    notebook.write_text(notebook.read_text().replace("seed = 1", "seed = 1  # of the draws"))
    done = run("report", notebook, "--help")
    assert done.exit_code == 0, done.output
    assert "seed = 1" in done.output
    assert "of the draws" in done.output
    assert run("report", "nothing", "--help").exit_code == 1


def test_a_report_needs_a_notebook():
    """Without one the command says so."""
    done = run("report", "-o", "x.pdf")
    assert done.exit_code == 2
    assert "Missing argument NOTEBOOK" in done.stderr


def test_report_writes_the_pdf_and_tells_warnings_in_one_line(notebook, tmp_path):
    """A report is written where it was asked for; what has no glyph is said in one line."""
    done = run("report", notebook, "-o", tmp_path / "out.pdf", "-p", "seed", "4")
    assert done.exit_code == 0, done.output
    assert (tmp_path / "out.pdf").read_bytes().startswith(b"%PDF")
    assert done.stdout == f"{tmp_path / 'out.pdf'}\n"
    assert done.stderr.startswith("Warning: no glyph for 1 character, shown by code point: ")
    assert "FOX FACE (1)" in done.stderr
    assert done.stderr.count("\n") == 1


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("nothing", "-o", "x.pdf"), "nothing: no such notebook"),
        (("{}", "-o", "x.pdf", "-p", "sede", "1"), "did you mean 'seed'"),
        (("{}", "-o", "x.pdf", "-p", "seed", "x"), "'seed' must be a whole number"),
        (("{}", "-o", "x.pdf", "--corpus", "/no/such"), "/no/such"),
        (("{}", "-o", "."), "is a folder"),
    ],
)
def test_mistakes_are_one_line(notebook, tmp_path, monkeypatch, arguments, says):
    """What the user got wrong is one line on standard error, and the status is 1."""
    monkeypatch.chdir(tmp_path)
    done = run("report", *(argument.format(notebook) for argument in arguments))
    assert done.exit_code == 1
    assert done.stderr.startswith("Error: ")
    assert says in done.stderr
    assert done.stderr.count("\n") == 1
    assert not list(tmp_path.glob("*.pdf"))


def test_a_failing_cell_is_told_in_three_lines(notebook, tmp_path):
    """What went wrong, in which cell, and the notebook that is kept."""
    failing = v4.new_notebook(cells=[v4.new_code_cell("fine = 1\n\nraise RuntimeError('a\\nb')")])
    nbformat.write(failing, notebook)
    done = run("report", notebook, "-o", tmp_path / "out.pdf")
    assert done.exit_code == 1
    lines = done.stderr.splitlines()
    assert lines[0] == "Error: RuntimeError: a b"
    assert lines[1] == "(study.ipynb, cell 1: raise RuntimeError('a\\nb'))"
    assert lines[2].endswith("out.failed.ipynb")
    assert len(lines) == 3


def test_demo_says_what_it_does_and_where_the_reports_are(tmp_path, monkeypatch):
    """The demo makes the two bundled reports, tells progress in plain lines, and where they are."""
    asked = []

    def made(notebook, out, **options):
        asked.append((notebook, options["corpus"].name, options["parameters"]))
        return out

    monkeypatch.setattr("framing.report.render.render", made)
    done = run("demo", "-o", tmp_path)
    assert done.exit_code == 0, done.output
    assert [notebook for notebook, *_ in asked] == ["outlets", "article"]
    assert {corpus for _, corpus, _ in asked} == {"strait"}
    assert done.stderr.count("\n") == 2
    assert str(tmp_path / "outlets.pdf") in done.stdout
    assert str(tmp_path / "article.pdf") in done.stdout


def test_missing_glyphs_are_a_warning_one_can_filter():
    """Scripts that want to can turn it into an error."""
    assert issubclass(MissingGlyphs, UserWarning)


def test_read_writes_what_read_corpus_reads(tmp_path):
    """Columns and outlets named on the command line are those of `read_corpus`."""
    source, out = tmp_path / "rows.csv", tmp_path / "out"
    source.write_text('medium,body\nFOX,"Talks failed in Dovek, and ships left the harbour."\n')
    done = run("read", source, "-o", out, "--map", "outlet=medium", "--map", "text=body",
               "--outlet", "FOX=Fox News", "--workers", 1)  # fmt: skip
    assert done.exit_code == 0, done.output
    assert "1 input: 1 read" in done.output
    corpus = framing.read_corpus(
        source, columns={"outlet": "medium", "text": "body"}, outlets={"FOX": "Fox News"}
    )
    for name in ("paragraphs", "articles"):
        written = pd.read_parquet(out / f"{name}.parquet")
        pd.testing.assert_frame_equal(written, getattr(corpus, name))
    assert corpus.articles["outlet"].tolist() == ["Fox News"]
    assert (out / "audit.csv").exists()


def test_read_names_a_pair_that_is_none(tmp_path):
    """What came and what is asked for, on one line."""
    done = run("read", tmp_path, "--map", "outlet")
    assert done.exit_code == 2
    assert "'outlet' is not of the form FIELD=COLUMN" in done.output


def test_cite_prints_text_and_bibtex():
    """The version is that in use; every brace of BibTeX is closed."""
    done, entries = run("cite").output, run("cite", "--bibtex").output
    assert done.endswith(entries)
    assert f"(Version {framing.__version__})" in done
    assert "Hutto, C. J., & Gilbert, E. (2014)." in done
    assert entries.count("{") == entries.count("}")
    assert entries.startswith("@software{framing,")
    assert "title = {{VADER}: A Pars" in entries and "{AAAI} Conf" in entries


def test_without_arguments_it_says_what_to_do():
    """Every command that it names exists."""
    done = run()
    assert done.exit_code == 0
    named = [line.split("framing ")[1].split()[0] for line in done.output.splitlines()[2:]]
    assert set(named) - {"--help"} <= set(cli.main.commands)
    assert "check" in named and "demo" in named


def test_a_bundled_notebook_without_articles_offers_the_example(tmp_path, monkeypatch):
    """Nobody takes a report on invented outlets for one on her own."""
    asked = []
    monkeypatch.setattr(
        "framing.report.render.render", lambda *given, **options: asked.append((given, options))
    )
    done = run("report", "outlets")
    assert done.exit_code == 2 and "framing report outlets --example" in done.stderr
    assert run("report", "outlets", "--example", "--corpus", tmp_path).exit_code == 2
    assert asked == []
    assert run("report", "outlets", "--example").exit_code == 0
    ((given, options),) = asked
    assert given == ("outlets", Path("outlets.pdf")) and options["corpus"].name == "strait"


def test_check_reads_and_writes_nothing(tmp_path, monkeypatch):
    """What each field of the first article is, and which reports are possible."""
    source = tmp_path / "rows.csv"
    source.write_text("medium,body\nSun,Talks failed in Dovek.\nSun,Ships may leave.\n")
    monkeypatch.chdir(tmp_path)
    done = run("check", source, "--map", "outlet=medium", "--map", "text=body", "--workers", 1)
    assert done.exit_code == 0, done.output
    answers = [line.split() for line in done.stdout.split("Reports:\n")[1].splitlines()]
    possible = {words[0]: words[1] for words in answers}
    assert (possible["article"], possible["outlets"], possible["headlines"]) == ("yes", "no", "no")
    assert "outlet is 'Sun' for all articles: there is nothing to compare; the repo" in done.stdout
    assert "date      none" in done.stdout
    assert [path.name for path in tmp_path.iterdir()] == ["rows.csv"]


def test_what_nobody_reads_any_more_ends_quietly(tmp_path):
    """As after `framing check IN | head`."""
    (tmp_path / "a.csv").write_text("title,text\nTalks,Talks failed in Dovek.\n")
    command = [sys.executable, "-m", "framing", "check", tmp_path / "a.csv", "--workers", "1"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        process.stdout.close()
        told = process.stderr.read().decode()
    assert process.returncode == 1
    assert told == ""


def test_another_broken_pipe_is_an_error(monkeypatch):
    def broken(*_, **__):
        raise BrokenPipeError(32, "Broken pipe")

    monkeypatch.setattr("framing.corpus.read.read_corpus", broken)
    done = run("check", "a.csv")
    assert (done.exit_code, done.stderr) == (1, "Error: [Errno 32] Broken pipe\n")


def test_a_report_tells_what_was_read_as_what(tmp_path):
    """Beside the PDF stands the table of columns; the path is all that standard output has."""
    (tmp_path / "rows.csv").write_text("headline_text,text,outlet\nTalks,It rained all day.,Sun\n")
    out = tmp_path / "a.pdf"
    done = run("report", "article", "--corpus", tmp_path / "rows.csv", "-o", out)
    assert done.stdout == f"{out}\n", done.output
    assert "title from 'headline_text'" in done.stderr
    assert "1 without a date" in done.stderr


def test_validate_draws_a_sheet_checks_it_and_reports(tmp_path):
    """From a corpus to a sheet, and from filled sheets to a paragraph and tables."""
    corpus, coded = STRAIT, ROOT / "corpora" / "strait-coded"
    sheet = tmp_path / "sheet.xlsx"
    done = run("validate", "new", corpus, "-o", sheet, "--hits", "5")
    assert done.exit_code == 0, done.output
    assert sheet.exists()
    assert (tmp_path / "sheet.key.json").exists()
    fewer = ["--measures", "hedge", "--hits", "40", "--near-misses", "0", "--without", "0"]
    more = ["--per-article", "6", "--overlap", "0"]
    drawn = run("validate", "new", corpus, "-o", tmp_path / "few", *fewer, *more)
    assert drawn.exit_code == 0, drawn.output
    one, two = (pd.read_csv(tmp_path / "few" / f"coder-{number}.csv") for number in "12")
    assert "hedge" in one and not {"alarm", "tone"} & {*one}
    assert len(one) + len(two) > 2 * 74 and not {*one["passage"]} & {*two["passage"]}
    typo = run("validate", "new", corpus, "-o", "x", "--measures", "hegde")
    assert typo.exit_code == 1 and "did you mean 'hedge'" in typo.output
    empty = run("validate", "check", sheet)
    assert "Agreement on hedging is not known: nobody has coded yet." in empty.output
    checked = run("validate", "check", coded)
    assert (
        "Krippendorff's alpha of 444 sentences that two coders or more decided was 0.88"
        in " ".join(checked.output.split())
    )
    assert re.search(r"\d+ disagreements, 0 of them a \? beside a code", checked.output)
    tables = tmp_path / "tables"
    reported = run("validate", "report", coded, "--corpus", corpus, "--tables", tables)
    assert reported.output.startswith("2 coders, blind to outlet, date and score, coded 444 of 444")
    assert (tables / "validity.csv").exists()
    gone = run("validate", "report", coded, "--corpus", STRAIT / "daily-clarion")
    assert gone.exit_code == 1
    assert "coded passages are not in this corpus" in gone.output


@pytest.mark.parametrize(
    "arguments", [("score", "-o", "f/o.csv"), ("validate", "new", "-o", "f/s.xlsx")]
)
def test_an_output_that_cannot_be_written_is_told_before_anything_is_read(
    arguments, tmp_path, monkeypatch
):
    """A file stands where its folder should be; a corpus may take an hour."""
    monkeypatch.chdir(tmp_path)
    Path("f").write_text("mine")
    *command, option, out = arguments
    monkeypatch.setattr("framing.corpus.read.read_corpus", lambda *_, **__: 1 / 0)
    done = run(*command, str(STRAIT), option, out)
    assert done.exit_code == 1
    assert done.stderr == "Error: f: cannot be written to (File exists); choose another folder\n"
