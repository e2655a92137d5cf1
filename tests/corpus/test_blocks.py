from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from framing.corpus.blocks.paragraphs import split_blocks
from framing.corpus.blocks.repeats import repeated_blocks, short_marks, similarity
from framing.corpus.blocks.roles import ROLES, Block, Page
from framing.corpus.blocks.roles import classify as classify_pages
from framing.corpus.blocks.titles import clean_title
from tests.conftest import gold

# A known miss, hand-checked: it looks like nothing but a sentence of the story.
KEPT = {"What's within the Kareshi menace dossier?"}


def classify(blocks: list[str], title: str = "", outlet: str = "", repeated=()) -> list[Block]:
    return next(classify_pages([Page(blocks, title, outlet, repeated)]))


def test_gold_no_body_paragraph_is_lost_and_furniture_goes(strait):
    """Every block of the hand-made gold has its role, but for the misses named above."""
    found = strait.paragraphs.rename(columns={"paragraph": "block"})
    both = gold("blocks").merge(found, on=["article", "block"], suffixes=("", "_found"))
    assert len(both) == len(gold("blocks")) > 180
    wrong = both[both["role"] != both["role_found"]]
    assert not (wrong["role"] == "body").any(), wrong[["file", "text"]]
    assert set(wrong["text"]) <= KEPT


def test_gold_names_the_blocks_it_means(strait):
    """The gold's block numbers and ours count the same blocks."""
    found = strait.paragraphs.rename(columns={"paragraph": "block"})
    both = gold("blocks").merge(found, on=["article", "block"], suffixes=("", "_found"))
    for row in both.itertuples():
        said = " ".join(row.starts.split())[:8]
        assert row.text.startswith(said) or row.role == "headline"


@given(st.lists(st.text(max_size=80), max_size=12))
def test_no_block_is_lost(blocks):
    """As many blocks come out as go in, each with a role that there is, and the text kept."""
    found = classify(blocks)
    assert len(found) == len(blocks)
    assert {b.role for b in found} <= set(ROLES)
    for before, after in zip(blocks, found, strict=True):
        if after.role != "headline":
            assert after.text == " ".join(before.split())


@given(st.text(alphabet="ab .\n\r\t\v\u2028\x85", max_size=60))
def test_splitting_loses_no_letter_and_is_idempotent(text):
    """Splitting keeps every printed character, and blocks joined by blank lines split again."""
    blocks = split_blocks(text)
    assert "".join("".join(blocks).split()) == "".join(text.split())
    if len(blocks) > 1:
        assert split_blocks("\n\n".join(blocks)) == blocks


def test_the_title_given_by_the_source_is_the_headline_once():
    """A title from the metadata is put first, unless the first block is it already."""
    assert [b.role for b in classify(["It rained all day."], title="Rain")] == ["headline", "body"]
    same = classify(["Rain | The Herald", "It rained all day."], title="Rain", outlet="The Herald")
    assert [b.text for b in same] == ["Rain", "It rained all day."]


def test_titles_keep_what_is_no_site_name():
    """Only a section after a bar, a name of the outlet, or '… news' goes."""
    assert clean_title("Talks fail | World news | The Herald") == "Talks fail"
    assert clean_title("Talks fail - BBC News") == "Talks fail"
    assert clean_title("War - and peace") == "War - and peace"
    assert clean_title("Talks fail – Deckhand Notes", "Deckhand Notes") == "Talks fail"


@pytest.mark.parametrize(
    "first",
    [
        "Ada Holm", "Ada Holm and Carl Strand", "Ada Holm, Carl Strand and Eva Lind",
        "Ada Holm, GULL TODAY", "By Ada Holm", "The Harbour Times", "Daily Gull News",
        "HARBOUR OBSERVER", "(Updates with more details from the islands)", "7 years ago",
        "Ferries in the harbour on Monday. | AP Photo Ferry talks falter", "Story highlights Talks fail",
        "A ferry leaves the harbour on Monday, March 12, 2031. REUTERS/Ada Holm", "March 2031",
        "Media caption The minister says that the talks may fail", "This article is more than 1 year old",
        "The minister said that the talks on the ferries of all the islands might fail by the end of "
        "the week, as the unions see it",
    ],
)  # fmt: skip
def test_what_stands_first_without_being_a_headline_is_none(first):
    """Bylines, newspapers, captions, remarks and standfirsts, where the title is not known."""
    blocks = [
        first,
        "Harbour Observer",
        "The talks failed on Monday, officials said.",
        "It rained.",
    ]
    assert "headline" not in [b.role for b in classify(blocks, outlet="Harbour Observer")]


@pytest.mark.parametrize(
    "first",
    ["Ferry talks falter", "Ferry Talks Falter", "Will the ferry talks fail?", "Talks Fail | World news",
     "Islanders Fear Strike, And Hotels Offer Rooms", "UPDATE 1-Ferry talks falter in harbour"],
)  # fmt: skip
def test_a_headline_is_found_without_a_title_of_the_source(first):
    blocks = [
        first,
        "The talks failed on Monday, officials said, and few were surprised.",
        "It rained.",
    ]
    assert classify(blocks, outlet="Harbour Observer")[0].role == "headline"


def test_a_phrase_of_furniture_inside_a_paragraph_does_not_cost_the_paragraph():
    """A long paragraph that mentions a newsletter is body."""
    text = "Sign up for the navy, the posters said, " + "and many a man did so in those days " * 6
    assert classify(["Title here now", text + "."])[1].role == "body"


def test_what_an_outlet_repeats_is_furniture_but_a_copy_is_not():
    """A line in three articles of one outlet goes; an article printed three times stays."""
    line = "The tide waits for nobody, and neither do we."
    articles = [[f"Story {n} happened here.", f"And then {n}.", line] for n in range(3)]
    repeated = repeated_blocks(short_marks(articles))
    assert len(repeated) == 1
    roles = [block.role for block in classify(articles[0], "Rain", repeated=repeated)]
    assert roles == ["headline", "body", "body", "furniture"]
    assert repeated_blocks(short_marks([["One thing.", "Another thing."]] * 3)) == set()


@given(st.lists(st.lists(st.text(max_size=50), max_size=5), max_size=5))
def test_pages_are_classified_each_for_itself(pages):
    """Many pages in one pass have the roles that they have one by one."""
    together = list(classify_pages([Page(blocks) for blocks in pages]))
    assert together == [classify(blocks) for blocks in pages]


def test_a_link_to_the_comments_does_not_cost_the_body():
    """After the phrase of a comment form only what follows most of the words is furniture."""
    story = [f"The talks of day {n} went on until late at night, officials said." for n in range(9)]
    page = ["Talks fail again", "Leave a comment", *story, "Leave a comment", "First!", "I agree."]
    roles = [block.role for block in classify(page)]
    assert roles == ["headline", "furniture", *["body"] * 9, *["furniture"] * 3]


def test_a_note_on_the_author_goes_and_a_story_about_a_namesake_stays():
    """Only the last paragraph, and only where the byline names the one it tells of."""
    note = "Ada Holm, is a pilot, and teaches at the Harbour School."
    story = ["Talks fail", "By Ada Holm", "It rained all day.", note, "Nobody was surprised."]
    assert [block.role for block in classify(story)][3:] == ["body", "body"]
    assert [block.role for block in classify([*story[:3], note])][-1] == "furniture"
    assert [block.role for block in classify(["Talks fail", *story[2:4]])][-1] == "body"


def test_what_stands_under_the_title_of_a_page_is_no_caption_run_together():
    """Plain text may run a caption and a title together; a page marks its paragraphs."""
    blocks = ["Karesh calls it routine. The trouble is that it looks the same", "One.", "Two."]
    assert classify(blocks, "Talks fail")[1].role == "caption"
    page = Page(blocks, "Talks fail", marked=True)
    assert next(classify_pages([page]))[1].role == "standfirst"


@given(st.text(max_size=60), st.text(max_size=60))
def test_similarity_is_symmetric_and_bounded(a, b):
    """The cosine lies in 0–1, is the same both ways, and 1 for the same text."""
    assert similarity(a, b) == similarity(b, a)
    assert 0 <= similarity(a, b) <= 1 + 1e-9
    assert abs(similarity(a, a) - 1) < 1e-9 or similarity(a, a) == 0
