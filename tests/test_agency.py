"""Agencies that articles give credit to."""

import pytest

from framing.agency import agency


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
        ([], ""),
    ],
)
def test_a_credit_is_told_from_a_source(blocks, want):
    """Datelines, bylines and closing lines name agencies; quoting one is no credit."""
    assert agency(blocks) == want


def test_the_wire_of_the_example_signs_its_stories(strait):
    """All of them, and no other outlet does."""
    told = strait.paragraphs.groupby(["outlet", "article"])["text"].agg(list).map(agency)
    assert told.groupby("outlet").unique().map(set).to_dict() == {
        outlet: {"Meridian Wire" if outlet == "Meridian Wire" else ""}
        for outlet in strait.articles["outlet"]
    }
