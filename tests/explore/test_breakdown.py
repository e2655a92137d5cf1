"""An index taken apart, counted by hand; and how outlets attribute."""

import pandas as pd
import pytest

import framing as fr

TABLE = pd.DataFrame(
    {
        "article": ["1", "1", "2"],
        "paragraph": [1, 2, 1],
        "outlet": ["A", "A", "B"],
        "text": [
            "“Talks may fail,” he said. They may rain, perhaps.",
            "I believe there is no risk, only fear and a threat.",
            "She insisted. Ministers said they could go. They claimed it.",
        ],
    }
)


def parts(index: str, part: str, outlet: str = "A") -> dict[str, list[float]]:
    table = fr.breakdown(fr.find_cues(TABLE), fr.score(TABLE))
    own = table[(table["index"] == index) & (table["part"] == part) & (table["outlet"] == outlet)]
    return {
        row.value: [row.cues, round(row.per_100_words, 2), round(row.share, 2)]
        for row in own.itertuples()
    }


def test_counts_densities_and_shares():
    """20 words of A: 17 of the outlet, 3 quoted; belief is no hedge, no risk is none."""
    assert parts("hedge", "category") == {"epi_modal": [2, 10, 0.67], "prob": [1, 5, 0.33]}
    assert parts("hedge", "voice") == {"outlet": [2, 11.76, 0.67], "quoted": [1, 33.33, 0.33]}
    assert parts("hedge", "entry") == {"may": [2, 10, 0.67], "perhaps": [1, 5, 0.33]}
    assert parts("alarm", "tag") == {"agentive": [1, 5, 0.5], "strong": [1, 5, 0.5]}
    assert parts("alarm", "negated") == {"negated": [1, 5, 0.33]}
    assert parts("hedge", "negated", "B") == {"negated": [0, 0, 0]}


def test_parts_add_up_to_the_index(strait_cues, strait_scores):
    """In every outlet each way of taking an index apart gives all of it, as the scores count it."""
    table = fr.breakdown(strait_cues, strait_scores)
    body = strait_scores[strait_scores["role"].isin(["standfirst", "body"])]
    for name in ("hedge", "alarm", "boost"):
        want = body.groupby("outlet")[name].sum()
        for part in ("category", "voice", "entry"):
            own = table[(table["index"] == name) & (table["part"] == part)]
            assert own.groupby("outlet")["cues"].sum().to_dict() == want[want > 0].to_dict()
            assert own.groupby("outlet")["share"].sum().tolist() == pytest.approx(
                [1] * sum(want > 0)
            )
    entries = table[table["part"] == "entry"].groupby(["outlet", "index"]).size()
    assert entries.max() == 6


def test_attribution_leaves_quotations_out():
    """One of the two verbs of B judges; A has one, and what stands in marks is not the outlet's."""
    table = fr.attribution(fr.find_cues(TABLE), fr.score(TABLE)).set_index("outlet")
    assert table["verbs"].to_dict() == {"A": 1, "B": 2}
    assert table["not_neutral"].to_dict() == {"A": 0.0, "B": 0.5}
    assert table["boosting"].to_dict() == {"A": 0, "B": 1}


def test_nothing_gives_an_empty_table():
    dull = TABLE.assign(text="The hall has nine windows.")
    cues, scores = fr.find_cues(dull), fr.score(dull)
    assert cues.empty
    assert fr.breakdown(cues, scores).empty
    assert fr.attribution(cues, scores)["verbs"].tolist() == [0, 0]


def test_swapped_tables_are_an_error():
    cues, scores = fr.find_cues(TABLE), fr.score(TABLE)
    for verb in (fr.breakdown, fr.attribution):
        with pytest.raises(ValueError, match=r"expected a table of cues, as framing.find_cues"):
            verb(scores, cues)
        with pytest.raises(ValueError, match=r"expected a table of scores, as framing.score"):
            verb(cues, TABLE)


def test_a_dictionary_of_ones_own_is_broken_down_by_its_categories():
    """The table was empty, since it has no indices; or is that of another lexicon."""
    own = fr.Lexicon(pd.DataFrame({"category": ["talk", "talk", "claim"],
                                   "entry": ["talks", "said", "claimed"]}))  # fmt: skip
    cues, scores = fr.find_cues(TABLE, lexicon=own), fr.score(TABLE, lexicon=own)
    table = fr.breakdown(cues, scores, lexicon=own).query("part == 'entry'")
    assert table[["outlet", "index", "value", "cues"]].to_numpy().tolist() == [
        ["A", "talk", "said", 1], ["A", "talk", "talks", 1],
        ["B", "talk", "said", 1], ["B", "claim", "claimed", 1],
    ]  # fmt: skip
    with pytest.raises(ValueError, match="no category 'claim': give the lexicon of the cues"):
        fr.breakdown(cues, scores)
