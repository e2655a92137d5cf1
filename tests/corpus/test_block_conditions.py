"""Conditions of blocks: for each a case that nothing else decides."""

from __future__ import annotations

import pandas as pd
import pytest

import framing as fr
from framing.corpus.blocks import neighbours, repeats, shapes, titles
from framing.corpus.blocks.paragraphs import split_blocks
from framing.corpus.blocks.roles import Block, Page, body_status, classify
from framing.corpus.blocks.shapes import ends_in_credit, is_run_together, says_itself_twice
from framing.corpus.blocks.signals import measure
from tests.corpus.test_blocks import prints
from tests.corpus.test_bounds import line, words
from tests.corpus.test_exports import FIRST, SECOND


@pytest.mark.parametrize(("n", "role"), [(40, "furniture"), (41, "body")])
def test_a_note_on_the_author_has_forty_words_at_most(n, role):
    story = [Block("Talks fail", "headline", "", 2), Block("By Ada Holm", "furniture", "", 3)]
    note = Block(f"Ada Holm covers {words(n - 3)}", "body", "", n)
    assert neighbours.without_note([*story, Block(FIRST, "body", "", 14), note])[-1].role == role


@pytest.mark.parametrize(("n", "role"), [(30, "furniture"), (31, "body")])
def test_a_block_of_the_shape_of_furniture_has_thirty_words_at_most(n, role):
    free = f"You have 2 free articles left {words(n - 6)}."
    blocks = next(classify([Page([FIRST, free, SECOND])]))
    assert (blocks[1].words, blocks[1].role) == (n, role)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        (f"{words(44)} toggle caption", "credit"),
        (f"{words(88)} toggle caption", "credit"),
        (f"{words(89)} toggle caption", ""),
        (f"{words(90)} hide caption {words(86)} toggle caption", "credit"),
        (f"{words(90)} hide caption {words(87)} toggle caption", ""),
        ("Click here to play " + words(41), "player"),
        ("Click here to play " + words(42), ""),
    ],
)
def test_phrases_of_credits_are_looked_for_in_longer_blocks_than_others(text, kind):
    assert measure([text])[0].phrase == kind


@pytest.mark.parametrize(
    ("says", "at", "beyond"),
    [
        (ends_in_credit, f"{words(86)} Ships. REUTERS/Ada Holm", f"{words(87)} Ships. REUTERS/Ada Holm"),
        (is_run_together, f"Rain fell. Hail {words(29)}", f"Rain fell. Hail {words(30)}"),
        (is_run_together, "Rain fell. Hail fell", "Rain fell. Hail fell."),
    ],
)  # fmt: skip
def test_what_is_at_a_limit_of_a_caption_and_what_is_beyond(says, at, beyond):
    assert says(line(at))
    assert not says(line(beyond))


@pytest.mark.parametrize(
    ("text", "twice"),
    [
        ("the ferry talks the ferry", True),
        ("the ferry", False),
        ("ferry ferry", False),
        ("the ferry talks the ship", False),
    ],
)
def test_a_caption_that_says_itself_twice_begins_again(text, twice):
    assert says_itself_twice(text) is twice


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("Rain fell. It dried. Hail fell. ?! So.", ["Rain fell. ", "It dried. ", "Hail fell. ?! ", "So."]),
        ("Rain fell. ?! ?! So.", ["Rain fell. ?! ?! ", "So."]),
        ("?! Rain fell. So.", ["?! ", "Rain fell. ", "So."]),
        ("Rain fell. é! So.", ["Rain fell. ", "é! ", "So."]),
    ],
)  # fmt: skip
def test_marks_alone_are_no_sentence_of_a_block(text, sentences):
    assert repeats._sentences(text) == sentences


@pytest.mark.parametrize("space", [" ", "  ", "\t"])
def test_an_indented_line_begins_a_paragraph_of_wrapped_text(space):
    full = "The talks on the ferry to Port Ansel went on for a week or more"
    lines = [full, full, f"{space}{full[:60]}xx", full, f"{space}{full[:60]}xx", full, full]
    assert len(split_blocks("\n".join(lines))) == 3


def test_lines_that_are_all_indented_are_one_paragraph():
    full = "The talks on the ferry to Port Ansel went on for a week or more"
    assert split_blocks("\n".join([f" {full}"] * 6)) == [" ".join([full] * 6)]


@pytest.mark.parametrize(("credit", "found"), [("By Reuters", "Reuters"), ("", "")])
def test_a_credit_is_looked_for_in_what_is_left_out_and_not_in_a_caption(credit, found):
    text = "\n\n".join([*[credit] * bool(credit), FIRST, SECOND, "A ferry. (AP Photo/Ada Holm)"])
    rows = pd.DataFrame([{"title": "Talks fail", "outlet": "Gull", "text": text}])
    assert fr.read_corpus(rows).articles["agency"].tolist() == [found]


@pytest.mark.parametrize("paragraphs", [1, 2])
def test_a_date_below_the_standfirst_is_furniture_and_one_further_on_is_not(paragraphs):
    blocks = ["Talks fail", *[FIRST, SECOND][:paragraphs], "12 March 2031", f"{SECOND} {FIRST}"]
    found = next(classify([Page(blocks, title="Talks fail")]))
    assert (found[1 + paragraphs].role == "furniture") is (paragraphs == 1)


def test_sentences_recur_in_any_script():
    shared = ["Подпишитесь на нашу рассылку новостей.", "Größere Schäden an Fähren gab es keine."]
    own = ["Паром стоял в порту весь день и ночь, пока не закончился шторм на море.",
           "Министр говорил о переговорах до позднего вечера и ничего не сказал о пароме.",
           "Корабли ушли из порта рано утром, когда ветер наконец утих над проливом."]  # fmt: skip
    articles = [[text, *shared] for text in own]
    found = repeats.recurring(made := [prints(blocks) for blocks in articles])
    assert [repeats.recurs(article, found) for article in made] == [[False, True, True]] * 3


@pytest.mark.parametrize(
    ("others", "parted"), [([], True), ([219], True), ([230], False), ([200, 200], False)]
)
def test_a_notice_is_cut_off_the_block_that_is_half_of_its_article(others, parted):
    notice, text = "Follow us on all channels. Write to us.", f"{'a' * 90}. {'b' * 88}."
    blocks = [f"{notice} {text}", *["c" * (size - 1) + "." for size in others]]
    found = frozenset(prints([notice]).marks.tolist())
    cut, marked = repeats.without_glue(blocks, prints(blocks), [False] * len(blocks), found)
    assert cut == ([notice, text, *blocks[1:]] if parted else blocks)
    assert any(marked) is parted


@pytest.mark.parametrize(
    ("first", "headline"),
    [
        ("Ships wait at sea", True),
        ("Ships wait at sea (Photo: Ada Holm", False),
        ("Ships at sea. REUTERS/Ada Holm", False),
        ("27 comments", False),
        ("Home » Money » Taxes", False),
    ],
)
def test_a_credit_or_a_part_of_the_page_is_no_headline(first, headline):
    found = next(classify([Page([first, FIRST, SECOND])]))
    assert (found[0].role == "headline") is headline


@pytest.mark.parametrize(
    ("cut", "words_above", "status"),
    [
        (f"{words(77)} it was…", 0, "truncated"),
        (f"{words(78)} it was…", 0, "full"),
        ("Subscribe to continue reading.", 149, "truncated"),
        ("Subscribe to continue reading.", 150, "full"),
    ],
)
def test_a_body_is_cut_off_where_it_is_short(cut, words_above, status):
    """That ends in an ellipsis, or above what a paywall says."""
    above = [f"Ferry {words(words_above - 1)}."] if words_above else []
    assert body_status(next(classify([Page([*above, cut], title="Talks fail")]))) == status


@pytest.mark.parametrize(
    ("above", "line", "headline"),
    [
        (["12 March 2031"] * 4, "Ferry talks fail again", True),
        (["12 March 2031"] * 5, "Ferry talks fail again", False),
        (["12 March 2031"], " ".join(["Fog"] * titles.PLACE_WORDS), True),
        (["12 March 2031"], " ".join(["Fog"] * (titles.PLACE_WORDS - 1)), False),
        ([], " ".join(["Fog"] * (titles.PLACE_WORDS - 1)), True),
        (["12 March 2031"], "", False),
    ],
)
def test_a_headline_stands_below_four_lines_of_a_newspaper_at_most(above, line, headline):
    blocks = [*above, *[line] * bool(line), *[FIRST, SECOND] * bool(line)]
    found = next(classify([Page(blocks)]))
    assert [b.text for b in found if b.role == "headline"] == [line] * headline


@pytest.mark.parametrize(
    ("n", "role"), [(2 * shapes.CAPTION_WORDS, "caption"), (2 * shapes.CAPTION_WORDS + 1, "body")]
)
def test_a_caption_has_twice_as_many_words_if_it_says_itself_twice(n, role):
    once = f"A ferry in the port {words(n // 2 - 5)}"
    twice = f"{once} {once}{' now' * (n % 2)}"
    found = next(classify([Page([FIRST, twice, SECOND])]))
    assert (found[1].words, found[1].role) == (n, role)


@pytest.mark.parametrize(("n", "role"), [(12, "furniture"), (13, "body")])
def test_the_names_of_authors_have_twelve_words_at_most(n, role):
    names = words(n, "Ada")
    found = next(
        classify([Page([FIRST, SECOND, f"{names}.", FIRST + " So."], authors=f"{names}.")])
    )
    assert found[2].role == role


@pytest.mark.parametrize(
    ("under", "role"),
    [
        ("They failed on Monday night again, it was said.", "standfirst"),
        ("Read more: Ships wait in the port", "related"),
        ("27 comments", "furniture"),
    ],
)
def test_what_stands_above_a_byline_is_the_standfirst_unless_it_is_of_the_page(under, role):
    blocks = ["Ferry talks falter", under, "By Ada Holm", FIRST, SECOND]
    found = next(classify([Page(blocks, title="Ferry talks falter")]))
    assert found[1].role == role


def test_headings_below_the_last_paragraph_of_a_page_are_furniture_and_captions_stay():
    blocks = [FIRST, "## More news", SECOND, "## All the news", "Photo: A ferry in the harbour."]
    found = next(classify([Page(blocks, marked=True)]))
    assert [b.role for b in found][1:] == ["body", "body", "furniture", "caption"]
    found = next(classify([Page([FIRST, "## Read more: Ships wait", SECOND], marked=True)]))
    assert found[1].role == "related"
