"""Headlines against windows of their texts: counted by hand, by brute force, and with no effect."""

from __future__ import annotations

from inspect import signature

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

import framing as fr
from framing.display import headlines as about_headlines
from framing.stats.effects import wilson
from framing.stats.fisher import at_least_fisher
from framing.stats.sides import OTHERS

FILL = "ship"  # no cue


def article(name: str, *texts: str, outlet: str = "A", event: str = "") -> pd.DataFrame:
    """The first text is the headline, the others are the body."""
    roles = ["headline", *["body"] * (len(texts) - 1)]
    rows = {"article": name, "outlet": outlet, "event": event, "paragraph": range(len(texts))}
    return pd.DataFrame(rows | {"role": roles, "text": texts})


def gaps_of(paragraphs: pd.DataFrame, **options: object) -> pd.DataFrame:
    scores = fr.score(paragraphs)
    return fr.headline_gaps(scores, fr.find_cues(scores), **{"min_words": 5} | options)


def test_counted_by_hand():
    """Body of 10 words with `may` as the 4th: of 7 windows of 4 words, 4 hold it."""
    body = "The big ship may sail out with grain to Hask."
    found = gaps_of(article("1", "Talks may fail soon", body), measures="hedge").iloc[0]
    assert (found["words"], found["words_below"], found["present"]) == (4, 10, True)
    assert found["expected"] == pytest.approx(4 / 7)
    assert found["gap"] == pytest.approx(3 / 7)
    other = gaps_of(article("1", "Talks may fail soon", body), measures="alarm").iloc[0]
    assert other[["present", "expected", "gap", "own_voice"]].tolist() == [False, 0, 0, False]


def test_columns_that_are_the_same_in_a_whole_article_are_carried_along():
    """One that is missing in some of its rows is not."""
    scores = fr.score(article("1", "Talks may fail soon", "The big ship may sail out today."))
    scores = scores.assign(desk="world", page=["1", None], part=["1", "2"])
    found = fr.headline_gaps(scores, fr.find_cues(scores), measures="hedge", min_words=5)
    assert found["desk"].tolist() == ["world"]
    assert not {"page", "part"} & {*found}


@pytest.mark.parametrize("cue", ["according to", "such a"])
def test_a_cue_of_two_words_must_lie_in_the_window_whole(cue):
    """It is words 4 and 5 of 10: of 7 windows of 4 words, 3 hold both."""
    lexicon = fr.Lexicon(pd.DataFrame({"category": ["own"], "entry": [cue]}))
    body = f"The ship sails {cue} Hask with grain for all."
    scores = fr.score(article("1", "Talks fail again soon", body), lexicon=lexicon)
    cues = fr.find_cues(scores, lexicon=lexicon)
    found = fr.headline_gaps(scores, cues, measures="own", min_words=5, lexicon=lexicon)
    assert found["expected"].iloc[0] == pytest.approx(3 / 7)


@settings(max_examples=40, deadline=None)
@given(
    st.lists(st.lists(st.booleans(), min_size=1, max_size=9), min_size=2, max_size=5),
    st.integers(1, 8),
)
def test_expected_is_the_share_of_all_windows(paragraphs, width):
    """Against trying every window, wherever paragraphs end."""
    texts = [" ".join("perhaps" if cue else FILL for cue in p) + "." for p in paragraphs]
    flat = np.concatenate(paragraphs)
    found = gaps_of(article("1", " ".join([FILL] * width), *texts), measures="hedge", min_words=1)
    head = found[found["zone"] == "headline"]
    if width > len(flat):
        assert head.empty
        return
    windows = [flat[k : k + width].any() for k in range(len(flat) - width + 1)]
    assert head["expected"].iloc[0] == pytest.approx(np.mean(windows))


def test_the_lead_is_held_against_the_rest_of_the_body():
    texts = ["Talks", "It may sail.", "It may sail. Then it sails."]
    lead = gaps_of(article("1", *texts), measures="hedge").set_index("zone").loc["lead"]
    assert (lead["words"], lead["words_below"], lead["present"]) == (3, 6, True)
    assert lead["expected"] == pytest.approx(2 / 4)


def test_a_quoted_headline_is_not_the_outlets_voice():
    """UK style: 'Putin could attack' is said by somebody."""
    body = "The ship sails out with grain."
    texts = {"quoted": "'Putin could attack Hask', Lorne says", "own": "Putin could attack Hask"}
    table = pd.concat([article(name, text, body) for name, text in texts.items()])
    found = gaps_of(table, measures="hedge").set_index(["zone", "article"]).loc["headline"]
    assert found["present"].all()
    assert found["own_voice"].to_dict() == {"quoted": False, "own": True}


def test_short_texts_are_left_out():
    table = pd.concat(
        [article("1", "Talks fail", "It may."), article("2", "Talks fail", "It. " * 9)]
    )
    assert set(gaps_of(table)["article"]) == {"2"}
    assert set(gaps_of(table, min_words=0)["article"]) == {"1", "2"}


def test_the_method_says_how_p_was_adjusted(random_windows):
    gaps = gaps_of(random_windows, measures="hedge", min_words=150)
    for outlets, closed in ((2, False), (4, True)):
        few = gaps[gaps["outlet"].isin(gaps["outlet"].unique()[:outlets])]
        method = fr.compare_headlines(few, n_resamples=99)["method"]
        assert method.str.endswith("closed testing of pairs").all() == closed


def test_a_density_of_headlines_is_refused_with_the_reason():
    scores = fr.score(article("1", "Talks may fail", "It may sail."))
    for ask in (fr.levels, fr.compare):
        with pytest.raises(ValueError, match=r"about ten words.*framing\.headlines"):
            ask(scores, roles="headline")
    assert fr.levels(scores, roles="headline", measures="tone")["articles"].tolist() == [1]


@pytest.fixture(scope="module")
def random_windows():
    """300 outlets of 30 articles whose headlines are 9 words of their body of 160, at random."""
    rng = np.random.default_rng(3)
    tables = []
    for number in range(9000):
        cue = rng.random(160) < rng.gamma(4, 0.02 / 4)
        words = np.where(cue, "perhaps", FILL)
        begin = rng.integers(152)
        texts = " ".join(words[begin : begin + 9]), " ".join(words)
        tables.append((f"a{number:04}", f"o{number // 30}", *texts))
    wide = pd.DataFrame(tables, columns=["article", "outlet", "headline", "body"])
    long = wide.melt(["article", "outlet"], var_name="role", value_name="text")
    return long.assign(paragraph=(long["role"] == "body").astype(int), event="")


def test_headlines_that_are_random_windows_do_not_differ(random_windows):
    """93 to 98 % of the intervals hold 0."""
    gaps = gaps_of(random_windows, measures="hedge", min_words=150)
    found = fr.headlines(gaps[gaps["zone"] == "headline"])
    inside = ((found["low"] <= 0) & (found["high"] >= 0)).mean()
    assert 0.93 <= inside <= 0.985, inside


def test_outlets_whose_headlines_are_written_alike_do_not_differ(random_windows):
    """Half of the headlines have a cue put in, in every outlet: one in twenty of 150 pairs."""
    gaps = gaps_of(random_windows, measures="hedge", min_words=150)
    rng = np.random.default_rng(1)
    gaps["present"] |= rng.random(len(gaps)) < 0.5
    gaps["gap"] = gaps["present"] - gaps["expected"]
    rejected = 0
    number = gaps["outlet"].str[1:].astype(int)
    for k in range(0, 300, 2):
        two = gaps[number.isin([k, k + 1])]
        rejected += fr.compare_headlines(two, n_resamples=199)["p"].iloc[0] <= 0.05
    assert 1 <= rejected <= 17


def test_intervals_are_wilsons():
    """Against SciPy, also where no headline has a cue."""
    for present in (0, 3):
        gaps = pd.DataFrame({"article": list("abcdefghijkl"), "outlet": "A", "event": ""})
        gaps = gaps.assign(zone="headline", measure="hedge", words=9, expected=0.25)
        gaps = gaps.assign(present=[k < present for k in range(12)], own_voice=False)
        row = fr.headlines(gaps).iloc[0]
        want = stats.binomtest(present, 12).proportion_ci(method="wilson")
        assert (row["low"], row["high"]) == pytest.approx((want.low - 0.25, want.high - 0.25))


def test_the_units_of_a_group_of_outlets_are_outlets():
    """Of 6 outlets with 20 articles, three always have a cue and three never: not 60 of 120."""
    rows = [(f"o{k // 20}", f"a{k}", k // 20 % 2 == 0) for k in range(120)]
    gaps = pd.DataFrame(rows, columns=["outlet", "article", "present"]).assign(leaning="left")
    gaps = gaps.assign(event="", zone="headline", measure="hedge", words=8, expected=0.2)
    row = fr.headlines(gaps.assign(own_voice=True), by="leaning").iloc[0]
    want = stats.ttest_1samp([0.8, -0.2] * 3, 0).confidence_interval()
    assert (row["low"], row["high"]) == pytest.approx(tuple(want))
    assert row["method"].endswith("Student's interval over outlets")
    as_one = fr.headlines(gaps.assign(own_voice=True, outlet="all")).iloc[0]
    assert (as_one["low"], as_one["high"]) == pytest.approx(np.array(wilson(0.5, 120)) - 0.2)


def test_headlines_that_alarm_more_are_found():
    """All of 20 headlines have a cue, and one window in ten: + 90 points, on 20 events."""
    body = " ".join(["perhaps", *[FILL] * 10] * 20)
    table = pd.concat(article(f"{k}", "perhaps", body, event=f"e{k}") for k in range(20))
    row = fr.headlines(gaps_of(table, measures="hedge")).iloc[0]
    assert row["estimate"] == pytest.approx(1 - 20 / 220)
    assert row[["articles", "events", "share", "own_voice"]].tolist() == [20, 20, 1, 1]
    few = fr.headlines(gaps_of(table[: 2 * 9], measures="hedge")).iloc[0]
    assert few["note"] == "under 10 articles"


def test_articles_on_one_event_are_one_unit_although_others_have_none():
    """Six on one event, of which three have a cue, and four alone: .5, 1, 1, 0 and 0 of five."""
    present = [True] * 3 + [False] * 3 + [True] * 2 + [False] * 2
    gaps = pd.DataFrame({"article": list("abcdefghij"), "outlet": "A", "present": present})
    gaps = gaps.assign(event=["e"] * 6 + [""] * 4, zone="headline", measure="hedge", words=8)
    row = fr.headlines(gaps.assign(expected=0.2, own_voice=True)).iloc[0]
    assert row[["articles", "events", "share", "note"]].tolist() == [10, 1, 0.5, ""]
    assert row[["low", "high"]].tolist() == pytest.approx(np.array(wilson(0.5, 5)) - 0.2)
    assert row["method"].endswith("over events, or articles without one")


@pytest.mark.parametrize("match", [None, "event"])
def test_an_outlet_whose_headlines_have_more_cues_is_found(match):
    """The texts are the same; A has a cue in 16 of 20 headlines, B in 4."""
    body = " ".join(["perhaps", *[FILL] * 10] * 20)
    table = pd.concat(
        article(
            f"{name}{k}",
            "perhaps" if k % 5 < often else FILL,
            FILL,
            body,
            outlet=name,
            event=f"e{k}",
        )
        for name, often in (("A", 4), ("B", 1))
        for k in range(20)
    )
    found = fr.compare_headlines(gaps_of(table), match=match, n_resamples=999)
    row = found.set_index("measure").loc["hedge"]
    assert row["estimate"] == pytest.approx(0.6)
    assert row["p"] <= row["p_adjusted"] < 0.01 and row["low"] > 0
    assert row[["articles_a", "events"]].tolist() == [20, 20 if match else 0]
    lead = fr.compare_headlines(gaps_of(table), zone="lead", n_resamples=99)
    assert lead["p_adjusted"].isna().all()


@pytest.mark.parametrize("function", [fr.compare_headlines, fr.headline_groups])
def test_headlines_are_compared_with_the_same_chances_as_texts(function):
    """Who runs a study again names no seed: it is the same one for all that compares."""
    rng = np.random.default_rng(2)
    outlets = [f"o{k:02}" for k in range(20)]
    gaps = pd.DataFrame({"article": [f"a{k}" for k in range(400)], "outlet": outlets * 20})
    gaps = gaps.assign(event="", words=8, zone="headline", measure="hedge")
    gaps = gaps.assign(present=rng.random(400) < 0.5, expected=rng.uniform(size=400))
    gaps = gaps.assign(gap=gaps["present"] - gaps["expected"])
    sides = {name: "left" if name < "o10" else "right" for name in outlets}
    given = {"groups": sides} if function is fr.headline_groups else {"against": "o00"}
    usual = signature(fr.compare).parameters
    how = {name: usual[name].default for name in ("seed", "n_resamples")}
    found = function(gaps, **given)
    pd.testing.assert_frame_equal(found, function(gaps, **given, **how))
    assert not found.equals(function(gaps, **given, **how | {"seed": how["seed"] + 1}))


def test_groups_of_outlets_have_outlets_as_units():
    """Eight outlets of ten articles in two groups: means of means; articles prove nothing."""
    draw = np.random.default_rng(5)
    gaps = pd.DataFrame(
        {
            "article": [f"a{i}" for i in range(80)],
            "outlet": list("ABCDEFGH") * 10,
            "event": "",
            "words": 8,
            "zone": "headline",
            "measure": "hedge",
            "present": True,
            "expected": draw.uniform(size=80),
        }
    )
    gaps = gaps.assign(gap=1 - gaps["expected"])
    gaps = gaps.assign(
        leaning=lambda table: table["outlet"].map(lambda o: "left" if o < "E" else "right")
    )
    found = fr.headline_groups(gaps, "leaning")
    means = gaps.groupby(["leaning", "outlet"])["gap"].mean().groupby("leaning").mean()
    assert found["estimate"].item() == pytest.approx(means["left"] - means["right"])
    assert found[["outlets_a", "outlets_b", "articles_a"]].to_numpy().tolist() == [[4, 4, 40]]
    assert found["p"].between(0, 1).all() and found["ratio"].isna().all()
    with pytest.raises(ValueError, match=r"those in the gaps \(headline\), got 'lead'"):
        fr.headline_groups(gaps, "leaning", zone="lead")
    with pytest.raises(ValueError, match="no column 'owner'"):
        fr.headline_groups(gaps, "owner")
    as_articles = fr.compare_headlines(gaps, by="leaning")
    assert as_articles[["low", "high", "p", "p_adjusted"]].isna().all().all()
    assert "use framing.headline_groups" in as_articles["note"].item()
    assert fr.compare_headlines(gaps)["p"].notna().all()


@pytest.mark.parametrize(("some", "changed"), [(4, True), (5, False), (6, True)])
def test_fishers_p_is_taken_where_fewer_than_five_have_a_cue_or_have_none(some, changed):
    """Of 10 articles against 90, a ninth of which have one."""
    counts = {"A": [10, some], "B": [90, 10]}
    gaps = pd.concat(
        pd.DataFrame({"measure": "hedge", "outlet": o, "present": np.arange(n) < k})
        for o, (n, k) in counts.items()
    )
    one = {
        "measure": "hedge",
        "outlet_a": "A",
        "outlet_b": "B",
        "note": "",
        "low": 0.1,
        "high": 0.2,
    }
    table = pd.DataFrame([{**one, "p": 1e-9, "p_adjusted": 1e-9}])
    found = at_least_fisher(table, gaps, "outlet").iloc[0]
    assert (found["p"] > 1e-9, bool(found["note"])) == (changed, changed)
    for many, times in ((30, 3), (29, 2)):  # 3 times as many articles, or just not
        fewer = gaps[(gaps["outlet"] == "A") | (gaps.groupby("outlet").cumcount() < many)]
        again = at_least_fisher(table, fewer, "outlet").iloc[0]
        assert bool(again["note"]) == (changed and times == 3)
    others = at_least_fisher(table.assign(outlet_b=OTHERS), gaps, "outlet").iloc[0]
    assert others.drop("outlet_b").equals(found.drop("outlet_b"))


def test_a_small_side_without_any_cue_is_no_surer_than_fishers_test():
    """None of 60 against 7 of 600, and against 180: sign flips alone call both certain."""
    rng = np.random.default_rng(1)
    size, share = [60, 600], {"boost": 7, "hedge": 180}
    rows = [
        pd.DataFrame(
            {
                "article": [f"{k}" for k in range(660)],
                "outlet": np.repeat(["A", "B"], size),
                "measure": measure,
                "present": np.repeat([False, True, False], [60, some, 600 - some]),
                "expected": rng.gamma(4, 0.05, 660) * some / 600,
            }
        )
        for measure, some in share.items()
    ]
    gaps = pd.concat(rows, ignore_index=True).assign(event="", words=9, zone="headline")
    gaps["gap"] = gaps["present"] - gaps["expected"]
    found = fr.compare_headlines(gaps, n_resamples=999).set_index("measure")
    for measure, some in share.items():
        fisher = stats.fisher_exact([[0, 60], [some, 600 - some]], "less")[1]
        assert found.loc[measure, "p"] >= min(1, fisher) * (1 - 1e-9)  # half of it, on both sides
    assert found.loc["boost", "p"] == pytest.approx(
        stats.fisher_exact([[0, 60], [7, 593]], "less")[1]
    )
    assert found.loc["hedge", "p_adjusted"] < 0.01
    assert found["low"].isna().all()


def test_gaps_are_of_the_cues_that_the_scores_count():
    """Fewer cues, or those of another lexicon, gave gaps of 0."""
    scores = fr.score(article("1", "Talks may fail soon", "The big ship may sail to Hask."))
    cues = fr.find_cues(scores)
    with pytest.raises(ValueError, match="scores count 2 of 'hedge', and cues have 1"):
        fr.headline_gaps(scores, cues[cues["paragraph"] == 0])
    with pytest.raises(ValueError, match="no column 'hedge'"):
        fr.headline_gaps(scores.drop(columns="hedge"), cues)


def test_columns_that_are_the_same_in_an_article_are_carried_along():
    body = "The ship sails out with grain to Hask now."
    table = pd.concat([article(name, "Talks may fail", body, outlet=name) for name in "ABCDEFGH"])
    table = table.reset_index(drop=True).assign(order=range(16), year=2031, part=[1] * 15 + [2])
    side = {name: "left" if name < "E" else "right" for name in "ABCDEFGH"}
    gaps = gaps_of(table.assign(leaning=table["outlet"].map(side), tags=[["a"]] * 16))
    assert list(gaps.columns[11:]) == ["year", "leaning", "tags"]
    found = fr.headline_groups(gaps, "leaning")
    pd.testing.assert_frame_equal(found, fr.headline_groups(gaps, side))


@pytest.mark.parametrize(
    "function", [fr.headlines, fr.compare_headlines, lambda g: fr.headline_groups(g, {"A": "x"})]
)
def test_gaps_that_are_there_twice_are_an_error(function):
    gaps = gaps_of(article("1", "Talks may fail", "The ship sails out with grain."))
    with pytest.raises(ValueError, match=r"rows of gaps repeat a measure, first measure [a-z]+ of"):
        function(pd.concat([gaps, gaps.head(3)]))


@pytest.mark.parametrize("function", [fr.headlines, fr.compare_headlines])
@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ({"present": 100}, "column 'present' must hold True or False, got 100"),
        ({"expected": 30.0}, "column 'expected' must hold shares from 0 to 1"),
        ({"expected": 1.01}, "column 'expected' must hold shares from 0 to 1"),
        ({"expected": np.nan}, "column 'expected' must hold shares from 0 to 1"),
        ({"gap": 30.0}, "column 'gap' must be 'present' less 'expected'"),
        ({"gap": np.nan}, "column 'gap' must be 'present' less 'expected'"),
    ],
)
def test_gaps_in_percent_or_changed_are_an_error(function, wrong, message):
    gaps = gaps_of(article("1", "Talks may fail", "The ship sails out with grain."))
    with pytest.raises(ValueError, match=message):
        function(gaps.assign(**wrong))


@pytest.mark.parametrize(("articles", "known"), [(1, False), (4, False), (5, True)])
def test_no_interval_and_no_finding_under_five_units(articles, known):
    gaps = pd.DataFrame({"article": list("abcde")[:articles], "outlet": "A", "event": ""})
    gaps = gaps.assign(words=8, zone="headline", measure="hedge", present=True, expected=0.1)
    table = fr.headlines(gaps.assign(words_below=200, gap=0.9, own_voice=True))
    assert table[["low", "high"]].notna().all(axis=None) == known
    said = about_headlines.of_headlines(table, None)
    assert ("Headlines have hedging more often" in said) == known
    assert ("too few to say whether headlines and their texts differ in hedging" in said) != known


def test_a_side_too_small_for_a_test_has_no_interval_where_no_headline_has_a_cue():
    """None of 9 headlines has one, and signs of the gaps that windows leave hardly vary."""
    gaps = pd.DataFrame({"article": [f"{k}" for k in range(49)], "outlet": "B", "event": ""})
    expected = np.random.default_rng(1).gamma(2, 0.01, 49)
    gaps = gaps.assign(words=9, zone="headline", measure="boost", present=False, expected=expected)
    gaps.loc[:8, "outlet"] = "A"
    row = fr.compare_headlines(gaps.assign(gap=-gaps["expected"]), n_resamples=99).iloc[0]
    assert row[["low", "high", "p", "p_adjusted"]].isna().all()
    assert row["note"] == "no p under 10 articles a side"
    assert "A dash: no interval" in about_headlines.of_contrasts(row.to_frame().T, 20)
