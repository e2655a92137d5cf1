"""Each limit that decides what a block is, on both of its sides."""

from __future__ import annotations

import math
import textwrap
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from framing.corpus.blocks.paragraphs import _is_full, split_blocks, wrap_width
from framing.corpus.blocks.repeats import nearest_twins, prints, recurring, recurs, similarity
from framing.corpus.blocks.roles import Block, Page, body_status, classify
from framing.corpus.blocks.signals import has_final_mark, is_titled, key
from framing.corpus.blocks.titles import looks_like_headline

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
        ("By ada holm", "furniture"),
        ("seven + 2 =", "furniture"),
        ("12 comments", "furniture"),
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
    early = next(classify([Page(["It rained…", SENTENCE], "Ferry talks falter")]))
    assert body_status(early) == "full"
    assert body_status(found[:1]) == "missing"


@pytest.mark.parametrize(
    ("before", "after", "tail"), [(20, 19, True), (20, 20, True), (20, 21, False)]
)
def test_comments_begin_at_a_form_with_half_of_the_words_before_it(before, after, tail):
    """The title and the form have three words each, and count."""
    page = [f"{words(before - 3)}.", "leave a comment", f"{words(after - 3)}."]
    found = next(classify([Page(page, "Talks fail now")]))
    assert (found[3].role == "furniture") == tail


@pytest.mark.parametrize(("n", "found"), [(18, True), (19, False), (1, False), (2, True)])
def test_a_first_line_of_up_to_18_words_in_title_case_is_a_headline(n, found):
    assert looks_like_headline(words(n).title(), following=SENTENCE) == found


@pytest.mark.parametrize(("n", "found"), [(11, True), (12, False), (1, False), (2, True)])
def test_a_first_line_of_up_to_11_words_in_sentence_case_is_a_headline(n, found):
    assert looks_like_headline(words(n), following=SENTENCE) == found


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
    assert similarity(a, b) == pytest.approx(dot / norm if norm else 0)
    twins = {0: 1} if norm and similarity(a, b) >= 0.8 else {}
    assert nearest_twins([a, b], [0]) == twins


def test_of_several_twins_the_first_is_taken():
    assert nearest_twins(["Ships wait", "Talks", "Ships wait", "Ships wait."], [0, 3]) == {
        0: 2,
        3: 0,
    }


def long_story(n: int, size: int) -> str:
    """One block of so many characters that no other article has."""
    return (f"{chr(97 + n)} fog " * size)[:size]


@pytest.mark.parametrize(
    ("own", "shared", "found"),
    [
        (900, 20_000, True),
        (899, 20_000, False),
        (150, 1350, True),
        (150, 1351, False),
        (149, 1000, False),
    ],
)
def test_what_recurs_stands_beside_a_text_of_its_own(own, shared, found):
    """Of 900 characters, or of 150 that are a tenth of the article; four blocks are shared."""
    notes = [("wxyz"[k] + " rain " * shared)[: shared // 4 + (k < shared % 4)] for k in range(4)]
    articles = [[long_story(n, own), *notes] for n in range(3)]
    recur = recurring([prints(blocks) for blocks in articles])
    assert len(recur) == 4 * found
    assert recurring([prints(blocks) for blocks in articles[:2]]) == frozenset()
    if found:
        assert recurs(prints(articles[0]), recur) == [False, True, True, True, True]


def test_half_of_the_blocks_are_a_text_of_its_own_too():
    for own, found in ((2, True), (1, False)):
        articles = [
            [*(f"{c}{n} x." for c in "abc"[:own] for n in [chr(97 + k) * 2]), "w.", "x."]
            for k in range(3)
        ]
        assert bool(recurring([prints(blocks) for blocks in articles])) == found


@pytest.mark.parametrize(("size", "gone"), [(240, True), (241, False)])
def test_of_a_reprint_short_blocks_alone_are_furniture(size, gone):
    """The article has nothing else than the two passages, which stand in others, too."""
    notes = [("w rain " * size)[:size], ("x rain " * size)[:size]]
    articles = [[long_story(n, 900), *notes] for n in range(3)]
    found = recurring([prints(blocks) for blocks in articles])
    assert recurs(prints(notes), found) == [gone, gone]


def test_months_and_days_do_not_count_in_short_blocks_with_a_number():
    def same(a: str, b: str) -> bool:
        return len(set(prints([a, b]).marks.tolist())) == 1

    short, long = "x" * (159 - 11), "x" * (160 - 11)
    assert same(f"{short} on 3 March", f"{short} on 4 April")
    assert not same(f"{long} on 3 March", f"{long} on 4 April")
    assert not same("It was on a Monday", "It was on a Sunday")
    assert prints(["12 – 7"]).marks.tolist() == [0]


@given(
    st.lists(
        st.lists(
            st.sampled_from(["w.", "x.", "y.", "7", long_story(0, 160), long_story(1, 910)]),
            max_size=6,
        ),
        max_size=8,
    )
)
def test_what_recurs_is_that_of_a_plain_count(articles):
    """Blocks in three articles that have a text of their own beside what three articles share."""
    many = Counter(block for blocks in articles for block in set(blocks))
    shared = {block for block, n in many.items() if n >= 3}
    owning = []
    for blocks in articles:
        own = [block for block in blocks if block not in shared]
        size, whole = (sum(map(len, listed)) for listed in (own, blocks))
        if size >= 900 or (size >= 150 and size >= 0.1 * whole) or 2 * len(own) >= len(blocks):
            owning.append(set(blocks))
    again = Counter(block for blocks in owning for block in blocks)
    want = {int(prints([b]).marks[0]) for b, n in again.items() if n >= 3 and b != "7"}
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
    assert wrap_width([line] * 3) == 0
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
