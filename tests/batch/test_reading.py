"""How a corpus is read, chosen for a report, a plan or on the command line."""

from __future__ import annotations

import json

import pandas as pd
import pytest
from click.testing import CliRunner

import framing as fr
from framing.cli import main
from tests.report.test_render import text_of, write

pytestmark = pytest.mark.usefixtures("kept_servers")
KEPT = 'corpus = ""\ntables = ""\nkept = ""\n'
SHOW = """\
import framing as fr
study = fr.read_corpus(kept or corpus)
fr.save_tables(tables, articles=study.articles)
row = study.articles.iloc[0]
print(row["title"], row["outlet"], row["date"].date())
"""
READING = {"columns": {"title": "kop", "outlet": "krant"}, "dates": "mdy"}
SHOWN = "Ferry may stop Sun 2031-03-04"


@pytest.fixture
def corpus(tmp_path):
    row = {"kop": "Ferry may stop", "krant": "Sun", "date": "3/4/2031", "text": "The ferry may "
           "stop on Monday, the board of the harbour said."}  # fmt: skip
    path = tmp_path / "rows.csv"
    pd.DataFrame([row]).to_csv(path, index=False)
    return path


def test_a_report_reads_its_corpus_as_it_is_told(tmp_path, corpus):
    """The options are in the record, the command of the record makes the same report again."""
    notebook = write(tmp_path, SHOW, declares=KEPT)
    out = fr.render(notebook, tmp_path / "a.pdf", corpus=corpus, reading=READING, formats=["xlsx"])
    assert SHOWN in text_of(out)
    saved = tmp_path / "a-tables"
    assert sorted(f.name for f in saved.iterdir()) == [
        "articles.csv", "articles.parquet", "articles.xlsx",
    ]  # fmt: skip
    record = json.loads((tmp_path / "a.json").read_text())
    assert record["options"]["reading"] == READING
    assert "--formats xlsx --map title=kop --map outlet=krant --dates mdy" in record["command"]
    words = ["report", str(notebook), "--corpus", str(corpus), "-o", str(tmp_path / "b.pdf")]
    words += ["--map", "title=kop", "--map", "outlet=krant", "--dates", "mdy"]
    done = CliRunner().invoke(main, words)
    assert done.exit_code == 0, done.output
    assert (tmp_path / "b.pdf").read_bytes() == out.read_bytes()


def test_a_notebook_that_reads_by_itself_cannot_be_told_how(tmp_path, corpus):
    notebook = write(tmp_path, "print(corpus)", declares='corpus = ""\n')
    with pytest.raises(ValueError, match="reads its articles itself"):
        fr.render(notebook, tmp_path / "a.pdf", corpus=corpus, reading=READING)


def test_a_plan_says_how_its_corpora_are_read(tmp_path, corpus):
    """For all reports or for one; a column that does not exist fails its reports only."""
    write(tmp_path, SHOW, declares=KEPT)
    plan = tmp_path / "reports.toml"
    plan.write_text(
        'corpus = "rows.csv"\ndates = "mdy"\nformats = ["dta"]\n'
        'columns = {title = "kop", outlet = "krant"}\n'
        '[[report]]\nnotebook = "study.ipynb"\n'
        '[[report]]\nnotebook = "study.ipynb"\nname = "wrong"\ncolumns = {title = "titel"}\n'
    )
    rows = fr.run_batch(plan, workers=1, cache=tmp_path / "cache").set_index("report")
    assert rows["outcome"].to_dict() == {"study": "done", "wrong": "failed"}
    assert "no column 'titel' for title" in rows.loc["wrong", "error"]
    assert SHOWN in text_of(tmp_path / "reports" / "study.pdf")
    assert (tmp_path / "reports" / "study-tables" / "articles.dta").exists()
    again = fr.run_batch(plan, workers=1, only="study", cache=tmp_path / "cache")
    assert again["outcome"].tolist() == ["up to date"]
    plan.write_text(plan.read_text().replace('dates = "mdy"', 'dates = "dmy"'))
    again = fr.run_batch(plan, only="study", dry_run=True, cache=tmp_path / "cache")
    assert again["why"].tolist() == ["options"]


def test_the_commands_read_and_score_map_columns(tmp_path, corpus):
    words = ["--map", "title=kop", "--map", "outlet=krant", "--dates", "mdy"]
    run = CliRunner().invoke
    done = run(main, ["read", str(corpus), "-o", str(tmp_path / "s"), *words, "--formats", "xlsx"])
    assert done.exit_code == 0, done.output
    assert "title from 'kop' (given), outlet from 'krant' (given)" in done.output
    assert (tmp_path / "s" / "articles.xlsx").exists()
    study = fr.read_corpus(tmp_path / "s")
    assert study.articles["date"].tolist() == [pd.Timestamp("2031-03-04")]
    assert "3/4/2031" not in done.output
    out = tmp_path / "scores.parquet"
    done = run(main, ["score", str(corpus), "-o", str(out), *words])
    assert done.exit_code == 0, done.output
    assert pd.read_parquet(out)["role"].tolist() == ["headline", "body"]
    done = run(main, ["check", str(corpus)])
    assert "1 × day or month first? (such as '3/4/2031'; --dates dmy or mdy decides)" in done.output
    assert "guessed outlet from 'krant'" in done.output
