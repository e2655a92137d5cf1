from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from framing.corpus.blocks.neighbours import relate
from framing.corpus.blocks.openings import is_no_headline
from framing.corpus.blocks.paragraphs import split_blocks
from framing.corpus.blocks.repeats import Prints, _cosine, _grams, recurring, recurs
from framing.corpus.blocks.repeats import prints as prints_of_each
from framing.corpus.blocks.roles import Block, Page, body_status
from framing.corpus.blocks.roles import classify as classify_pages
from framing.corpus.blocks.titles import clean_title, looks_like_headline
from framing.schema import ROLES
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
    assert len(both) == len(gold("blocks"))
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
            line = " ".join(before.split())
            assert after.text in (line, re.sub(r"^#{1,6} ", "", line))


def test_a_heading_after_the_first_paragraph_is_no_link_to_another_story():
    story = Block("It rained all day in Ansel.", "body", words=6)
    heading = Block("Rain Without End", "related", "title-like line", 3)
    roles = [block.role for block in relate([story, heading, story])]
    assert roles == ["body", "fragment", "body"]


@given(st.text(alphabet="ab .\n\r\t\v\u2028\u2029\x85\f", max_size=200))
def test_splitting_loses_no_letter_and_is_idempotent(text):
    """No block is empty, no printed character lost; blocks joined by blank lines split again."""
    blocks = split_blocks(text)
    assert "".join("".join(blocks).split()) == "".join(text.split())
    assert all(block.strip() == block != "" for block in blocks)
    if len(blocks) > 1:
        assert split_blocks("\n\n".join(blocks)) == blocks


def test_the_title_given_by_the_source_is_the_headline_once():
    """A title from the metadata is put first, unless the first block is it already."""
    assert [b.role for b in classify(["It rained all day."], title="Rain")] == ["headline", "body"]
    same = classify(["Rain | The Herald", "It rained all day."], title="Rain", outlet="The Herald")
    assert [b.text for b in same] == ["Rain", "It rained all day."]


def test_a_date_above_the_text_is_not_scored():
    """Above the headline a date is no part of the story, and below it neither."""
    date, story = "Mar. 12, 2031, 9:05 p.m.", "The talks of March 12, 2031 failed."
    assert [b.role for b in classify([date, story])] == ["furniture", "body"]
    assert [b.role for b in classify([date, story], title="Talks")][1:] == ["furniture", "body"]


@pytest.mark.parametrize(
    "line",
    ["Opinion | The pilot who stayed", "Analysis | Why the harbour silted up", "ESSAY | Low tide",
     "Gull Wire | The pilot who stayed at home"],
)  # fmt: skip
def test_a_section_before_a_bar_is_never_the_title_alone(line):
    """With or without a title of the source, and with the name of the site at the end."""
    story = "The pilot stayed at home for a year, as nobody had told him of the strike."
    assert classify([line, story, "It rained."])[0][:2] == (line, "headline")
    given = classify([story], title=f"{line} | The Herald", outlet="The Herald")
    assert given[0].text == line
    assert clean_title(f"Strike over | {line.split(' |')[0]}") == "Strike over"


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
        "Head of the harbour commission says that the claim of an unnamed official is false",
        "What do the islands hope to gain from this strike?", "A daily roundup of ferries and tides",
        "PORT ANSEL (AP) —", "ANSEL, March 12 (Reuters) -", "Ansel (CNN)", "ANSEL, South Menna",
        "ST. ANSEL, Menna (Meridian) --", "ANSEL –", "Thursday, March 12, 2031 9:05 PM", "9:05 a.m. ET",
        "Mar. 12, 2031, 9:05 a.m.", "Posted at 21:05 on 12 March 2031", "Thursday, March 12",
        "2031-03-12", "Donnerstag, 12. März 2031, 21:05 Uhr", "The Daily Cormorant", "Daily Cormorant",
        "The Ansel Dispatch", "The Harbour Observer", "HARBOUR OBSERVER (Ansel)", "The Evening Heron",
        "ANSEL, 12 March", "Last modified on Thu 12 Mar 2031 21.05 GMT", "The Heron", "Ansel Daily Heron",
        "Journal of Ansel", "Harbour Observer Online", "observer.example.com", "Page A7",
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
     "Islanders Fear Strike, And Hotels Offer Rooms", "UPDATE 1-Ferry talks falter in harbour",
     "Minister Says That The Claim Of An Unnamed Official Is False And Asks Islands To Wait",
     "Daily ferry to stop in March", "ANSEL, where ferries once ran", "Harbour Observer wins a prize",
     "Talks on March 12 failed", "March of the ferries", "May 12 changed the islands", "Monday blues",
     "The Evening Ferry Returns", "UNESCO, Menna Agree on Talks", "The daily walk of a minister", "Reuters to cut jobs in Ansel", "Ferry talks – what we know"],
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


@pytest.mark.parametrize(
    "line",
    ["To continue reading, subscribe for 2 a week.", "You have 3 free articles left this month.",
     "Already a subscriber? Log in here.", "Already have an account – sign in", "Log in", "Create an account",
     "You've read your last free article.", "You have reached your limit of free articles. Subscribe now.",
     "This story is only available to subscribers.", "Subscribe to continue", "1 free story remaining",
     "2 articles left this month", "Log in or register to read on.", "Existing subscriber? Sign in",
     "This story is reserved for our readers.", "Not a subscriber? Create your free account to read on.", "Try it for a month. Cancel anytime."],
)  # fmt: skip
def test_lines_of_a_paywall_are_furniture(line):
    story = "The pilots of the harbour talked until late at night, and nobody gave in."
    assert [b.role for b in classify([story, line, story[:-1] + " at all."], title="Talks")] == [
        "headline", "body", "furniture", "body",
    ]  # fmt: skip


@pytest.mark.parametrize(
    "line",
    ["The paper said that readers who subscribe to its ferry service may log in from Monday.",
     "It lost two million subscribers, and readers with free articles left hardly came back.",
     "He asked whether she was already a subscriber of the ferry company or only a guest.",
     "You have to read all the stories of the free port to see why people stayed there.",
     "Already a subscriber to three papers, the pilot bought a fourth one at the harbour.",
     "Only two free stories were left in the book, the librarian of the islands said.",
     "Anyone who wants to create an account at the bank of the islands must wait a week."],
)  # fmt: skip
def test_a_sentence_on_subscribers_is_text(line):
    assert classify([line, "It rained all day long."], title="Talks")[1].role == "body"


def test_what_an_outlet_repeats_is_furniture_but_a_copy_is_not():
    """A line in three articles of one outlet goes; an article printed three times stays."""
    line = "The tide waits for nobody, and neither do we."
    articles = [[f"A {n} happened here.", f"And then {n}.", line] for n in ("fire", "fog", "war")]
    found = recurring([prints(article) for article in articles])
    assert len(found) == 1
    repeated = recurs(prints(articles[0]), found)
    roles = [block.role for block in classify(articles[0], "Rain", repeated=repeated)]
    assert roles == ["headline", "body", "body", "furniture"]
    assert recurring([prints(["One thing.", "Another thing."])] * 3) == set()


def test_a_short_article_printed_again_under_other_headlines_is_no_furniture():
    """Twelve headlines of their own, and nothing else that is new; with a line of its own it is."""
    body = ["The dam may close in spring.", "Nobody was hurt, and the town gets a letter."]
    heads = [
        f"The {letter * 9} dam of the {letter * 4} valley may close" for letter in "abcdefghijkl"
    ]
    assert recurring([prints([head, *body]) for head in heads]) == set()
    own = [f"The {letter * 5} pilots came home." for letter in "abcdefghijkl"]
    assert len(recurring([prints([*parts, *body]) for parts in zip(heads, own, strict=True)])) == 2


@pytest.mark.parametrize(
    ("line", "role"),
    [("Sign up for the morning letter of the Gull, and your day begins with the harbour.", "furniture"),
     ("Subscribe to the Gull today.", "furniture"),
     ("Subscribe to the belief that pilots never sleep, and no timetable will surprise anyone.", "body"),
     ("Advertisement budgets of the ferry line doubled in a year in which fares rose twice.", "body"),
     ("Gull's Ada Holm contributed to this report.", "furniture"),
     ("Ada Holm covers the islands. Follow her on @holm", "furniture"),
     ("Something went wrong, please try again later.", "furniture"),
     ("Something went wrong on the quay, the pilot said, and nobody could tell him what.", "body"),
     ("FILE - In this March 3, 2031 file photo, a ferry leaves Port Ansel.", "caption"),
     ("Image source, Gull", "caption"),
     ("The big picture: Pilots have now left four ports, and no ferry is sure to sail.", "body"),
     ("The big picture: Nobody sails.", "body"),
     ("Her public image: a pilot who never sleeps, and who answers every letter herself.", "body"),
     ("He described the photograph: a boy on the quay, and behind him the ferry.", "body"),
     ("The old ferry waits in Ansel. Photograph: Ivo Strand/The Gull", "caption"),
     ("The old ferry waits in Ansel Picture: Ivo Strand", "caption"),
     ("Photo: Ivo Strand.", "caption"),
     ("Share on Facebook Share on X", "furniture"),
     ("• 5 min read", "furniture"), ("• Read more: Pilots wait", "related"),
     ("• Pilots read more books in winter, and none of them was surprised.", "body"),
     ("By signing up, you agree that the Gull writes to you.", "furniture"),
     ("Pilots can have their ships looked after by signing up with the harbour office.", "body"),
     ("If you buy through our links, we may earn a commission.", "furniture"),
     ("Brokers may earn a commission on every ticket, and few say so.", "body"),
     ("The old ferry (pictured above) has changed little, but it still sails every day.", "body"),
     ("The old ferry (pictured left) and the new one in Ansel", "caption"),
     ("Home » Money » Taxes » How pilots pay", "furniture"),
     ("Fares rose > 5 percent, pilots said, and > 7 percent in Ansel.", "body"),
     ("Skip to main content", "furniture")],
)  # fmt: skip
def test_words_to_readers_are_furniture_and_prose_that_begins_so_is_not(line, role):
    page = ["It rained all day.", line, "Nobody was surprised."]
    assert classify(page, title="Talks")[2].role == role


@pytest.mark.parametrize(
    ("note", "role"),
    [("Ada Holm is the Gull's harbour correspondent.", "furniture"),
     ("Aurel Strand is a senior reporter for the Gull in Ansel.", "furniture"),
     ("Correction: an earlier version of this article gave the wrong day.", "furniture"),
     ("Ada Holm is the reporter who saw the ferry leave, and nobody believed her.", "body"),
     ("Ada Holm is a pilot.", "body")],
)  # fmt: skip
def test_notes_below_a_story_are_furniture(note, role):
    assert classify(["It rained all day.", note], title="Talks")[-1].role == role


@pytest.mark.parametrize("line", ["Ada Holm in Ansel", "Harbour correspondent", "Politics Editor"])
def test_a_name_in_a_place_and_a_job_are_no_headline(line):
    found = classify([line, "It rained all day in the harbour.", "Nobody was surprised."])
    assert "headline" not in [block.role for block in found]


def test_bylines_and_dates_are_furniture_until_the_story_begins():
    day = "Mar. 3, 2031 10:04 a.m."
    page = [
        "By Ada Holm",
        day,
        "It rained all day in Ansel.",
        "Mar. 4, 2031",
        "Nobody was surprised.",
    ]
    roles = [b.role for b in next(classify_pages([Page(page, "Talks", marked=True)]))]
    assert roles == ["headline", "furniture", "furniture", "body", "body", "body"]


@pytest.mark.parametrize("below", ["By Ada Holm", "Mar. 3, 2031 - Updated Mar. 4, 2031"])
def test_a_line_between_the_title_and_a_byline_or_a_date_is_the_standfirst(below):
    page = ["Nobody knows what comes next.", below, "It rained all day in Ansel.", "Mar. 4, 2031"]
    roles = [b.role for b in next(classify_pages([Page(page, "Talks", marked=True)]))]
    assert roles == ["headline", "standfirst", "furniture", "body", "body"]


def test_above_the_title_that_stands_again_are_labels_even_with_a_colon():
    page = ["Filter:", "Ferry talks fail again", "They failed on Monday, it was said."]
    title = "Ferry talks fail again"
    roles = [b.role for b in next(classify_pages([Page(page, title, marked=True)]))]
    assert roles == ["headline", "furniture", "furniture", "body"]


@pytest.mark.parametrize(
    ("end", "status"),
    [("… Continue reading →", "truncated"), ("... (more)", "truncated"), ("... [1234 chars]", "truncated"),
     ("... Read the full story at gull.example", "truncated"), (" and read more books.", "full"),
     ("... Continue reading, he said, and the children read until it was dark.", "full")],
)  # fmt: skip
def test_an_excerpt_may_end_in_a_link_to_the_rest(end, status):
    found = classify(
        [
            f"The talks on the ferries failed on Monday, and all the pilots in the harbour of Port Ansel{end}"
        ],
        title="Talks",
    )
    assert body_status(found) == status


def prints(blocks: list[str]) -> Prints:
    """The fingerprints of one article."""
    return prints_of_each(["\0".join(blocks).encode()])[0]


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


def test_headings_below_the_last_paragraph_of_a_page_are_furniture_with_a_reason():
    story = [
        "It rained all day, and nobody was surprised.",
        "## Harbour",
        "Ships wait for a pilot.",
    ]
    page = Page(["# Talks fail", *story, "## The week in pictures"], marked=True)
    found = next(classify_pages([page]))
    assert [b.role for b in found[1:]] == ["body", "body", "body", "furniture"]
    assert found[-1].reason == "below the last paragraph"


def test_what_stands_under_the_title_of_a_page_is_no_caption_run_together():
    """Plain text may run a caption and a title together; a page marks its paragraphs."""
    blocks = ["Karesh calls it routine. The trouble is that it looks the same"]
    blocks += ["It rained on the town.", "Nobody came to the harbour."]
    assert classify(blocks, "Talks fail")[1].role == "caption"
    page = Page(blocks, "Talks fail", marked=True)
    assert next(classify_pages([page]))[1].role == "standfirst"


@pytest.mark.parametrize(("closed", "role"), [(0, "body"), (1, "body"), (2, "caption")])
def test_a_paragraph_without_a_final_mark_is_a_caption_only_where_others_have_one(closed, role):
    """Short reports whose last sentence has none were captions, and not scored."""
    brief = "Police fear more storms this week. Residents have been warned to stay at home"
    others = [f"It rained in the town on day {n}." for n in range(closed)]
    found = classify(
        [brief, *others, brief.replace("Police", "Fishermen")], "Storms near the coast"
    )
    assert [block.role for block in found[1:]] == [role, *["body"] * (closed + 1)]


@given(st.text(max_size=60), st.text(max_size=60))
def test_similarity_is_symmetric_and_bounded(a, b):
    """The cosine lies in 0–1, is the same both ways, and 1 for the same text."""
    assert _cosine(_grams(a), _grams(b)) == _cosine(_grams(b), _grams(a))
    assert 0 <= _cosine(_grams(a), _grams(b)) <= 1 + 1e-9
    assert abs(_cosine(_grams(a), _grams(a)) - 1) < 1e-9 or _cosine(_grams(a), _grams(a)) == 0


def story(n: int, sentences: int = 8) -> list[str]:
    """A story that no other article has."""
    names = ["ferry", "harbour", "strike", "island", "union", "minister", "offer", "hotel"]
    said = [f"{names[n % 8]} {names[n // 8 % 8]} {chr(97 + n % 26)}{chr(97 + n // 26)}"] * 2
    return [
        f"They said of the {said[0]} and its {chr(97 + k)} side that it was late."
        for k in range(sentences)
    ]


GALLERY = [
    f"Passengers of the ferry {ship} wait on the quay of Port Ansel on a Monday morning in March, while "
    "members of the crew hand out water, bread and blankets to families with children who had to stay "
    "in the harbour over night because no hotel on the mainland had a room left for them."
    for ship in ("Alda", "Berit", "Cora", "Dagny", "Elin", "Frida", "Gerda", "Hilda")
]  # fmt: skip
ABOUT = (
    "Daily Gull has told the stories of the islands since 1893. It was founded by three sailors "
    * 3
)


def removed(articles: list[list[str]]) -> list[list[str]]:
    """The blocks of each article that recur in their outlet."""
    found = recurring([prints(blocks) for blocks in articles])
    return [
        [b for b, gone in zip(blocks, recurs(prints(blocks), found), strict=True) if gone]
        for blocks in articles
    ]


def test_long_passages_that_recur_are_furniture_and_no_story_is_lost():
    """A gallery of long captions in some articles, a note in all, with another year each time."""
    articles = [
        [*story(n), *(GALLERY if n % 4 == 0 else []), ABOUT.replace("1893", str(1893 + n))]
        for n in range(40)
    ]
    for n, gone in enumerate(removed(articles)):
        assert gone == articles[n][8:]


def test_reprints_and_versions_of_one_article_are_no_furniture():
    """Ten reprints, and five versions that differ in a sentence, beside articles of their own."""
    version = [*story(50), *story(51), *story(52)]
    versions = [
        [*version[:-1], f"It was the {word} time."]
        for word in ("first", "last", "only", "same", "next")
    ]
    articles = [*([story(60)] * 10), *versions, *(story(n) for n in range(20))]
    assert not any(removed(articles))


def test_a_reprint_with_a_note_loses_the_note():
    articles = [[*story(n), "Sign up for the letters of the Gull."] for n in (1, 2, 3, 4, 4, 4)]
    assert [len(gone) for gone in removed(articles)] == [1] * 6


def test_captions_run_together_are_captions_however_long():
    """If there is a credit for every few of them; one credit in a long paragraph says nothing."""
    caption = "A ferry waits at the quay of Port Ansel while its crew asks for news of the talks."
    gallery = " ".join(f"{caption} Hide Caption {n} of 20" for n in range(1, 21))
    once = " ".join([caption] * 12) + " Hide caption"
    found = classify(["Talks fail", gallery, once], "Talks fail")
    assert [block.role for block in found] == ["headline", "caption", "body"]


def test_the_date_in_a_long_passage_does_not_count():
    passage = (
        "Since {} the harbour has published a letter to all its readers. " + "It is free. " * 20
    )
    dates = ["March 3, 2031", "12 October 2029", "Monday, 1st May 2030"]
    assert len({tuple(prints([passage.format(date)]).marks) for date in dates}) == 1


def test_a_gallery_that_grows_and_updates_of_a_story():
    """Captions run together, one more in some; a story that loses and gains paragraphs."""
    galleries = [" ".join(GALLERY[: 5 + n // 2]) for n in range(4)]
    galleries = [[*story(n), gallery] for n, gallery in enumerate(galleries)]
    assert [len(gone) for gone in removed(galleries)] == [1] * 4
    first = [*story(50), *story(51)]
    updates = [[*story(60 + n, 2), *first[n : 12 + n]] for n in range(5)]
    assert not any(removed([*updates, *(story(n) for n in range(20))]))


@given(
    st.lists(st.lists(st.sampled_from([*story(1), *story(2), *GALLERY]), max_size=9), max_size=9)
)
def test_what_stands_in_one_or_two_articles_never_recurs(articles):
    """Whatever the articles are made of; and the order of articles does not matter."""
    found = recurring([prints(blocks) for blocks in articles])
    assert found == recurring([prints(blocks) for blocks in reversed(articles)])
    for block in {b for blocks in articles for b in blocks}:
        if sum(block in blocks for blocks in articles) < 3:
            assert int(prints([block]).marks[0]) not in found


@pytest.mark.parametrize(
    ("line", "is_one"),
    [
        ("Ada Holm in Tarn", False), ("Foreign correspondent", False), ("Share this story", False),
        ("Skip to the main content", False), ("Image copyright Getty Images", False),
        ("January 2031 issue", False), ("Tuesday\u2019s papers", False), ("Print this page", False),
        ("Issue of ferry tolls returns to court", True), ("Share prices fall in Tarn", True),
        ("Editors leave in protest over cuts", True), ("Save the ferry, say islanders", True),
        ("Tom Holm, Port Ellan | Special to the Gull", False), ("Ada Holm | Staff writer", False),
        ("Ada Holm ada@gull.example", False), ("UPDATE 2", False), ("3rd LEAD", False),
        ("WRAPUP 1 -", False), ("CORRECTED", False), ("Eilmeldung", False), ("2. Update", False),
        ("Kabul, Menna", False), ("Port Ansel, South Menna", False),
        ("Update on the ferry talks", True), ("Lead found in the water of Tarn", True),
        ("Opinion | The mayor who left", True), ("Ferry Sinks, Dozens Missing", True),
        ("Correction of course at the harbour", True), ("Staff leave in protest over cuts", True),
        ("Tuesday\u2019s vote may be close", True), ("Four dead in Tarn after the storm", True),
    ],
)  # fmt: skip
def test_lines_of_a_page_are_no_headlines(line, is_one):
    assert is_no_headline(line) != is_one


@pytest.mark.parametrize(
    ("line", "is_one"),
    [
        ("The Daily Gull, Northwick", False), ("Gull (Northwick)", False), ("The Gull", False),
        ("Northwick Gull", False), ("Sunday Gull", False), ("The Gull Online", False),
        ("Gull of Northwick", False), ("THE GULL \u2013 Northwick", False),
        ("Gull rescued after the storm", True), ("A gull that stole a hat", True),
        ("How to feed a gull", True), ("Gull, ferry and mayor", True), ("Seagull Rock burns", True),
    ],
)  # fmt: skip
def test_the_name_of_the_outlet_is_no_headline(line, is_one):
    """With an article, its town, or what kind of paper it is; a headline may have its word."""
    assert is_no_headline(line, "Gull") != is_one


def test_a_place_alone_is_no_headline():
    """A short line that the next paragraph takes for a place."""
    said = "The ferry may stop on Monday, officials in Port Ansel said after the talks."
    assert not looks_like_headline("Port Ansel", following=said)
    assert not looks_like_headline("PORT ANSEL, Menna", following=said)
    three, four = "Port Ansel Harbour", "Port Ansel Harbour Town"
    assert not looks_like_headline(three, following=f"It stopped in {three}.")
    assert looks_like_headline(four, following=f"It stopped in {four}.")
    assert looks_like_headline("Ferry Talks Falter", following=f"{said} Ferry talks falter.")
