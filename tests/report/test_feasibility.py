"""What `framing check` promises is what the reports do."""

from __future__ import annotations

import pandas as pd
import pytest

import framing as fr
from framing.report.feasibility import feasibility


def table(sizes: dict[str, int], *, events: bool) -> pd.DataFrame:
    """Articles of some outlets, the first of each about the first event, and so on."""
    return pd.DataFrame(
        [
            {"outlet": outlet, "event": f"event {n}" * events, "title": f"Title {n} of {outlet}",
             "text": f"Talks may fail, {outlet} fears, for the {n}th time. " * 20}
            for outlet, size in sizes.items()
            for n in range(size)
        ]
    )  # fmt: skip


@pytest.mark.parametrize("events", [False, True])
def test_the_pairs_that_can_be_tested_are_those_with_a_p(tmp_path, events):
    """Counted here before anything is scored, and there by the comparison itself."""
    table({"A": 12, "B": 10, "C": 11, "D": 9, "E": 3}, events=events).to_csv(tmp_path / "rows.csv")
    corpus = fr.read_corpus(tmp_path / "rows.csv", languages=())
    detail = feasibility(corpus).set_index("report").loc["outlets", "detail"]
    scores = fr.score(corpus.paragraphs)
    for match in (None, "event") if events else (None,):
        contrasts = fr.compare(scores, match=match, measures="hedge")
        tested = contrasts["p"].notna().sum()
        assert 0 < tested < 10
        assert f"{'within events' if match else 'can test'} {tested} of 10" in detail


@pytest.mark.parametrize("sizes", [{"A": 12, "B": 10, "a": 2}, {"A": 12}, {"A": 1, "B": 1}])
def test_what_is_promised_can_be_made(tmp_path, sizes):
    """Names that differ in case, one outlet, two articles: as the functions of the report do."""
    table(sizes, events=False).assign(date="2031-03-03").to_csv(tmp_path / "rows.csv")
    corpus = fr.read_corpus(tmp_path / "rows.csv", languages=())
    found = feasibility(corpus).set_index("report")
    scores = fr.score(corpus.paragraphs)
    for report, function in {
        "outlets": lambda: fr.compare(scores, **fr.choose_comparison(scores), n_resamples=9),
        "timeline": lambda: fr.trend(scores, measures="hedge"),
        "headlines": lambda: fr.headline_gaps(scores, fr.find_cues(corpus.paragraphs)),
    }.items():
        if found.loc[report, "possible"]:
            function()
        else:
            with pytest.raises(ValueError):
                function()
    if "a" in sizes:
        assert found["detail"].str.contains('--outlet "a=A"', regex=False).sum() == 3
    if len(sizes) == 2:
        assert found.loc["outlets", "detail"] == "can test 0 of 1 pairs of outlets; no events"


def test_nothing_is_possible_without_text(tmp_path):
    """A body that a source cut off is not scored."""
    (tmp_path / "rows.csv").write_text("outlet,text\nA,…\nB,—\n")
    corpus = fr.read_corpus(tmp_path / "rows.csv")
    assert not feasibility(corpus)["possible"].any()


def test_headlines_alone_make_no_report_of_texts():
    """The check said yes to three reports, which then failed."""
    rows = [(o, f"Ministers meet {n}", f"2031-04-{n + 1:02}") for o in "AB" for n in range(6)]
    table = pd.DataFrame(rows, columns=["outlet", "title", "date"]).assign(text="")
    corpus = fr.read_corpus(table)
    corpus = corpus._replace(paragraphs=corpus.paragraphs[corpus.paragraphs["role"] == "headline"])
    found = feasibility(corpus).set_index("report")
    assert not found.loc[["outlets", "portrait", "timeline"], "possible"].any()
    assert found.loc["portrait", "detail"].startswith("needs texts below the headlines")
