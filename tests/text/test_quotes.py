"""Quotation marks: what stands in them, and what cannot be told."""

import time
from typing import NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

from framing.text.chunks import cut
from framing.text.quotes import _IN_SINGLES, opens_with_a_quote, quotes_of


class Quotes(NamedTuple):
    quoted: list[tuple[int, int]]
    unknown: list[tuple[int, int]]
    balanced: bool


def quotes(text: str, *, goes_on: bool = False) -> Quotes:
    quoted, unknown, unbalanced = quotes_of([text], cut([text]), [goes_on])
    first, second = ([(a, b) for _, a, b in found.tolist()] for found in (quoted, unknown))
    return Quotes(sorted(first), second, not unbalanced[0])


@pytest.mark.parametrize(
    ("text", "inside"),
    [
        ("“We may,” he said. “Or not.”", ["We may,", "Or not."]),
        ('"We may," he said. "Or not."', ["We may,", "Or not."]),
        ("«On peut», he said", ["On peut"]),
        ("»Man kann«, he said", ["Man kann"]),
        ("„Man kann“, he said", ["Man kann"]),
        ("PM says 'we may go' today", ["we may go"]),
        ("PM says ‘it isn’t over’ today", ["it isn’t over"]),
        ("“He said ‘we may go’ and went”", ["He said ‘we may go’ and went"]),
        ('“He said "no" to me,” she said', ['He said "no" to me,']),
        ('“We go," she said. “No.”', ["We go,", "No."]),
        ("the ministers' plan and the people's 'republic' of the '90s", []),
        ("'Tis a rock 'n' roll band, and it's the Smiths' own", []),
        ('It is 6" wide, and 7" high', []),
    ],
)
def test_what_stands_between_marks(text, inside):
    """Every kind of mark; apostrophes and inches are none."""
    found = quotes(text)
    assert [text[a:b] for a, b in found.quoted] == inside
    assert found.balanced and not found.unknown


@pytest.mark.parametrize(
    ("text", "unknown"),
    [
        ('He said "yes and left', ["yes and left"]),
        ("He said “yes and left", ["yes and left"]),
        ("They may go,” he said", ["They may go,"]),
        ('"A," she said, and "they may', ["they may"]),
        ('"They may, he said. "They might," he said.', ["They may, he said. ", " he said."]),
        ("“", [""]),
    ],
)
def test_beside_a_lost_mark_nobody_knows(text, unknown):
    """After an odd straight mark the rest is unknown, whatever may seem likely."""
    found = quotes(text)
    assert not found.balanced
    assert sorted({text[a:b] for a, b in found.unknown}, key=text.find) == unknown


def test_an_open_quotation_goes_on_in_the_next_paragraph():
    for mark in '“"«':
        text = f"{mark}We may go. We may stay."
        assert quotes(text, goes_on=True).quoted == [(1, len(text))]
        assert quotes(text, goes_on=True).balanced
        assert opens_with_a_quote(f" {mark}Or")
    assert not opens_with_a_quote("We ‘may’")


@given(st.text(st.sampled_from("\"“”„«»'‘’ abs.,1\n"), max_size=40), st.booleans())
def test_any_marks_give_stretches_that_do_not_overlap(text, goes_on):
    """Whatever comes: stretches within the text, in order, no mark of their own kind at an end."""
    found = quotes(text, goes_on=goes_on)
    assert all(0 <= a <= b <= len(text) for a, b in found.quoted + found.unknown)
    assert all(b <= c for (_, b), (c, _) in zip(found.quoted, found.quoted[1:], strict=False))
    assert found.balanced == (not found.unknown)
    if text.count('"') == len([c for c in text if c in '"“”„«»']) and not goes_on:
        inches = sum(text[i - 1 : i].isdigit() for i, c in enumerate(text) if c == '"')
        assert found.balanced <= (text.count('"') % 2 == 0 or inches > 0)


_MARKED = st.text(st.sampled_from("\"“”„«»'‘’ abs.,1\n\ud800😀"), max_size=15)


@given(st.lists(st.tuples(_MARKED, st.booleans()), max_size=6))
def test_a_chunk_is_read_as_each_of_its_texts(chunk):
    """No mark pairs with one of another text, and each stretch belongs to its own."""
    texts, goes_on = [text for text, _ in chunk], [goes_on for _, goes_on in chunk]
    quoted, unknown, unbalanced = quotes_of(texts, cut(texts), goes_on)
    each = [quotes(text, goes_on=goes_on) for text, goes_on in chunk]
    assert sorted(quoted.tolist()) == [[k, *s] for k, q in enumerate(each) for s in q.quoted]
    assert unknown.tolist() == [[k, *s] for k, q in enumerate(each) for s in q.unknown]
    assert unbalanced.tolist() == [not q.balanced for q in each]


@pytest.mark.parametrize("piece", ['a" ', "'a ", "'a b'c", '"', "' ", "“a ", "”", '"a" ', " 'a b'"])
def test_time_grows_with_the_length(piece):
    """A paragraph of nothing but marks, ten times as long, takes about ten times as long."""
    taken = []
    for n in (10_000, 100_000):
        text = "“" + piece * n + "”"
        begin = time.perf_counter()
        quotes(text)
        taken.append(time.perf_counter() - begin)
    assert taken[1] < 60 * max(taken[0], 0.005)


def test_what_is_beside_an_unpaired_mark_begins_after_the_mark_before():
    """Counted by hand: a quotation, then an end without a beginning."""
    assert quotes("“a” b” c") == Quotes([(1, 2)], [(3, 5)], balanced=False)
    assert quotes('"a" b" c d').unknown == [(3, 5), (6, 10)]


def test_single_marks_are_compared_with_stretches_of_their_own_text_only():
    """A long quotation in the text before does not hide a short one."""
    texts = ["“aaaaaaaaaaaa bbbbbb”", "x 'a b' y"]
    quoted, _, _ = quotes_of(texts, cut(texts), [False, False])
    assert quoted.tolist() == [[0, 1, 20], [1, 3, 6]]


@given(st.text(st.sampled_from("''‘’  abs_(:—.é\n\t\u00a0"), max_size=40))
def test_single_marks_are_those_that_one_expression_finds_in_the_whole_text(text):
    """Only marks that may open a quotation of several words are tried, and none is missed."""
    found = [match for match in _IN_SINGLES.finditer(text) if " " in match[0]]
    assert quotes(text).quoted == [(m.start() + 1, m.end() - 1) for m in found]
