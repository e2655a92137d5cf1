from __future__ import annotations

import warnings
from collections import Counter

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

import framing as fr
from framing.reuse.align import align
from framing.reuse.cue_changes import (
    Cue,
    count_neutral,
    cue_changes,
    share_reworded,
    word_blocks,
    word_edits,
)
from framing.reuse.shifts import CHANGE_COLUMNS, shifts


def between(a: str, b: str, *, threshold: float = 0.1):
    return shifts(align(*(pd.DataFrame({"text": [text]}) for text in (a, b)), threshold=threshold))


def changes(a: str, b: str) -> list[tuple[str, str]]:
    found = between(a, b).changes
    return list(found[["category", "change"]].itertuples(index=False, name=None))


def flags(a: str, b: str) -> set[str]:
    row = between(a, b).pairs.select_dtypes("bool").iloc[0]
    return set(row.index[row])


def test_the_example_of_the_scenario():
    source, copy = "The talks could fail, officials fear.", "Talks fail."
    assert changes(source, copy) == [("epi_modal", "dropped"), ("fear", "dropped")]
    assert flags(source, copy) == {"strengthened", "alarm_down", "attribution_lost"}
    assert changes(copy, source) == [("epi_modal", "added"), ("fear", "added")]
    assert flags(copy, source) == {"weakened", "alarm_up", "attribution_added"}


@pytest.mark.parametrize(
    ("a", "b", "want"),
    [
        ("Talks could fail.", "Talks could fail.", [("epi_modal", "kept")]),
        ("Talks could fail.", "Talks might fail.", [("epi_modal", "replaced in category")]),
        (
            "Talks may fail now.",
            "Talks will certainly fail now.",
            [("epi_modal", "replaced by another")],
        ),
        (
            "Ships could sink and ports may close.",
            "Ports may close and ships could sink.",
            [("epi_modal", "kept"), ("epi_modal", "kept")],
        ),
    ],
)
def test_what_became_of_a_cue(a, b, want):
    assert changes(a, b) == want


def test_quotation_marks_that_are_gone_are_told():
    source = "“We will wait,” the minister said on Monday in Dovek."
    copy = "We will wait, the minister stated on Monday in Dovek."
    assert flags(source, copy) == {"quotation_lost"}


def test_an_article_against_itself_has_no_shift(strait):
    paragraphs = strait.paragraphs[
        strait.paragraphs["article"] == "daily-clarion/2031-03-04-pilots"
    ]
    found = shifts(align(paragraphs, paragraphs))
    assert len(found.pairs) > 10
    assert not found.pairs.select_dtypes("bool").to_numpy().any()
    assert (found.pairs[["hedge", "boost", "alarm", "tone", "reworded"]] == 0).to_numpy().all()
    assert set(found.changes["change"]) == {"kept"}
    assert len(found.edits) == 0


def test_every_cue_of_both_versions_is_in_one_row(strait):
    """Cues of the first version: all rows but the added; of the second: all but the dropped."""
    source, copy = (
        strait.paragraphs[strait.paragraphs["article"] == f"{outlet}/2031-03-23-blackout"]
        for outlet in ("meridian-wire", "newsbraces")
    )
    aligned = align(source, copy)
    found = shifts(aligned)
    paired = aligned[aligned["score"].notna()]
    for side, gone in (("a", "added"), ("b", "dropped")):
        cues = fr.find_cues(pd.DataFrame({"text": paired[f"text_{side}"].to_numpy()}))
        counted = (cues["counted"] & ~cues["negated"]).sum()
        assert (found.changes["change"] != gone).sum() == counted
    assert len(found.pairs) == len(paired)


def test_edits_are_the_words_before_and_after():
    edits = between("The ship left the harbour.", "The boat left a harbour today.").edits
    assert edits[["before", "after"]].values.tolist() == [
        ["ship", "boat"],
        ["the", "a"],
        ["", "today"],
    ]


def test_cues_of_paragraphs_that_stand_alone_are_told_too():
    a = pd.DataFrame({"text": ["Talks may fail on Monday in Dovek.", "Fishermen fear storms."]})
    found = shifts(align(a, a.iloc[:1]))
    assert found.cues[["pair", "side", "match"]].values.tolist() == [
        [0, "a", "may"],
        [1, "a", "fear"],
        [0, "b", "may"],
    ]
    assert found.cues.index.tolist() == [0, 1, 2]
    cues = fr.find_cues(pd.DataFrame({"text": ["Talks may fail."]}))
    assert list(found.cues) == ["pair", "side", *cues.columns[2:]]


def test_indices_that_a_lexicon_lacks_are_0_and_give_no_flag():
    """Whether an attribution is lost is not known by a lexicon without "said" and "told"."""
    lexicon = fr.Lexicon(pd.DataFrame({"entry": ["talks"], "category": "own"}))
    a, b = (pd.DataFrame({"text": [text]}) for text in ("Talks may fail, he said.", "Talks fail."))
    row = shifts(align(a, b), lexicon=lexicon).pairs.iloc[0]
    assert row[["hedge", "boost", "alarm", "attribution_lost", "strengthened"]].tolist() == [
        0, 0, 0, False, False,
    ]  # fmt: skip


def test_rows_of_one_name_are_refused():
    aligned = align(*[pd.DataFrame({"text": ["Talks may fail.", "Rain fell on the town."]})] * 2)
    with pytest.raises(
        ValueError, match=r"must be unique, got 0 more than once: .*ignore_index=True"
    ):
        shifts(pd.concat([aligned, aligned]))


def test_rows_that_are_there_twice_are_refused_by_the_first_of_them():
    """Every change in them would count twice."""
    texts = pd.DataFrame({"text": ["Talks may fail.", "Rain fell on the town."], "article": "x"})
    tables = [align(texts.assign(article=name), texts) for name in ("b", "a")]
    with pytest.raises(ValueError, match=r"4 rows of aligned are there twice, .* of article 'b'"):
        shifts(pd.concat([*tables, *tables], ignore_index=True))


def test_nothing_aligned_gives_empty_tables():
    found = between("Rain.", "The talks could fail.")
    assert len(found.pairs) == len(found.changes) == len(found.edits) == 0
    assert list(found.changes.columns) == CHANGE_COLUMNS


def test_words_that_changed_are_counted_by_hand():
    """Of nine words four changed; neutral ones are no function words, no cues, and may stand twice."""
    a, b = (
        "The ship may leave Dovek. The ship may sink.",
        "The boat left Dovek today. The ship may sink.",
    )
    blocks = word_blocks(a, b)
    assert [(x.same, len(x.a), len(x.b)) for x in blocks] == [
        (True, 1, 1), (False, 3, 2), (True, 1, 1), (False, 0, 1), (True, 4, 4),
    ]  # fmt: skip
    assert share_reworded(blocks) == 3 / 9
    assert list(word_edits((a, b), blocks)) == [("ship may leave", "boat left"), ("", "today")]
    sinks = [[Cue(text.index("sink"), text.index("sink") + 4, "c", "sink")] for text in (a, b)]
    assert count_neutral((a, b), [[], []]) == (5, 6, 3)
    assert count_neutral((a, b), sinks) == (4, 5, 2)
    beside = [[Cue(a.index("leave") + 5, a.index("leave") + 6, "c", " ")], []]
    assert count_neutral((a, b), beside) == (5, 6, 3)
    assert share_reworded(word_blocks("", b)) == 0
    assert share_reworded(word_blocks("Rain.", "Snow.")) == 1


def test_a_cue_in_its_place_is_kept_before_one_elsewhere():
    """Of two equal cues the one in the same block is the same; what is left is dropped or added."""
    a, b = "Ships may sink at sea. Ports may close.", "Ships sink at sea. Ports may close."
    assert changes(a, b) == [("epi_modal", "dropped"), ("epi_modal", "kept")]
    assert changes(b, a) == [("epi_modal", "kept"), ("epi_modal", "added")]


@pytest.mark.parametrize(
    ("a", "b", "want"),
    [
        ("Talks may fail.", "Talks fail.", {"strengthened"}),
        ("Talks certainly fail.", "Talks fail.", {"weakened"}),
        ("Talks fail.", "Talks fail, officials say.", {"attribution_added"}),
        ("Talks fail, officials say.", "Talks fail, he said.", set()),
        ('He said "talks fail".', "He said talks fail.", {"quotation_lost"}),
        ("He said talks fail.", 'He said "talks fail".', set()),
    ],
)
def test_flags_of_one_change(a, b, want):
    assert flags(a, b) == want


def test_the_size_of_a_change_is_the_sum_of_its_parts():
    row = between('He said "talks may fail in a crisis".', "Talks surely fail.").pairs.iloc[0]
    parts = row[["hedge", "boost", "alarm", "tone"]].abs().sum()
    told = row[["attribution_lost", "attribution_added", "quotation_lost"]].astype(int).sum()
    assert row["size"] == pytest.approx(parts + told)
    assert (row["hedge"], row["boost"], told) == (-1, 1, 2)


def test_a_word_changed_in_a_long_text_is_one_word_however_common_the_others_are():
    text = "the ship " * 200
    blocks = word_blocks(text, "a " + text.split(" ", 1)[1])
    assert [block.same for block in blocks] == [False, True]
    assert share_reworded(blocks) == 1 / 400


@pytest.mark.parametrize(
    ("a", "b", "want"),
    [
        ("Officials think it rains.", "It rains.", {"attribution_lost"}),
        ("It rains.", "Officials think it rains.", {"attribution_added"}),
        ("Officials think it rains.", "Officials told us it rains.", set()),
        ("Officials think it rains.", "According to Dovek, it rains.", set()),
        ("According to Dovek, it rains.", "Officials think it rains.", set()),
        ("According to Dovek, it rains.", "It rains.", set()),
        ('It "rains" now.', "It rains now.", {"quotation_lost"}),
        ("It rains now.", 'It "rains" now.', set()),
    ],
)
def test_an_attribution_is_lost_or_added_only_where_the_other_text_has_none(a, b, want):
    found = flags(a, b)
    assert {name for name in found if name.startswith(("attribution", "quotation"))} == want


def test_the_work_grows_with_the_number_of_cues(monkeypatch):
    """Cues were compared with all of the other text: 16 million times here."""
    calls = []
    monkeypatch.setattr(
        "framing.reuse.cue_changes._means", lambda cue: calls.append(cue) or cue.match
    )
    a, b = ([Cue(i, i + 1, side, side) for i in range(2000)] for side in "ab")
    assert Counter(row[1] for row in cue_changes(a, b, [])) == {"dropped": 2000, "added": 2000}
    assert len(calls) < 20_000


def test_a_word_again_and_again_is_compared_at_the_ends_and_that_is_told():
    one, other = "now " + "said " * 1000 + "end", "now " + "said " * 900 + "here end"
    one, other = one + " of it", other + " of it"
    with pytest.warns(UserWarning, match=r"of 1,004 and 905 words .* is one edit"):
        blocks = word_blocks(one, other)
    assert [block.same for block in blocks] == [True, False, True]
    assert [[word.key for word in side] for side in blocks[1][1:]] == [["said"] * 100, ["here"]]
    with pytest.warns(UserWarning, match="is one edit"):
        assert [block.same for block in word_blocks(one, one)] == [True]


def test_up_to_half_a_million_ways_to_pair_equal_words_are_compared():
    """The words between three that are alike are told apart; beyond the limit they are one edit."""
    one, other = "said now said then said", "said " * 166_666
    assert sum(not block.same for block in word_blocks(one, other)) == 3
    with pytest.warns(UserWarning, match="is one edit"):
        assert sum(not block.same for block in word_blocks(one, other + "said")) == 1


@given(*[st.lists(st.sampled_from(["rain", "hail", "fog"]), max_size=6).map(" ".join)] * 2)
def test_blocks_of_words_hold_both_texts_and_none_is_empty(one, other):
    """Also where words repeat too often, and only the common ends are the same."""
    for ways in (500_000, -1):
        with pytest.MonkeyPatch.context() as patch, warnings.catch_warnings():
            patch.setattr("framing.reuse.cue_changes.MOST_WAYS", ways)
            warnings.simplefilter("ignore")
            blocks = word_blocks(one, other)
        for text, side in ((one, "a"), (other, "b")):
            found = [word.key for block in blocks for word in getattr(block, side)]
            assert found == text.split()
        for same, a, b in blocks:
            assert (a or b) and same == ([w.key for w in a] == [w.key for w in b])


_CUES = st.lists(
    st.builds(
        lambda start, size, category, match: Cue(start, start + size, category, match),
        st.integers(0, 30), st.integers(1, 8), st.sampled_from("xy"), st.sampled_from(["m", "M", "n"]),
    ),
    max_size=8, unique=True,
)  # fmt: skip
_TEXTS = st.lists(st.sampled_from(["a", "bb", "ccc", "d"]), max_size=12).map(" ".join)


@given(_CUES, _CUES, _TEXTS, _TEXTS)
def test_each_cue_becomes_the_first_that_fits_by_the_closest_rule(a, b, one, other):
    """Against the rules one by one, each cue with all that are left."""
    a, b, blocks = sorted(a), sorted(b), word_blocks(one, other)

    def where(cue, side):
        return {
            n
            for n, block in enumerate(blocks)
            if any(w.start < cue.end and cue.start < w.end for w in block[side])
        }

    def near(x, y):
        return bool(where(x, 1) & where(y, 2))

    def alike(x, y):
        return (x.category, x.match.lower()) == (y.category, y.match.lower())

    left, new, found = list(a), list(b), []
    for change, fits in (
        ("kept", lambda x, y: near(x, y) and alike(x, y)),
        ("kept", alike),
        ("replaced in category", lambda x, y: near(x, y) and x.category == y.category),
        ("replaced in category", lambda x, y: x.category == y.category),
        ("replaced by another", near),
    ):
        for x in list(left):
            if y := next((y for y in new if fits(x, y)), None):
                left.remove(x)
                new.remove(y)
                found.append((x.start, (x.category, change, x.match, y.category, y.match)))
    found += [(x.start, (x.category, "dropped", x.match, "", "")) for x in left]
    want = [row for _, row in sorted(found)]
    want += [(y.category, "added", "", y.category, y.match) for y in new]
    assert list(cue_changes(a, b, blocks)) == want
