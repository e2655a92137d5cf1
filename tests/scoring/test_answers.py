from __future__ import annotations

from dataclasses import replace

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import framing as fr
from framing.lexicon.recipe import recipe
from tests.conftest import ROOT

NAMES = ["uncertainty", "findings", "weasels", "attribution", "fear", "urging"]
COLUMNS = [f"recipe_{name}" for name in NAMES]
PAIRS = (ROOT / "tests" / "fixtures" / "recipe_pairs.txt").read_text("utf-8").splitlines()


def answers(*texts: str, recipes: list[str] = NAMES) -> pd.DataFrame:
    return fr.score(pd.DataFrame({"text": list(texts)}), recipes=recipes)


@pytest.mark.parametrize("line", PAIRS)
def test_every_rule_of_a_recipe_drops_one_and_keeps_a_near_one(line):
    head, *texts = line.split(" | ")
    name, rule = head.split()
    lexicon = recipe(name).lexicon
    named = lexicon.entries[["category", "entry", "rule"]]
    cues = fr.find_cues(pd.DataFrame({"text": texts}), lexicon=lexicon).drop(columns="rule")
    own = cues.merge(named[named["rule"] == f"recipe_{name}.{rule}"], on=["category", "entry"])
    assert set(zip(own["paragraph"], own["counted"], strict=True)) == {(0, False), (1, True)}


def test_no_rule_of_a_recipe_is_without_a_pair():
    pairs = [line.split(" | ")[0] for line in PAIRS]
    assert pairs == [f"{name} {rule}" for name in NAMES for rule in recipe(name).own.rules]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("It rained on Monday.", [0, 0, 0, 0, 0, 0]),
        ("It may rain. It rained. Perhaps it rains.", [2, 5, 1, 0, 2, 0]),
        ("Some people say it rained.", [0, 0, 1, 1, 0, 0]),
        ("“It rained,” he said. “It is dry.”", [0, 0, 0, 1, 0, 0]),
        ("They must leave now.", [0, 0, 0, 0, 3, 1]),
        ("A new plague will kill our children.", [0, 0, 0, 0, 12, 0]),
        ("There was no plague.", [0, 0, 0, 0, 0, 0]),
        ("", [0, 0, 0, 0, 0, 0]),
    ],
)
def test_the_answers_for_a_text(text, expected):
    """By hand: sentences, but points for findings (may 4, perhaps 1) and fear (3 + 6 + 3)."""
    assert answers(text)[COLUMNS].to_numpy().tolist() == [expected]


@pytest.mark.parametrize(
    ("name", "no", "yes"),
    [
        ("uncertainty", "It would like rain.", "It would be wise."),
        ("uncertainty", "It was said to be cheap.", "It was thought to be cheap."),
        ("uncertainty", "It is confident in rain.", "They are confident that it rains."),
        ("uncertainty", "The fear of rain is old.", "They fear that it rained."),
        ("uncertainty", "He was told to leave so.", "Find it and if so, leave."),
        ("uncertainty", "What he could see was rain.", "They know what could happen."),
        ("uncertainty", "They were to leave.", "He is lost, were he to leave."),
        ("uncertainty", "Rain is determining its fate.", "They are determining whether it rained."),
        ("uncertainty", "It came in the shortest possible time.", "It is a possible time."),
        ("uncertainty", "May resigned in tears.", "May proceed in rain."),
        ("uncertainty", "Few if any left.", "If any of them left, it rained."),
        ("urging", "He had to leave.", "He ought never to leave."),
        ("urging", "A vote is overdue.", "A vote is long overdue."),
        ("urging", "He did well to leave.", "He would do well to leave."),
        ("urging", "He should be able to leave.", "He should leave."),
        ("urging", "He should have left.", "He should have a vote."),
        ("urging", "It is critical to winning.", "It is critical to win."),
        ("urging", "The request is old.", "They request that it be so."),
        ("urging", "It is of great urgency.", "They sent an ultimatum."),
        ("urging", "He told them about it.", "Residents were told to leave."),
        ("urging", "We had no choice but to go.", "It would be unwise to go."),
        ("urging", "The bill fell short of two-thirds.", "Don’t open the door."),
        ("urging", "Support for it fell.", "Stop the war."),
        ("fear", "Police said on Monday that he died.", "They want to kill us."),
        ("fear", "Barbara left Crimea in harmony.", "Barbaric crimes harm."),
        ("fear", "The destroyer went hurtling by.", "They destroy and hurt."),
        ("weasels", "We believe that it rained.", "Sailors believe that it rained."),
        ("weasels", "He also considered the plan.", "He is considered lost."),
        ("weasels", "They saw the many ships.", "They saw many ships."),
        ("weasels", "It took some 500 ships.", "It took some ships."),
        ("weasels", "He criticized the plan.", "The plan was widely criticized."),
        ("weasels", "They asked supporters to vote.", "It rained, as supporters say."),
        ("weasels", "There was no evidence of it.", "Scholars say that it rained."),
        ("attribution", "A memory of a belief.", "A memo on a belief."),
        ("attribution", "The rescue fell short.", "The “rescue” fell short."),
    ],
)
def test_what_a_recipe_does_not_take_for_its_own(name, no, yes):
    """Each pair is a kind of error that was found in real sentences."""
    answer = answers(no, yes, recipes=[name])[f"recipe_{name}"]
    assert answer[0] == 0 < answer[1]


def test_recipes_change_no_other_score(strait, strait_scores):
    """With the built-in lexicon, which is read once for both."""
    scores = fr.score(strait.paragraphs, recipes=NAMES)
    pd.testing.assert_frame_equal(scores[[*strait_scores]], strait_scores)
    assert [*scores.columns[-6:]] == COLUMNS
    assert (scores[COLUMNS].dtypes == "int64").all() and (scores[COLUMNS].sum() > 0).all()
    sentences = [recipe(name).column for name in NAMES if recipe(name).unit == "sentence"]
    assert (scores[sentences].max(axis=1) <= scores["sentences"]).all()


def test_one_recipe_answers_as_all_do_and_whatever_the_lexicon(strait):
    """Alone, in another order, beside a lexicon of one's own, and when read again."""
    some = strait.paragraphs.head(60)
    whole = fr.score(some, recipes=NAMES)[COLUMNS]
    other = fr.Lexicon(pd.DataFrame({"category": ["sea"], "entry": ["ship*"]}))
    pd.testing.assert_frame_equal(fr.score(some, recipes=NAMES[::-1])[COLUMNS], whole)
    beside = fr.score(some, lexicon=other, recipes=NAMES)
    pd.testing.assert_frame_equal(beside[COLUMNS], whole)
    assert beside["sea"].equals(fr.score(some, lexicon=other)["sea"])
    for name, column in zip(NAMES, COLUMNS, strict=True):
        assert fr.score(some, recipes=name)[column].equals(whole[column])
        assert fr.score(some, recipes=[recipe(name)])[column].equals(whole[column])


PIECES = [
    "Some people may die. ",
    "He said “no, never”. ",
    "We must act! ",
    "It rained. ",
    "“Go.” ",
]


@settings(deadline=None, max_examples=30)
@given(st.lists(st.lists(st.sampled_from(PIECES)).map("".join), min_size=1, max_size=5))
def test_a_text_is_answered_alone_as_among_others(texts):
    table = answers(*texts)[COLUMNS]
    for row, text in enumerate(texts):
        assert answers(text)[COLUMNS].iloc[0].equals(table.iloc[row].rename(0))


MORE = [
    *PIECES, "There is no war. ", "If we fail, they will kill our children. ", "… ", "The “rescue” ",
    "fear", "\n", "was 5,000 ships. ", "Police said on Monday it was. ", "“", "𝔘 it may — ", "Don’t! ",
]  # fmt: skip


@settings(deadline=None, max_examples=60)
@given(st.lists(st.lists(st.sampled_from(MORE)).map("".join), min_size=1, max_size=4))
def test_the_points_add_up_to_the_scores_and_are_where_they_say(texts):
    """Sentences whose sum reaches the threshold, or the sums of sentences, each 0 at least."""
    table = pd.DataFrame({"text": texts, "paragraph": range(len(texts)), "article": "a"})
    own = recipe("fear")
    own = replace(own, name="own", quotation=5)  # a quotation has points of that kind, too
    scores, points = fr.score(table, recipes=[*NAMES, own]), fr.recipe_points(table, [*NAMES, own])
    for made in (*map(recipe, NAMES), own):
        found = points[points["recipe"] == made.name]
        sums = found.groupby(["paragraph", "sentence"])["points"].sum()
        sums = (sums >= made.threshold) * 1 if made.unit == "sentence" else sums.clip(lower=0)
        answer = sums.groupby("paragraph").sum().reindex(range(len(texts)))
        assert answer.fillna(0).tolist() == scores[made.column].tolist(), made
        place = ["paragraph", "sentence"]
        told = found[[*place, "sentence_score"]].drop_duplicates().set_index(place)
        assert told["sentence_score"].sort_index().tolist() == sums.tolist() and len(told) == len(
            sums
        )
    spans = zip(points["paragraph"], points["start"], points["end"], strict=True)
    assert [texts[row][start:end] for row, start, end in spans] == points["match"].tolist()
    assert (points["points"] != 0).all()


@settings(deadline=None, max_examples=60)
@given(st.lists(st.sampled_from([*PIECES, *MORE[5:7], MORE[12]]), min_size=1), st.data())
def test_the_scores_of_an_article_do_not_depend_on_where_its_paragraphs_end(sentences, data):
    """The sum of a paragraph was floored: one of a report took away what another had."""
    ends = data.draw(st.lists(st.booleans(), min_size=len(sentences), max_size=len(sentences)))
    texts = "".join(s + "\n" * end for s, end in zip(sentences, ends, strict=True)).splitlines()
    cut = answers(*texts)[COLUMNS].sum()
    assert cut.equals(answers("".join(sentences))[COLUMNS].sum())


def test_the_points_of_a_text_counted_by_hand():
    """Those of fear and of attribution, with a sentence that is quoted in part."""
    table = pd.DataFrame({"text": ["It rained.", "“War,” he said. There is no plague."]})
    columns = ["recipe", "paragraph", "sentence", "start", "end", "match", "category", "points"]
    columns.append("sentence_score")
    quoted = "“War,” he said"
    assert fr.recipe_points(table, ["attribution", "fear"])[columns].to_numpy().tolist() == [
        ["attribution", 1, 0, 1, len(quoted), quoted[1:], "quotation", 12, 1],
        ["attribution", 1, 0, 10, 14, "said", "attrib", 18, 1],
        ["fear", 1, 0, 1, 4, "War", "recipe_fear", 2, 2],
    ]
    assert len(fr.recipe_points(table, [])) == 0
    with pytest.raises(ValueError, match="no recipe 'fears'"):
        fr.recipe_points(table, "fears")


def test_a_recipe_is_a_measure_to_compare(strait):
    scores = fr.score(strait.paragraphs, recipes=["fear", "attribution"])
    table = fr.compare(scores, measures=["recipe_fear", "recipe_attribution"], n_resamples=99)
    assert set(table["measure"]) == {"recipe_fear", "recipe_attribution"}
    levels = fr.levels(scores, measures="recipe_fear")
    one = levels.iloc[0]
    own = scores[(scores["outlet"] == one["outlet"]) & scores["role"].isin(["standfirst", "body"])]
    assert one["pooled"] == pytest.approx(100 * own["recipe_fear"].sum() / own["words"].sum())


def test_a_column_of_that_name_is_not_replaced_unseen():
    table = pd.DataFrame({"text": ["It rained."], "recipe_fear": [7]})
    with pytest.raises(ValueError, match="'recipe_fear' would be replaced"):
        fr.score(table, recipes="fear")
    assert fr.score(fr.score(table.drop(columns="recipe_fear"), recipes="fear"), recipes="fear")[
        "recipe_fear"
    ].tolist() == [0]
