"""Each rule by the sentences it was written for, and by the conditions it is made of."""

from __future__ import annotations

import re

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

import framing as fr
from framing.lexicon.lexicon import Lexicon
from framing.lexicon.loading import load_lexicon
from framing.text.words import normalise, words
from tests.conftest import ROOT

# The sentences of the specification, each with the categories that are in it; "-" is none.
SENTENCES = """
Talks could fail, diplomats fear. | epi_modal fear
Talks fail. | -
Ministers met on 5 May and may meet again. | epi_modal
May 2022 was cold. | -
Theresa May resigned in May. | -
May be gone by Friday, officials said. | epi_modal attrib
The might of the Russian army is on show. | -
A pact that might hold. | epi_modal
She could not be reached for comment. | -
Kyiv could not independently verify the figures. | hearsay
He could see the tanks from his window. | -
The invasion could have been avoided. | epi_modal conflict_esc
It is possible that talks will resume. | prob
They want to leave as soon as possible. | -
Likely voters back the plan. | -
A deal is likely. | prob
It is unclear whether Moscow will agree. | prob cond
Officials have not ruled out an attack. | prob conflict_esc
He appeared on television in uniform. | -
The build-up appears to be slowing. | evid conflict_esc
It appears that the offer was rejected. | evid attrib
He believes in peace. | conflict_deesc
The troops are believed to be leaving. | hearsay
She thinks the offer is genuine. | evid
A think tank published the map. | -
He assumed office in 2019. | -
We assume the worst. | evid
Police arrested a suspected arsonist. | evid
There is no doubt about it. | boost
Experts doubt the claim. | evid hearsay
About 100,000 troops are massed at the border. | approx
The talks were about gas. | -
Some 30 diplomats left. | approx
Some diplomats left. | -
This kind of attack is new. | conflict_esc
It was kind of a relief. | approx
They met virtually on Tuesday. | -
The group claimed responsibility for the bombing. | -
The ministry claimed that the drone was shot down. | hearsay
The so-called republic is unrecognised. | hearsay
As if on cue, it rained. | -
If Russia invades, sanctions will follow. | cond conflict_esc
Should Russia invade, sanctions would follow. | cond conflict_esc
Russia should withdraw. | -
He must have known. | boost
Troops must withdraw. | -
Certain members objected. | -
It is certain that talks will fail. | boost
Without fear or favour. | fear
Fear not, he said. | attrib
Cape Fear is a film. | -
Fears of war are growing. | fear conflict_esc
The rules concerning exports changed. | -
The trend is deeply concerning. | fear
NATO warned of a real risk of conflict. | warn risk conflict_esc
The outfielder hit the warning track. | -
Without warning, the lights went out. | -
Troops were placed on high alert. | warn
Sign up for news alerts. | -
Risk management is a growing field. | -
A low risk option. | -
There is no threat to Ukraine. | -
Russia threatened to cut gas supplies. | warn
The move threatens stability. | risk
The Cuban missile crisis ended in 1962. | -
World War II began in 1939. | -
The war on drugs failed. | -
He died of a heart attack. | -
Fire alarm tests are weekly. | -
Cautious optimism prevailed. | -
Investors urged caution. | attrib warn
NATO says it will reinforce its eastern flank. | attrib
Tensions are rising and diplomacy continues. | conflict_esc conflict_deesc
The West is braced for a catastrophic war. | warn risk conflict_esc
The crisis could spiral out of control. | epi_modal risk conflict_esc
"""


def counted(text: str, lexicon: Lexicon | None = None) -> pd.DataFrame:
    cues = fr.find_cues(pd.DataFrame({"text": [text]}), lexicon=lexicon)
    return cues[cues["counted"] & ~cues["negated"]]


@pytest.mark.parametrize("line", SENTENCES.strip().splitlines())
def test_the_categories_of_a_sentence_are_those_expected(line: str) -> None:
    """And no other: 75 sentences, one or more a rule."""
    text, categories = line.split(" | ")
    assert set(counted(text)["category"]) == set(categories.split()) - {"-"}


PAIRS = (ROOT / "tests" / "fixtures" / "rule_pairs.txt").read_text("utf-8").splitlines()


@pytest.mark.parametrize("line", PAIRS)
def test_every_rule_drops_one_and_keeps_a_near_one(line):
    """Of the hits of its own entries; a pair a line: rule, what it drops, what it keeps."""
    rule, *texts = line.split(" | ")
    named = load_lexicon().entries[["category", "entry", "rule"]]
    cues = fr.find_cues(pd.DataFrame({"text": texts})).drop(columns="rule")
    own = cues.merge(named[named["rule"] == rule], on=["category", "entry"])
    assert set(zip(own["paragraph"], own["counted"], strict=True)) == {(0, False), (1, True)}


def test_no_rule_is_without_a_pair():
    assert [line.split(" | ")[0] for line in PAIRS] == list(load_lexicon().rules)


def test_a_near_miss_stays_in_the_table_with_the_name_of_its_rule():
    """It keeps its place and its entry, and does not let a shorter cue surface."""
    cues = fr.find_cues(pd.DataFrame({"text": ["She could not be reached. Talks could fail."]}))
    assert cues[["match", "counted", "rule"]].values.tolist() == [
        ["could", False, "R-COULD"],
        ["could", True, ""],
    ]


def test_the_longer_cue_wins_before_a_rule_is_asked():
    """'could not be verified' is hearsay, not a 'could' that a rule takes away."""
    cues = fr.find_cues(
        pd.DataFrame({"text": ["The figures could not be independently verified."]})
    )
    assert cues[["category", "counted"]].values.tolist() == [["hearsay", True]]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("There is no threat, and not a single risk of war.", ["threat", "risk"]),
        ("The fear is not new. No fear, ministers fear.", ["fear"]),
        ("Nor did they warn; they downplayed any risk.", ["warn", "risk"]),
        ("It isn’t a crisis, and it is not only a crisis.", ["crisis"]),
        ("Fears of a crash proved unfounded.", ["Fears"]),
        ("They may not agree, and it is not clear.", []),
    ],
)
def test_negated_cues_are_told_apart_and_do_not_count(text, names):
    """Three words back, not across a mark; a negated modal is still a hedge."""
    cues = fr.find_cues(pd.DataFrame({"text": [text]}))
    assert cues.loc[cues["negated"], "match"].tolist() == names


def test_soothed_fears_are_marked_and_counted():
    cues = fr.find_cues(pd.DataFrame({"text": ["He sought to allay growing fears. Fears grew."]}))
    assert cues["attenuated"].tolist() == [True, False]
    assert cues["counted"].all()


CLAUSES = [
    {"prev": ["the", "of a"]},
    {"next2": ["war", "of a"]},
    {"prev3": ["not", "of a"], "not_next": ["war"]},
    {"end": True},
    {"match": ["may"], "not_prev2": ["the"]},
]
TEXT = st.lists(
    st.sampled_from(
        ["may", "fear", "fears", "the", "of", "a", "not", "war", ",", ".", "“", "”", "—", "’s", "?"]
    ),
    max_size=14,
)


@given(TEXT.map(" ".join), st.sampled_from(CLAUSES))
def test_conditions_are_those_of_the_definition(text: str, clause: dict[str, object]) -> None:
    """Neighbours within a clause, phrases among them, looked up one hit at a time."""
    entries = pd.DataFrame({"entry": ["may", "fear*"], "rule": "R"})
    cues = fr.find_cues(
        pd.DataFrame({"text": [text]}), lexicon=Lexicon(entries, rules={"R": {"drop": [clause]}})
    )
    here, folded = words(text), normalise(text)
    for cue in cues.itertuples():
        place = [word.start for word in here].index(cue.start)
        parts, part, own = [[]], 0, 0
        for i, word in enumerate(here):
            if i and re.search("[,.—?]", folded[here[i - 1].end : word.start]):
                parts.append([])
            if i == place:
                part, own = len(parts) - 1, len(parts[-1])
            parts[-1].append(word.key)
        before, after = parts[part][:own], parts[part][own + 1 :]
        assert cue.counted != all(_holds(k, v, before, cue.match, after) for k, v in clause.items())


def _holds(key: str, value: object, before: list[str], match: str, after: list[str]) -> bool:
    if key == "end":
        return not after
    name, reach = key.removeprefix("not_").rstrip("123"), int(key[-1]) if key[-1].isdigit() else 1
    if name == "match":
        found = match in value
    else:
        near = " ".join([w[::-1] for w in before[::-1]] if name == "prev" else after)
        turned = [phrase[::-1] if name == "prev" else phrase for phrase in value]
        found = any(re.match(rf"(?:\S+ ){{0,{reach - 1}}}{p}(?: |$)", near) for p in turned)
    return found != key.startswith("not_")


def test_capitals_and_starts_of_sentences():
    """A capital counts where it stands out: not in a title, where most words have one."""
    rules = {"R": {"drop": [{"capital": True, "start": False}]}}
    own = Lexicon(pd.DataFrame({"entry": ["may"], "rule": "R"}), rules=rules)
    texts = [
        "It rained in May again.",
        "May it rain?",
        "It fell. May it rain?",
        "Talks May Fail Again",
    ]
    cues = fr.find_cues(pd.DataFrame({"text": texts}), lexicon=own)
    assert cues["counted"].tolist() == [False, True, True, True]


def test_rules_are_saved_and_read_again(tmp_path):
    """The English lexicon judges the same after a round trip, and is another without its rules."""
    lexicon = load_lexicon()
    again = load_lexicon(lexicon.save(tmp_path / "mine.csv"))
    assert again.hash == lexicon.hash
    texts = pd.DataFrame(
        {"text": [line.split(" | ")[0] for line in SENTENCES.strip().splitlines()]}
    )
    pd.testing.assert_frame_equal(fr.find_cues(texts), fr.find_cues(texts, lexicon=again))


@pytest.mark.parametrize(
    ("text", "counts"),
    [
        ("The prime minister may call an election.", True),
        ("The foreign minister may travel, aides say.", True),
        ("The attack of July 17 may amount to a war crime.", True),
        ("Reports that come early may turn out to be wrong.", True),
        ("Those over 65 may wait for weeks.", True),
        ("Prime Minister May called an election.", False),
        ("prime minister may said that she was leaving", False),
        ("It was signed on 17 May in Geneva.", False),
        ("it was signed on 17 may, or so they say", False),
        ("They leave in early May or late June.", False),
        ("Prime Minister May Leaves Talks In Brussels", False),
        ("It was signed in April and May of that year.", False),
    ],
)
def test_the_verb_in_small_letters_is_no_month_and_no_name(text, counts):
    """A minister, or a number, before *may* made it a name, or a month."""
    cues = fr.find_cues(pd.DataFrame({"text": [text]}))
    found = cues[cues["match"].str.lower() == "may"]
    assert found["counted"].tolist() == [counts]
