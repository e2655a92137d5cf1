"""Agencies that articles give credit to."""

import pytest

import framing as fr
from framing.corpus.agencies import agency


@pytest.mark.parametrize(
    ("blocks", "want"),
    [
        (["Talks fail", "MOSCOW (Reuters) - Talks failed."], "Reuters"),
        (["Talks fail", "FORT BRAGG, N.C. (AP) — Talks failed."], "AP"),
        (["(AFP) Talks failed."], "AFP"),
        (["Talks fail", "By The Associated Press", "Talks failed."], "AP"),
        (["Talks fail", "AFP and Reuters", "Talks failed."], "AFP; Reuters"),
        (["Talks failed.", "With agencies"], "agencies"),
        (["Talks failed.", "— with AFP"], "AFP"),
        (["Talks failed.", "Ann Lee and The Associated Press contributed to this report."], "AP"),
        (["TARNOVAR (Meridian Wire) – Talks failed.", "Reuters"], "Meridian Wire; Reuters"),
        (["Washington (CNN) Talks failed."], ""),
        (["(CNN) -- Talks failed."], ""),
        (["Talks failed, the minister told Reuters.", "He told the AP that they may go on."], ""),
        (["Tara Palmeri contributed to this report."], ""),
        (["The party (Lab) - now in power - met agencies."], ""),
        (["Image copyright Reuters"], ""),
        (["Image © Reuters"], ""),
        (["Talks failed.", "© 2031 Reuters"], "Reuters"),
        ([], ""),
    ],
)
def test_a_credit_is_told_from_a_source(blocks, want):
    """Datelines, bylines and closing lines name agencies; quoting one is no credit."""
    assert agency(blocks) == want


def test_the_wire_of_the_example_signs_its_stories(strait):
    """All of them, and no other outlet does."""
    told = strait.articles.groupby("outlet")["agency"].unique().map(set).to_dict()
    assert told == {o: {"Meridian Wire" if o == "Meridian Wire" else ""} for o in told}


def test_a_photographer_is_no_author(tmp_path):
    """The agency of a byline is credited, that of a caption is not."""
    story = "The talks of the two ministers went on in the harbour town until late at night. " * 3
    captioned = f"Talks fail\n\nPhoto: The ministers in the harbour on Monday. (AP)\n\n{story}"
    (tmp_path / "2031-01-02_Herald_a.txt").write_text(f"{captioned}\n\nMore followed. {story}")
    (tmp_path / "2031-01-02_Herald_b.txt").write_text(f"byline: Reuters\n\nTalks fail\n\n{story}")
    articles = fr.read_corpus(tmp_path).articles
    assert articles["agency"].tolist() == ["", "Reuters"]
