from __future__ import annotations

import pytest

import framing as fr
from tests.conftest import ROOT
from tests.plots.test_levels import assert_nothing_is_cut_off, bars, by_place, points


@pytest.fixture(scope="module")
def table():
    _, _, cues = fr.open_study(ROOT / "corpora" / "strait")
    return fr.validity(fr.read_coding(ROOT / "corpora" / "strait-coded"), cues).table


@pytest.mark.parametrize("statistic", ["precision", "recall", "f1"])
def test_points_and_intervals_are_those_of_the_table(table, statistic):
    ax = fr.plot_validity(table, statistic=statistic)
    rows = table[table["group"].isin(["all", "outlet"]) & table[statistic].notna()]
    drawn = points(ax)
    assert [x for x, *_ in drawn] == rows[statistic].tolist()
    counted = rows["hits"] if statistic == "precision" else rows["passages"]
    assert [filled for *_, filled in drawn] == (counted >= 20).tolist()
    ends = [bars(ax)[y] for _, y, _ in drawn]
    assert ends == list(zip(rows[f"{statistic}_low"], rows[f"{statistic}_high"], strict=True))
    assert_nothing_is_cut_off(ax)
    labels = by_place(ax)
    assert [labels[y] for _, y, _ in drawn] == rows["value"].tolist()


def test_a_group_without_codes_is_an_error(table):
    with pytest.raises(ValueError, match="no recall to draw: nothing was coded for group 'voice'"):
        fr.plot_validity(table[table["group"] == "voice"], statistic="recall", group="voice")
