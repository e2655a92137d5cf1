"""Saved scores and cues are those computed, and are taken only where they still would be."""

from pathlib import Path
from typing import Any

import pandas as pd
import pytest

import framing as fr
from framing.corpus.study_folder import write_tables
from framing.lexicon.loading import built_in
from framing.scoring import study as module
from framing.scoring.large_files import score_file
from framing.scoring.score import score_with_cues
from framing.scoring.study import having, write_study
from tests.conftest import STRAIT


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("study") / "strait"
    write_study(STRAIT, path)
    return path


@pytest.mark.parametrize("chosen", [{}, {"outlets": ["Daily Clarion", "Meridian Wire"]}])
def test_saved_tables_are_those_computed(folder, strait, monkeypatch, chosen):
    """Articles, scores and cues, types and all, also of some of the outlets."""
    corpus = strait.only(**chosen)
    scores = fr.score(corpus.paragraphs)
    wanted = [*corpus, scores, fr.find_cues(scores)]
    for name in ("score", "find_cues", "score_with_cues"):
        monkeypatch.setattr(module, name, lambda *_, **__: pytest.fail("it was computed"))
    found = fr.open_study(folder, **chosen)
    for one, other in zip([*found.corpus, found.scores, found.cues], wanted, strict=True):
        pd.testing.assert_frame_equal(one, other)


def test_the_scores_of_the_command_are_taken(strait, tmp_path, monkeypatch):
    """``framing score study/paragraphs.parquet -o study/scores.parquet`` saves the next one time."""
    write_tables(tmp_path, strait._asdict(), {})
    score_file(tmp_path / "paragraphs.parquet", tmp_path / "scores.parquet")
    wanted = fr.open_study(STRAIT)
    for name in ("score", "score_with_cues"):
        monkeypatch.setattr(module, name, lambda *_, **__: pytest.fail("it was computed"))
    found = fr.open_study(tmp_path)
    pd.testing.assert_frame_equal(found.scores, wanted.scores)
    pd.testing.assert_frame_equal(found.cues, wanted.cues)


def test_scores_of_another_lexicon_program_or_text_are_computed(folder, monkeypatch):
    """And those that somebody changed, and so lost the note of what they are made of."""
    own = built_in().with_entries("sea", ["strait", "harbour*"])
    assert fr.open_study(folder, lexicon=own).scores["sea"].sum() > 0
    asked = []

    def score(paragraphs: pd.DataFrame, **options: object) -> pd.DataFrame:
        asked.append(len(paragraphs))
        return fr.score(paragraphs, **options)

    def both(paragraphs: pd.DataFrame, *rest: Any) -> tuple[pd.DataFrame, pd.DataFrame]:
        asked.append(len(paragraphs))
        return score_with_cues(paragraphs, *rest)

    monkeypatch.setattr(module, "score", score)
    monkeypatch.setattr(module, "score_with_cues", both)
    fr.open_study(folder)
    assert not asked
    monkeypatch.setattr(module, "note", lambda *_: {b"framing programs": b"others"})
    fr.open_study(folder)
    assert len(asked) == 1
    monkeypatch.undo()
    monkeypatch.setattr(module, "score", score)
    table = pd.read_parquet(folder / "scores.parquet")
    (folder / "scores.parquet").rename(folder / "kept")
    table.assign(hedge=99).to_parquet(folder / "scores.parquet")
    assert fr.open_study(folder).scores["hedge"].max() < 99
    assert len(asked) == 2
    (folder / "kept").replace(folder / "scores.parquet")


def test_recipes_are_answered_anew_and_the_rest_is_as_saved(folder):
    """Saved scores have no column of a recipe; cues are taken as they are."""
    plain, asked = fr.open_study(folder), fr.open_study(folder, recipes=["uncertainty"])
    new = [name for name in asked.scores if name not in plain.scores]
    assert len(new) == 1 and asked.scores[new[0]].sum() > 0
    pd.testing.assert_frame_equal(asked.scores[list(plain.scores)], plain.scores)
    pd.testing.assert_frame_equal(asked.cues, plain.cues)


def test_recipes_are_answered_in_the_reading_that_finds_the_cues(strait, monkeypatch):
    names = ["fear", "attribution"]
    scores = fr.score(strait.paragraphs, recipes=names)
    cues = fr.find_cues(scores)
    for name in ("score", "find_cues"):
        monkeypatch.setattr(module, name, lambda *_, **__: pytest.fail("texts are read again"))
    found = fr.open_study(STRAIT, recipes=names)
    pd.testing.assert_frame_equal(found.scores, scores)
    pd.testing.assert_frame_equal(found.cues, cues)


def test_a_misspelt_recipe_is_told_before_anything_is_read():
    with pytest.raises(ValueError, match="no recipe 'fears': did you mean 'fear'"):
        fr.open_study("no-such-folder", recipes=["fears"])


def test_a_missing_table_is_computed_and_a_table_of_articles_has_no_folder(
    folder, strait, tmp_path
):
    write_tables(tmp_path, strait._asdict(), {})
    found, saved = fr.open_study(tmp_path), fr.open_study(folder)
    pd.testing.assert_frame_equal(found.scores, saved.scores)
    pd.testing.assert_frame_equal(found.cues, saved.cues)
    table = pd.DataFrame(
        {"id": ["a"], "outlet": "A", "text": ["The talks may fail, it was feared."]}
    )
    assert fr.open_study(table).scores["hedge"].sum() == 1


def test_later_versions_of_a_page_are_left_out_wherever_articles_are_compared(tmp_path):
    """Read and scored, opened, opened by outlet, and with the versions never there."""
    again = range(12), (1, 1, 1, *range(4, 13))  # three versions of the first page
    rows = [
        {
            "id": f"{outlet}{n}", "outlet": outlet, "date": f"2031-03-{n + 1:02}",
            "url": f"https://{outlet}.example/{page}", "title": f"Day {n} at the pier",
            "text": f"The talks may fail on day {n}. " * (1 + (n + len(outlet)) % 3)
            + "Somebody walked along the pier and looked at the quiet sea. " * 4,
        }
        for outlet in ("north", "east")
        for n, page in zip(*again, strict=True)
    ]  # fmt: skip
    table = pd.DataFrame(rows)
    corpus = fr.read_corpus(table)
    write_tables(tmp_path, corpus._asdict(), {})
    once = table[~table["id"].isin(["north1", "north2", "east1", "east2"])]
    expected = fr.score(fr.read_corpus(once).paragraphs)
    scores = [
        fr.score(corpus.paragraphs),
        fr.open_study(table).scores,
        fr.open_study(table, by="outlet").scores,
        fr.open_study(tmp_path).scores,
    ]
    table.to_csv(tmp_path / "pages.csv", index=False)
    write_study(tmp_path / "pages.csv", tmp_path / "saved")
    saved = fr.open_study(tmp_path / "saved")
    scores.append(saved.scores)
    assert "version_of" in saved.scores and "version_of" not in saved.cues
    for verb in (fr.levels, fr.compare):
        wanted = verb(expected, measures="hedge")
        for found in scores:
            pd.testing.assert_frame_equal(verb(found, measures="hedge"), wanted)
    later = corpus.only(articles=["east1", "east2", "east5"])
    assert later.articles["version_of"].tolist() == ["", "east1", ""]
    assert fr.levels(fr.score(later.paragraphs), measures="hedge")["articles"].item() == 2


@pytest.mark.parametrize("values", [[1990, 2000], [1990.5, None]])
def test_numbers_that_are_compared_are_names(values):
    """Groups in a column of numbers ended a report; whole ones have no decimals."""
    words = "The talks may fail today, said the minister, who had walked along the pier. " * 20
    table = pd.DataFrame({"outlet": ["A", "B"], "title": "Talks", "text": [words, "Now " + words]})
    table["decade"] = values
    scores = fr.open_study(table, by=["outlet", "decade"]).scores
    assert scores.groupby("outlet")["decade"].first().tolist() == [
        "" if value is None else str(value) for value in values
    ]


def test_a_month_of_ones_own_is_not_that_of_the_dates(strait):
    """A study of fiscal months has its own column; without one, months are made."""
    own = strait.articles.assign(month=strait.articles["date"].dt.strftime("M%d"))
    found = having(strait._replace(articles=own), ["month"]).articles["month"]
    assert found.str.startswith("M").all()
    made = having(strait, ["month"]).articles
    assert (made["month"] == made["date"].dt.strftime("%Y-%m")).all()
    with pytest.raises(ValueError, match=r"no column 'owner' .*, year, month"):
        having(strait, ["owner"])
