"""Each limit that decides what a block is, on both of its sides."""

from __future__ import annotations

import math
import textwrap
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from framing.corpus.blocks.paragraphs import _is_full, split_blocks, wrap_width
from framing.corpus.blocks.repeats import (
    _cosine,
    _grams,
    nearest_twins,
    pulled_out,
    recurring,
    recurs,
    without_glue,
)
from framing.corpus.blocks.roles import Block, Page, body_status, classify
from framing.corpus.blocks.signals import has_final_mark, is_titled, key
from framing.corpus.blocks.titles import looks_like_headline
from tests.corpus.test_blocks import prints

SENTENCE = "The talks on the ferries failed on Monday, officials of the union said at night."


def words(n: int, start: str = "Rain") -> str:
    """A line of n words without a final mark, none of which repeats the first."""
    return " ".join([start, *(f"fell{chr(97 + i // 26)}{chr(97 + i % 26)}" for i in range(n - 1))])


def roles(*blocks: str, title: str = "Ferry talks falter", **of_page: object) -> list[Block]:
    return next(classify([Page(blocks, title, **of_page)]))[1:]


def role_of(block: str, **of_page: object) -> tuple[str, str]:
    """The role and reason of a block between two paragraphs of a story."""
    found = roles(SENTENCE, block, f"{SENTENCE} It rained.", **of_page)[1]
    return found.role, found.reason


@pytest.mark.parametrize(
    ("block", "role"),
    [
        ("One.", "fragment"),
        ("One two.", "fragment"),
        ("One two three.", "body"),
        (words(4), "fragment"),  # a heading between two paragraphs
        (words(5), "related"),
        (words(16), "related"),
        (words(17), "body"),
        (f"{words(5)}\n{words(28, 'Fog')}", "caption"),
        (f"{words(5)}\n{words(29, 'Fog')}", "body"),
        ("Rain\nFog", "fragment"),
        ("Rain fell\nFog came", "caption"),
        ("Rain fell\nFog came.", "body"),
        ("Rain fell and rain fell", "caption"),  # says itself twice
        (f"{words(87)} REUTERS/Ada Holm", "caption"),
        (f"{words(88)} REUTERS/Ada Holm", "body"),
        (f"{words(30)} REUTERS/Ada {'x' * 34} {'y' * 33}", "caption"),  # of 80 characters
        (f"{words(30)} REUTERS/Ada {'x' * 34} {'y' * 34}", "body"),
        ("By ada holm", "furniture"),
        ("seven + 2 =", "furniture"),
        ("12 comments", "furniture"),
        (f"Join 9,000 readers {words(27)}.", "furniture"),
        (f"Join 9,000 readers {words(28)}.", "body"),
        (f"{'x' * 99_999}.", "fragment"),
        (f"In fog {'x' * 99_992}.", "body"),
        (f"In fog {'x' * 99_993}.", "fragment"),
        ("It rained. [+120 chars]", "fragment"),
        (f"{SENTENCE} [120 chars]", "body"),
    ],
)
def test_the_role_of_a_block_between_two_paragraphs(block, role):
    assert role_of(block)[0] == role


def test_a_long_block_is_refused_by_its_length_and_a_cut_one_as_cut():
    assert role_of(f"In fog {'x' * 99_993}.")[1] == "over 100,000 characters"
    assert role_of("It rained. [+120 chars]")[1] == "the source cut the body off"


@pytest.mark.parametrize(
    ("block", "role"),
    [
        ("One.", "body"),
        (words(5), "body"),
        (f"→ {words(4)}", "body"),
        (f"→ {words(5)}", "related"),
        (f"→ {words(16)}", "related"),
        (f"→ {words(17)}", "body"),
        (f"→ {words(5)}.", "body"),
    ],
)
def test_on_a_page_that_marks_its_links_lines_like_titles_are_other_stories(block, role):
    assert role_of(block, marked=True)[0] == role


def test_in_other_languages_no_english_phrase_or_shape_is_looked_for():
    assert role_of("read more: it rained")[0] == "related"
    assert role_of("read more: it rained", english=False)[0] == "body"
    assert role_of("12 comments")[1] == "shape of page furniture"
    assert role_of("12 comments", english=False)[1] == "a heading"


@pytest.mark.parametrize(("last", "role"), [("", "body"), (".", "furniture")])
def test_on_a_page_labels_that_stand_twice_are_rows_of_a_table(last, role):
    line = f"{words(5)}{last}"
    assert roles(line, SENTENCE, line, marked=True)[2].role == role


@pytest.mark.parametrize(("n", "role"), [(56, "furniture"), (57, "furniture")])
def test_what_an_outlet_repeats_is_furniture_at_any_length(n, role):
    page = [SENTENCE, f"{words(n)}.", f"{SENTENCE} It rained."]
    found = roles(*page, repeated=[False, True, False])
    assert (found[1].role, found[1].reason) == (role, "the outlet repeats it")
    assert [block.role for block in (found[0], found[2])] == ["body", "body"]


@pytest.mark.parametrize(("n", "role"), [(32, "caption"), (33, "body")])
def test_a_caption_and_a_title_run_together_are_short_and_below_the_headline(n, role):
    block = f"Rain fell. {words(n - 2, 'Fog')}"
    assert roles(block, SENTENCE, SENTENCE + " Yes.")[0].role == role
    assert role_of(block)[0] == "body"


@pytest.mark.parametrize(
    ("prompt", "title", "role"),
    [(12, 16, "furniture"), (13, 16, "related"), (12, 17, "body")],
)
def test_the_line_after_the_prompt_of_a_player_is_the_title_of_a_film(prompt, title, role):
    first = f"media playback is unsupported on your device {words(prompt - 7)}"
    found = roles(SENTENCE, first, words(title, "Fog"), f"{SENTENCE} It rained.")
    assert found[1].reason == "player prompt"
    assert found[2].role == role


@pytest.mark.parametrize(("n", "role"), [(4, "body"), (5, "furniture")])
def test_a_block_of_five_words_that_stands_twice_is_read_once(n, role):
    line = f"{words(n)}."
    assert roles(line, SENTENCE, line)[2].role == role


@pytest.mark.parametrize(("n", "status"), [(79, "truncated"), (80, "full")])
def test_a_short_body_with_an_ellipsis_at_its_end_was_cut_off(n, status):
    found = next(classify([Page([f"{words(n)}…"], "Ferry talks falter")]))
    assert body_status(found) == status
    assert [b.role for b in found] == ["headline", "fragment" if status == "truncated" else "body"]
    for whole in (["It rained…", SENTENCE], [f"{words(79)}."]):
        assert body_status(next(classify([Page(whole, "Ferry talks falter")]))) == "full"
    assert body_status(found[:1]) == "missing"


@pytest.mark.parametrize(
    ("before", "after", "tail"), [(20, 19, True), (20, 20, True), (20, 21, False)]
)
def test_comments_begin_at_a_form_with_half_of_the_words_before_it(before, after, tail):
    """The title and the form have three words each, and count."""
    page = [f"{words(before - 3)}.", "leave a comment", f"{words(after - 3)}."]
    found = next(classify([Page(page, "Talks fail now")]))
    assert (found[3].role == "furniture") == tail


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("Ada Holm Ivo Strand Una", False),
        ("Ada Holm Ivo Strand Una Berg", True),
        ("Ada Holm, Ivo Strand Una Berg", False),
    ],
)
def test_five_words_are_the_names_of_a_byline_and_more_if_they_are_several(line, found):
    assert looks_like_headline(line, following="Daily Gull") == found


@pytest.mark.parametrize(("n", "found"), [(4, False), (5, True)])
def test_names_above_a_line_of_four_words_are_a_byline(n, found):
    assert looks_like_headline("Ada Holm", following=words(n)) == found
    assert not looks_like_headline(
        "Harbour Observers", following=words(n), outlet="harbour  observers"
    )


@pytest.mark.parametrize(("n", "role"), [(40, "furniture"), (41, "body")])
def test_a_note_on_the_author_has_at_most_forty_words(n, role):
    note = f"Ada Holm, is a {' '.join(['pilot'] * (n - 4))}."
    assert roles("By Ada Holm", SENTENCE, note)[2].role == role


@pytest.mark.parametrize(
    ("line", "titled", "final"),
    [
        ("Talks fail", True, False),
        ("“Talks fail", True, False),
        ("talks fail", False, False),
        ("Talks fail:”", False, True),
        ("Talks fail. Ships leave", False, False),
        ("7 talks", True, False),
    ],
)
def test_a_title_begins_like_a_sentence_and_has_no_final_mark(line, titled, final):
    assert (is_titled(line), has_final_mark(line)) == (titled, final)


@given(st.text("ab c", max_size=12), st.text("ab c", max_size=12))
def test_similarity_is_the_cosine_of_four_letters(a, b):
    counts = [Counter(x[i : i + 4] for i in range(len(x) - 3)) for x in (key(a), key(b))]
    norm = math.prod(math.sqrt(sum(n * n for n in c.values())) for c in counts)
    dot = sum(n * counts[1][gram] for gram, n in counts[0].items())
    assert _cosine(_grams(a), _grams(b)) == pytest.approx(dot / norm if norm else 0)
    twins = {0: 1} if norm and _cosine(_grams(a), _grams(b)) >= 0.8 else {}
    assert nearest_twins([a, b], [0]) == twins


def test_of_several_twins_the_first_is_taken():
    assert nearest_twins(["Ships wait", "Talks", "Ships wait", "Ships wait."], [0, 3]) == {
        0: 2,
        3: 0,
    }


def letters(n: int, size: int) -> str:
    """A sentence of so many letters, another one for each number."""
    return f"{chr(97 + n) * size}."


@pytest.mark.parametrize(
    ("own", "found"),
    [
        ((100, 100, 100), True),
        ((100, 100, 99), False),
        ((300, 300, 0), True),
        ((300, 299, 0), False),
    ],
)
def test_what_recurs_stands_beside_texts_of_their_own_half_of_three_articles(own, found):
    """One block of each is its own, and the same three blocks of 100 letters stand in all."""
    shared = [letters(20, 40), letters(21, 30), letters(22, 30)]
    articles = [[letters(n, size), *shared] for n, size in enumerate(own)]
    assert len(recurring([prints(blocks) for blocks in articles])) == 3 * found
    assert recurring([prints(blocks) for blocks in articles[:2]]) == frozenset()


def test_half_of_the_blocks_are_a_text_of_its_own_too():
    for own, found in ((2, True), (1, False)):
        articles = [
            [*(letters(3 * n + k, 2) for k in range(own)), letters(20, 9), letters(21, 9)]
            for n in range(3)
        ]
        assert bool(recurring([prints(blocks) for blocks in articles])) == found


@pytest.mark.parametrize("place", range(3))
@pytest.mark.parametrize(("size", "found"), [(90, False), (91, True)])
def test_a_headline_of_its_own_is_no_text_of_its_own_wherever_the_article_stands(
    size, found, place
):
    """Two articles have 54 % of their own; the third a line, of a headline's length or more."""
    shared = [letters(20, 40), letters(21, 30), letters(22, 30)]
    articles = [[letters(n, size if n == place else 120), *shared] for n in range(3)]
    assert bool(recurring([prints(blocks) for blocks in articles])) == found


@pytest.mark.parametrize(("size", "parted"), [(149, False), (150, True)])
def test_a_notice_is_cut_off_a_text_of_150_letters_and_no_brief(size, parted):
    notice, own = f"{letters(20, 30)} {letters(21, 30)}", letters(1, size)
    found = frozenset(prints([notice]).marks.tolist())
    text = f"{notice} {own}"
    cut = without_glue([text], prints([text]), [False], found)
    assert cut == (([notice, own], [True, False]) if parted else ([text], [False]))


def test_a_second_look_finds_what_stands_beside_what_recurs():
    """A note in long articles, and in short ones that have nothing else than it and a form."""
    note, form = letters(20, 90), letters(21, 30)
    long = [[letters(n, 900), note] for n in range(3)]
    short = [[letters(n, 91), note, form] for n in range(3, 6)]  # a letter more than a headline
    assert len(recurring([prints(blocks) for blocks in [*long, *short]])) == 2
    assert len(recurring([prints(blocks) for blocks in short])) == 0


@pytest.mark.parametrize(
    ("standing", "new", "recur"), [(4, 40, True), (4, 41, False), (3, 10, False)]
)
def test_a_quarter_of_a_long_passage_may_be_new(standing, new, recur):
    """Of the letters and of the pairs of sentences: of three sentences none may be."""
    passage = " ".join(letters(n, 30) for n in range(standing))
    found = frozenset(prints([passage]).marks.tolist())
    grown = f"{passage} {letters(25, new)}"
    for bare in ("", " 7. 12. 3. 5."):  # numbers are no sentences
        assert recurs(prints([letters(20, 150), grown + bare]), found) == [False, recur]


@pytest.mark.parametrize(
    ("own", "size", "gone"), [(150, 241, True), (149, 241, False), (149, 240, True)]
)
def test_of_a_reprint_short_blocks_alone_are_furniture(own, size, gone):
    """An article with less than 150 letters beside what recurs, and with half of its blocks."""
    notes = [letters(20, size), letters(21, size)]
    found = frozenset(prints(notes).marks.tolist())
    assert recurs(prints([letters(1, own), *notes]), found) == [False, gone, gone]
    assert recurs(prints([letters(1, 9), letters(2, 9), *notes]), found)[2:] == [True, True]


def test_months_and_days_do_not_count_in_a_sentence_with_a_number():
    def same(a: str, b: str) -> bool:
        return len(set(prints([a, b]).marks.tolist())) == 1

    long = "rain fell " * 50
    assert same(f"{long} on 3 March", f"{long} on Monday, 4th April")
    assert same("Given: $900,000", "given - $1.2 million")
    assert not same("It was on a Monday", "It was on a Sunday")
    assert not same("It was on 3 March", "It was on 3 March late")
    assert prints(["12 – 7", "3 May"]).marks.tolist() == [0, 0]


@given(
    st.lists(st.lists(st.sampled_from(["wwww.", "x.", "yy.", "7", *map(letters, range(4), (5, 9, 20, 95))]),
                      max_size=6), max_size=8)
)  # fmt: skip
def test_what_recurs_is_that_of_a_plain_count(articles):
    """Of two looks at the articles, the second without what the first has found."""
    carriers = {b: [a for a in articles if b in a] for blocks in articles for b in blocks}
    size = {block: len(block.strip(".7")) for block in carriers}
    found: set[str] = set()
    for _ in range(2):
        share = []
        for blocks in articles:
            left = [b for b in blocks if size[b] and b not in found]
            own = [b for b in left if len(carriers[b]) == 1]
            own = [] if own and own == blocks[:1] and size[own[0]] <= 90 else own  # a headline
            text = 100 * sum(size[b] for b in own) // max(1, sum(size[b] for b in left))
            share.append(max(text, 100 * len(own) // max(1, len(left))))
        found = {
            b
            for b, of in carriers.items()
            if size[b] and len(of) >= 3
            and sum(s for s, blocks in zip(share, articles, strict=True) if b in blocks) >= 150
        }  # fmt: skip
    want = {int(prints([b]).marks[0]) for b in found}
    assert recurring([prints(blocks) for blocks in articles]) == want


@pytest.mark.parametrize(("width", "wrapped"), [(29, False), (34, True), (130, True), (135, False)])
def test_lines_of_30_to_130_characters_may_be_wrapped(width, wrapped):
    text = textwrap.fill(" ".join(f"rain{i:02}" for i in range(100)), width)
    assert (len(split_blocks(text)) == 1) == wrapped


@pytest.mark.parametrize(("first", "full"), [(7, True), (6, False)])
def test_a_line_is_full_if_the_next_word_leaves_fewer_than_three_characters(first, full):
    """30 characters, a space and the first word of the next line, of 40; the others do not count."""
    assert _is_full("x" * 30, "y" * first + " rain", 40) == full


def test_a_few_full_lines_are_not_wrapped():
    """Of three pairs of lines all are full; of two, nothing is said."""
    line = "rain " * 8 + "fog"
    assert wrap_width([line] * 4) == len(line)
    assert [wrap_width(["x" * n] * 4) for n in (29, 30, 130, 131)] == [0, 30, 130, 0]
    assert wrap_width([line] * 3) == wrap_width([]) == 0
    assert wrap_width([f"{line}."] * 4) == 0
    assert wrap_width([f"{line}.", f"{line}.", line, line, line]) == len(line) + 1
    assert wrap_width([f"{line}.", f"{line}.", f"{line}.", line, line]) == 0
    short = "rain"
    assert wrap_width([line, line, line, short, short, line]) == len(line)
    assert wrap_width([line, line, short, short, short, line]) == 0


def test_a_heading_has_a_paragraph_on_both_sides():
    """Four words without a final mark, beside a caption: the title of another story."""
    caption = "Photo: A ferry in the harbour."
    for before, after in ((caption, SENTENCE), (SENTENCE, caption)):
        found = roles(f"{SENTENCE} It rained.", before, words(4), after, f"{SENTENCE} So it is.")
        assert found[2].role == "related"
    assert roles(SENTENCE, words(4))[1].role == "related"


def test_two_lines_that_begin_alike_are_a_caption_and_its_double_if_they_touch():
    one, two = "Rain fell over all the quiet harbour", "Rain fell on every boat and island"
    found = roles(SENTENCE, one, two, SENTENCE + " Yes.")[1:3]
    assert [b.role for b in found] == ["caption"] * 2
    assert {b.reason for b in found} == {"a caption and its double"}
    found = roles(SENTENCE, one, SENTENCE + " Yes.", two, SENTENCE + " No.")
    assert [found[1].role, found[3].role] == ["related"] * 2
    for between, role in ((SENTENCE, "caption"), (words(6, "Fog"), "caption")):
        found = roles(SENTENCE, one, between, one + "s", SENTENCE + " No.")
        assert (found[3].role, found[3].reason) == (role, f"says again: {one[:40]}")


@pytest.mark.parametrize(
    ("place", "role"), [(1, "furniture"), (2, "furniture"), (3, "furniture"), (4, "body")]
)
def test_the_byline_of_a_note_is_one_of_the_three_blocks_below_the_headline(place, role):
    story = [f"{SENTENCE} It was day {n}." for n in range(5)]
    story.insert(place - 1, "By Ada Holm")
    assert roles(*story, "Ada Holm, is a pilot.")[-1].role == role


def test_the_standfirst_stands_between_headline_and_byline_of_a_page_of_four_blocks():
    line, byline = "They failed on Monday night again, it was said.", "By Ada Holm"
    assert [b.role for b in roles(line, byline, SENTENCE)] == ["standfirst", "furniture", "body"]
    assert [b.role for b in roles(line, byline)] == ["body", "furniture"]
    assert [b.role for b in roles(line, SENTENCE, byline)] == ["body", "body", "furniture"]


def test_lines_without_a_mark_between_blank_lines_are_one_block_if_there_is_another_block():
    assert split_blocks("Rain\nFog\n\nIt rained.") == ["Rain\nFog", "It rained."]
    assert split_blocks("Rain\nFog") == ["Rain", "Fog"]
    assert split_blocks("Rain fell.\nFog\n\nIt rained.") == ["Rain fell.", "Fog", "It rained."]


@pytest.mark.parametrize(("size", "found"), [(200_000, {0}), (200_001, set())])
def test_quotations_are_pulled_out_of_the_first_200_000_characters(size, found):
    """Every block of a page is looked for in all of its text."""
    quote = "the ferry fails"
    assert pulled_out([quote], [0], [f"It is said that {quote}".rjust(size, "x")]) == found
