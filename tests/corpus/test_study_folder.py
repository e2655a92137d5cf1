"""A study folder opens as the articles that were read, or not at all."""

import json
import shutil
from pathlib import Path

import pandas as pd
import pytest

import framing as fr
from framing.corpus.study_folder import files_of_study
from framing.corpus.summary import read_to
from framing.report.tables import save_tables

GERMAN = (
    "Der Hafen ist zu, und die Schiffe sind nicht mehr da, sagt man uns. Es ist nicht klar, wann "
    "sie wieder in die Stadt kommen, denn der Sturm ist noch nicht vorbei und die See ist rau."
)
ROWS = [
    {"medium": "FOX", "body": "Talks failed in Dovek, and ships left the harbour again at dawn."},
    {"medium": "Sun", "body": "Rain may fall.\n\nFog will lift, they say.\n\nPhoto: M. Lund"},
    {
        "medium": "Sun",
        "body": GERMAN,
    },
]
OPTIONS = {
    "columns": {"outlet": "medium", "text": "body"},
    "outlets": {"FOX": "Fox News"},
    "keep": ["caption"],
    "languages": ["en", "de"],
}


@pytest.fixture
def source(tmp_path: Path) -> Path:
    path = tmp_path / "exports" / "rows.jsonl"
    path.parent.mkdir()
    path.write_text("\n".join(map(json.dumps, ROWS)))
    return path


@pytest.fixture
def study(source: Path, tmp_path: Path) -> Path:
    read_to(source, tmp_path / "study", workers=1, progress=False, **OPTIONS)
    return tmp_path / "study"


def same(one: fr.Corpus, other: fr.Corpus) -> None:
    for table, wanted in zip(one, other, strict=True):
        pd.testing.assert_frame_equal(table, wanted)


def test_a_study_opens_as_what_was_read(source, study):
    """Cell by cell, with the language, the columns and the outlets chosen when it was read."""
    wanted = fr.read_corpus(source, **OPTIONS)
    assert len(wanted.articles) == 3 and len(wanted.paragraphs) > 3
    same(fr.read_corpus(study), wanted)
    same(fr.read_corpus(study, **OPTIONS), wanted)
    shutil.rmtree(source.parent)
    same(fr.read_corpus(study), wanted)


@pytest.mark.parametrize("name", ["german", "de", "German", "deu"])
def test_a_language_by_any_of_its_names_stays_with_a_study(source, tmp_path, name):
    """Read under one name, opened under another; a language that was not chosen is refused."""
    options = OPTIONS | {"languages": [name]}
    read_to(source, tmp_path / "study", workers=1, progress=False, **options)
    wanted = fr.read_corpus(source, **options)
    assert set(wanted.articles["language"]) == {"de"}
    for other in ("de", "german"):
        same(fr.read_corpus(tmp_path / "study", languages=[other]), wanted)
    with pytest.raises(ValueError, match=r"languages=\['de'\], got \['fr'\]"):
        fr.read_corpus(tmp_path / "study", languages=["fr"])


def test_reading_again_into_a_study_replaces_it(source, study):
    """Also when the study lies in the source, and when another run left half of a table."""
    before = fr.read_corpus(study)
    (study / ".unfinished-x").mkdir()
    (study / ".unfinished-x" / "articles.parquet").write_text("half")
    read_to(source, study, workers=1, progress=False, **OPTIONS)
    same(fr.read_corpus(study), before)
    assert not list(study.glob(".*"))
    inside = source.parent / "study"
    for _ in range(2):
        read_to(source.parent, inside, workers=1, progress=False, **OPTIONS)
        found = fr.read_corpus(inside)
        pd.testing.assert_frame_equal(
            found.paragraphs.drop(columns="article"), before.paragraphs.drop(columns="article")
        )
    left = found.audit[found.audit["outcome"] == "skipped"]["reason"]
    assert left.str.contains("that framing wrote").sum() == 5


def test_the_tables_beside_a_report_open_as_its_articles(strait, tmp_path):
    chosen = strait.only(outlets=["Daily Clarion"])
    save_tables(tmp_path / "o-tables", **chosen._asdict(), scores=fr.score(chosen.paragraphs))
    found = fr.read_corpus(tmp_path / "o-tables")
    pd.testing.assert_frame_equal(found.articles, chosen.articles)
    pd.testing.assert_frame_equal(found.paragraphs, chosen.paragraphs)


@pytest.mark.parametrize("name", ["articles.parquet", "paragraphs.parquet", "audit.parquet"])
def test_a_study_without_a_table_is_refused(study, name):
    (study / name).unlink()
    with pytest.raises(ValueError, match=rf"an incomplete study: .*not the table of {name[:-8]}\."):
        fr.read_corpus(study)


def test_scores_beside_the_sources_are_no_study(strait, tmp_path):
    """Nor are tables of other names than those of a study: the folder was refused."""
    (tmp_path / "a.txt").write_text("Boats waited in the harbour of the town on Monday. " * 5)
    fr.score(strait.paragraphs).to_parquet(tmp_path / "scores.parquet")
    found = fr.read_corpus(tmp_path)
    assert found.articles["source"].tolist() == ["a.txt"]
    assert "that framing wrote" in " ".join(found.audit["reason"])


def test_a_study_that_was_changed_or_interrupted_is_refused(study):
    pd.read_parquet(study / "articles.parquet").iloc[1:].to_parquet(study / "articles.parquet")
    with pytest.raises(ValueError, match=r"articles\.parquet is not the table that study\.json"):
        fr.read_corpus(study)
    (study / "study.json").write_text("{")
    with pytest.raises(ValueError, match=r"study\.json is damaged"):
        fr.read_corpus(study)


@pytest.mark.parametrize(
    ("option", "value"),
    [("languages", ["fr"]), ("outlets", {"Sun": "The Sun"}), ("keep", ["related"])],
)
def test_another_option_than_that_of_the_study_is_refused(study, option, value):
    with pytest.raises(ValueError, match=f"was read with {option}=.*, got"):
        fr.read_corpus(study, **{option: value})


def test_no_table_that_was_written_is_ever_read_as_articles(study, strait, tmp_path):
    """Alone, in a folder above, or as CSV: an error that says what it is."""
    save_tables(tmp_path / "csv", **strait._asdict(), cues=fr.find_cues(strait.paragraphs))
    for file in (tmp_path / "csv").glob("*.parquet"):
        file.unlink()
    tables = [*study.glob("*.parquet"), study / "audit.csv", *(tmp_path / "csv").glob("*.csv")]
    assert len(tables) == 10
    for path in [*tables, tmp_path / "csv"]:
        with pytest.raises(ValueError, match=r"no article could be read: .* that framing wrote"):
            fr.read_corpus(path)
    corpus = fr.read_corpus(tmp_path, columns=OPTIONS["columns"])
    assert len(corpus.articles) == 2


@pytest.mark.parametrize("dropped", [[], ["paragraph"], ["text"], ["outlet", "event"]])
def test_paragraphs_are_not_read_as_articles(strait, tmp_path, dropped):
    """Neither from a file nor from a table, also if a column was dropped."""
    table = strait.paragraphs.drop(columns=dropped)
    table.to_csv(tmp_path / "a.csv", index=False)
    for given in (table, tmp_path / "a.csv", strait.articles):
        with pytest.raises(ValueError, match="that framing wrote, not of articles"):
            fr.read_corpus(given)


def test_no_table_of_results_is_read_as_articles(source, strait_scores, tmp_path):
    """In any format, beside the source of the articles."""
    of_two = strait_scores[strait_scores["outlet"].isin(strait_scores["outlet"].unique()[:2])]
    results = {
        "contrasts": fr.compare(of_two, measures=["alarm"], n_resamples=99),
        "levels": fr.levels(of_two),
        "keyness": fr.keyness(of_two),
    }
    formats = ("csv", "parquet", "xlsx", "dta")
    save_tables(source.parent / "out-tables", formats=formats, **results)
    corpus = fr.read_corpus(source.parent, columns=OPTIONS["columns"])
    assert len(corpus.articles) == 2
    left = corpus.audit[corpus.audit["source"].str.startswith("out-tables")]["reason"]
    assert left.str.contains("results that framing wrote").sum() == len(results) * len(formats)


def test_a_study_is_not_read_into_a_study(study, tmp_path):
    with pytest.raises(ValueError, match="is a study already"):
        read_to(study, tmp_path / "again", workers=1, progress=False)
    with pytest.raises(ValueError, match="is the source itself"):
        read_to(study, study, workers=1, progress=False)


def test_the_audit_of_a_study_is_a_csv_of_its_columns(study):
    audit = fr.read_corpus(study).audit
    found = pd.read_csv(study / "audit.csv", dtype=str, keep_default_na=False)
    assert list(found) == list(audit)
    assert found["source"].tolist() == audit["source"].tolist()


def test_no_cell_of_the_audit_is_run_by_a_spreadsheet(tmp_path):
    (tmp_path / "in").mkdir()
    rows = [{"id": "=1+1", "outlet": "Gull", "text": "It may rain in the old town on Monday."}]
    (tmp_path / "in" / "@sum.jsonl").write_text("\n".join(map(json.dumps, rows)))
    read_to(tmp_path / "in", tmp_path / "out", workers=1, progress=False)
    written = pd.read_csv(tmp_path / "out" / "audit.csv", dtype=str, keep_default_na=False)
    assert not written.map(lambda cell: cell.startswith(tuple("=+-@"))).any(axis=None)
    audit = fr.read_corpus(tmp_path / "out").audit
    assert "=1+1" in set(audit["article"]) and audit["source"].str.startswith("@sum").any()


def test_a_coding_sheet_and_its_key_are_no_articles(source, strait_scores, strait_cues):
    sheet = fr.coding_sheet(strait_scores, strait_cues, hits=4, near_misses=2, without=2)
    sheet.to_excel(source.parent / "sheet.xlsx")
    corpus = fr.read_corpus(source.parent, columns=OPTIONS["columns"])
    assert len(corpus.articles) == 2
    left = corpus.audit.set_index("source")["reason"]
    assert left["sheet.key.json"] == "the key of a coding sheet, written by framing"
    assert (
        left[["sheet.xlsx#coder 1", "sheet.xlsx#coder 2"]].str.contains("table of passages").all()
    )


@pytest.mark.parametrize("name", ["audit.csv", "articles.parquet", "study.xlsx", "columns.xlsx"])
def test_files_of_somebody_are_not_replaced(tmp_path, name):
    source = tmp_path / "in.csv"
    source.write_text("outlet,text\nGull,Rain fell on the town for days and days.\n")
    out = tmp_path / "mine"
    out.mkdir()
    (out / name).write_text("mine")
    options = {"workers": 1, "progress": False, "formats": ["xlsx"]}
    if name == "study.xlsx":  # no table of a study has this name
        read_to(source, out, **options)
        read_to(source, out, **options)  # its own files are
        assert set(files_of_study(["xlsx"])) == {f.name for f in out.glob("[!.]*")} - {name}
        with pytest.raises(ValueError, match="the folder of the source"):
            read_to(source, tmp_path, **options)
    else:
        with pytest.raises(ValueError, match=f"is no study, but has {name}"):
            read_to(source, out, **options)
    assert (out / name).read_text() == "mine"


def test_where_nothing_can_be_read_every_file_is_named(tmp_path):
    for number in range(30):
        (tmp_path / f"{number:02}.pdf").write_bytes(b"%PDF-1.7")
    with pytest.raises(
        ValueError, match=r"30 × PDF(?s:.*)\n  00.pdf: skipped: .*\n  01.pdf"
    ) as error:
        fr.read_corpus(tmp_path)
    assert str(error.value).endswith("\n  and 10 more")


@pytest.mark.parametrize("settings", ["{}", "[]", '{"study": {}}', "{", '"study"'])
def test_settings_of_a_study_that_lack_a_part_are_damaged(study, settings):
    (study / "study.json").write_text(settings)
    with pytest.raises(ValueError, match=r"study\.json is damaged"):
        fr.read_corpus(study)
