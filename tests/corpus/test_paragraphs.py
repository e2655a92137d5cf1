from __future__ import annotations

import textwrap

import pytest

from framing.corpus.blocks.inserts import without_inserts
from framing.corpus.blocks.paragraphs import split_blocks
from tests.conftest import read_file

LONG = [
    "Armed men boarded a tanker in the strait on Wednesday, officials in Port Ansel said, and held "
    "its crew of nineteen on the bridge for most of the morning before they left by boat.",
    "Nobody was hurt, and the voyage went on in the afternoon, as the owners of the ship had hoped "
    "it would when they spoke to the harbour commission shortly before noon.",
    "She would not say whose boats they might have been, and neither would the ministry, although "
    "both had been asked more than once in the course of the day.",
]


@pytest.mark.parametrize(
    ("width", "between"),
    [(width, "\n\n") for width in (45, 60, 72, 80, 100)]
    + [(width, "\n") for width in (60, 72, 80, 100)],
)
def test_wrapped_lines_are_joined(width, between):
    """Paragraphs come back whole; without blank lines, where their last lines are not full."""
    text = between.join(textwrap.fill(paragraph, width) for paragraph in LONG)
    assert split_blocks(text) == LONG


def test_indented_lines_begin_paragraphs_in_wrapped_text():
    """An indent parts paragraphs even where the line before is full."""
    text = "\n".join(textwrap.fill(p, 60, initial_indent="    ") for p in LONG)
    assert split_blocks(text) == LONG


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r", "\u2028", "\x85", "\v", "\f"])
def test_every_line_end_counts_the_same(end):
    """Unix, DOS, old Mac and Unicode line ends give the same blocks."""
    assert split_blocks(f"One.{end}{end}Two.") == ["One.", "Two."]
    assert split_blocks(f"One.{end}Two.") == ["One.", "Two."]


def test_other_separators_end_no_line():
    """What `str.splitlines` takes for line ends besides these is text: U+001C to U+001E."""
    assert split_blocks("One \x1c two.") == ["One \x1c two."]


def test_lines_of_a_caption_stay_one_block_where_blank_lines_part_paragraphs():
    """Lines without a final mark hold together; lines of sentences are paragraphs."""
    assert split_blocks("Body here.\n\nA boat at sea\nA ship on the sea\n\nBody.")[1] == (
        "A boat at sea\nA ship on the sea"
    )
    assert split_blocks("Title\n\nFirst one.\nSecond one.\n\nThird.") == [
        "Title", "First one.", "Second one.", "Third.",
    ]  # fmt: skip


TITLES = "Pilots leave port of Ansel Ferries wait: 'a scandal' Poll | Six on one quay"


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("Mayor Ada Vale Adelaide (Ada) Rosa Vale{}’s plan and Sen. Ivo Strand Ivo Karl Strand{} (I).",
         "Mayor Ada Vale’s plan and Sen. Ivo Strand (I)."),
        ("Mayor ValeAda Rosa Vale{}, who left", "Mayor Vale, who left"),
        ("Sen. Ivo Strand Jr. Ivo (Ivi) Karl Strand{} said.", "Sen. Ivo Strand Jr. said."),
        ("Speaker Ivo Strand Ivo Karl Strand {} (I) said.", "Speaker Ivo Strand (I) said."),
        ("Premier Kim Jong Il Kim Jong Il{} said", "Premier Kim Jong Il said"),
        ("Sen. Ivo Vale Karl (Ivo) Ivo Vale{} said", "Sen. Ivo Vale said"),
    ],
)  # fmt: skip
def test_titles_behind_a_name_are_cut_out_and_counted(text, left):
    whole = text.replace("{}", f"{TITLES} MORE")
    found, note = without_inserts(["It rained.", whole])
    cut = text.count("{}")
    assert found == ["It rained.", left]
    assert note.startswith(f"titles of other articles inside paragraphs cut out: {cut} (")


@pytest.mark.parametrize(
    "text",
    [
        "Vale met Ada Rosa Vale, and “MORE” was all she said of the ferries that did not leave.",
        "Pilots want MORE: Ivo Strand and Karl Strand told the Gull so, and left for the quay.",
        "Ada Vale Ada Rosa ValePilots leave port of Ansel, and more than one ferry waits there.",
    ],
)
def test_prose_with_a_name_that_stands_twice_is_left_alone(text):
    assert without_inserts([text]) == ([text], "")


def test_what_is_cut_out_is_told_in_the_audit(tmp_path):
    text = f"It rained.\n\nMayor Ada Vale Ada Rosa Vale{TITLES} MORE said so.\n"
    corpus = read_file(tmp_path / "a.txt", text)
    assert "Mayor Ada Vale said so." in corpus.paragraphs["text"].tolist()
    assert "inside paragraphs cut out: 1 (17 words)" in corpus.audit["reason"][0]
