"""Time and memory grow with the length of a text or a file, whatever is repeated in it."""

from __future__ import annotations

import contextlib
import functools
import itertools
import math
import time
import tracemalloc
from collections.abc import Callable, Iterator

import pandas as pd
import pyarrow as pa
import pytest

import framing as fr
from framing.lexicon.formats import files, liwc, outline, table, yaml
from framing.lexicon.patterns import Fillers, slots
from framing.text.tokens import Vocabulary
from framing.text.words import count_words
from framing.validation.blinding import blinded
from tests import repeats
from tests.plain_cues import sentences

# Words by which voices, rules and VADER tell something, marks that open or close, and no space.
UNITS = (
    "said ", "`", "“a ", '"a ', "'a ", "« ", "”", "a, he said ", "according to ", "no ", "but good ",
    "not may ", "fear-", "Mr. ", "A.\u00a0. ", "😀", "x", "x\u00ad", "a'", "1,", "! ", "(a ", "- a ",
    "a: ", "U.S.", "\n", "\u00a0", '".', "“a ‚b ", "«‚",
)  # fmt: skip
SIZES = (5_000, 20_000, 80_000)


def repeated(unit: str, size: int) -> str:
    return (unit * size)[:size]


def power(run: Callable[[int], object]) -> float:
    """The power of the size with which the time grows, the least of some attempts."""
    run(SIZES[0])  # what is made once is made
    return min(itertools.islice(_powers(run), 4), default=math.nan)


def _powers(run: Callable[[int], object]) -> Iterator[float]:
    last = math.inf
    while last > 1.2:
        taken = []
        for size in SIZES:
            begin = time.process_time()
            run(size)
            taken.append(max(time.process_time() - begin, 0.002))
            if taken[-1] > 5:  # soon it would take hours
                break
        last = math.log(taken[-1] / taken[0]) / math.log(SIZES[len(taken) - 1] / SIZES[0])
        yield last


def test_scores_take_a_time_that_grows_with_the_length():
    """A table of two texts for each unit: if one of them grew faster, the table would."""

    def run(size: int) -> None:
        texts = [repeated(unit, size) for unit in UNITS]
        for role in ("body", "headline"):
            fr.score(pd.DataFrame({"text": texts if role == "body" else texts[-5:], "role": role}))

    assert power(run) <= 1.2


@pytest.mark.parametrize("unit", ["said ", "“a ", "« ", "no ", "a, he said ", "😀", '".'])
def test_a_text_of_100_kb_takes_less_than_100_mb(unit):
    text = pd.DataFrame({"text": [repeated(unit, 100_000)]})
    fr.score(text.assign(text=text["text"].str[:1000]))  # what is read once stays in memory
    assert max(memory(lambda: fr.score(text))) < 100e6


def memory(run: Callable[[], object]) -> tuple[int, int]:
    """The bytes that something takes: of Python and of Arrow."""
    arrow = pa.default_memory_pool()
    before = arrow.max_memory()
    tracemalloc.start()
    run()
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return peak, arrow.max_memory() - before


OF_CUES = {
    "context": lambda scores, cues: fr.context(cues, scores),
    "show": lambda scores, cues: fr.show(scores, cues),
    "coding_sheet": fr.coding_sheet,
    "headline_gaps": fr.headline_gaps,
    "attribution": lambda scores, cues: fr.attribution(cues, scores),
}


@pytest.mark.parametrize(
    ("name", "unit"), [*((name, "said ") for name in OF_CUES), ("context", "said,")]
)
def test_cues_of_one_text_do_not_each_take_the_memory_of_the_text(name, unit):
    """Six thousand cues in 30 kB; with the text beside each they had 180 MB."""
    table = pd.DataFrame({"text": [repeated(unit, 30_000)] * 2, "outlet": ["X", "Y"]})
    table["article"] = ["a", "b"]
    scores, cues = fr.score(table), fr.find_cues(table)
    assert len(cues) == 12_000
    assert max(memory(lambda: OF_CUES[name](scores, cues))) < 50e6


# Patterns that are given a few characters of a text only.
LIMITED = {
    "framing.corpus.blocks.titles._SUFFIX": 44, "framing.corpus.blocks.hyphens._BEFORE": 60,
    "framing.corpus.readers.file_names._DASH": 255, "framing.corpus.agencies._CLOSING": 400,
}  # fmt: skip


def test_every_pattern_takes_a_time_that_grows_with_the_length():
    """What a pattern repeats, its letters and what it matches are repeated, and do not end well.

    Only what takes long is measured for several sizes.
    """

    def run(method: Callable[..., object], begin: str, unit: str, size: int) -> float:
        text = f"{begin}{repeated(unit, size)}\0"
        start = time.process_time()
        method(*[""] * (method.__name__ == "sub"), text)
        return time.process_time() - start

    several = 0
    for name, pattern, methods in repeats.patterns(
        "text", "scoring", "lexicon", "corpus", "typeset"
    ):
        for (begin, unit), how in itertools.product(repeats.units(pattern), methods):
            method = getattr(pattern, "split" if how.startswith("find") else how)
            call = functools.partial(run, method, begin, unit)
            if call(LIMITED.get(name, 4000)) > 0.02:
                assert power(call) <= 1.2, name
            several += 1
    assert several > 1500


def test_hiding_what_tells_the_outlet_takes_a_time_that_grows_with_the_length():
    """Names of outlets are sought within words, links in whatever has no space."""
    scores = pd.DataFrame({"article": ["a"], "outlet": ["Daily Clarion"]})

    def run(size: int) -> None:
        for unit in ("said,", "x", "a-", "a.-", "a@", "a.", "daily"):
            sample = scores.assign(text=repeated(unit, size))
            blinded(sample, ["text"], scores)

    assert power(run) <= 1.2


def test_names_that_are_hidden_may_be_long():
    def run(size: int) -> None:
        for unit in (" ", "(", ", ", "a - "):
            name = "x" + repeated(unit, size) + "x"
            scores = pd.DataFrame({"article": ["a"], "outlet": [name], "byline": [name]})
            blinded(scores.assign(text="It rained."), ["text"], scores)

    assert power(run) <= 1.2


def read(reader: Callable[[str, list[str]], object], begin: str, unit: str, end: str) -> Callable:
    def run(size: int) -> None:
        with contextlib.suppress(ValueError):
            reader(begin + repeated(unit, size) + end, [])

    return run


READERS = {
    "liwc numbers": (liwc.read, "%\n1\tfear\n%\nword", "\t1", "\n"),
    "liwc spaces": (liwc.read, "%\n1\tfear\n%\nword", " 1", " x\n"),
    "liwc brackets": (liwc.read, "%\n1\tfear\n%\nword\t", "(", "\n"),
    "liwc digits": (liwc.read, "%\n1\tfear\n%\nword\t", "1", "\n"),
    "liwc legend": (liwc.read, "%\n1", " ", "\n%\n"),
    "liwc lines": (liwc.read, "%\n1\tfear\n%\n", "word\t1\n", ""),
    "wordstat": (outline.read_wordstat, "FEAR\n\ta", " ", "b\n"),
    "wordstat brackets": (outline.read_wordstat, "FEAR\n\ta", "(1", "b\n"),
    "csv quotes": (functools.partial(table.read_csv, faults=[]), "category,entry\n", '"', "\n"),
    "csv cells": (
        functools.partial(table.read_csv, faults=[]),
        "category,entry\nfear,",
        "a,",
        "\n",
    ),
    "yaml": (yaml.read, "fear: [", "a, ", "]\n"),
}


@pytest.mark.parametrize("name", READERS)
def test_dictionaries_take_a_time_that_grows_with_the_length(name):
    assert power(read(*READERS[name])) <= 1.2


@pytest.mark.parametrize("unit", ["|", "[", "[a|", "]", "*", "*a", "a ", "'", "1,", "[a|b]"])
def test_an_entry_takes_little_time_however_it_is_written(unit):
    """It is linear, or refused as too long."""

    def run(size: int) -> None:
        with contextlib.suppress(ValueError):
            slots(repeated(unit, size))

    assert power(run) <= 1.2


@pytest.mark.parametrize("entry", ["*a*a*a*b", "a?a*?b", "{NUM}", "not*", "[a|aa|aaa]*b"])
def test_a_long_word_takes_a_time_that_grows_with_its_length(entry):
    found = Fillers(slots(entry)[:1])
    words = ("a", "1", "one-", "not")
    assert power(lambda size: [found.find(Vocabulary([repeated(w, size)])) for w in words]) <= 1.2


def test_words_and_sentences_of_one_text_do_too():
    def run(size: int) -> None:
        for unit in UNITS:
            count_words(repeated(unit, size))
            sentences(repeated(unit, size))

    assert power(run) <= 1.2


def test_sentences_with_marks_of_two_kinds_do_too():
    """Marks that are not closed, and kinds that are counted again where another one is between."""

    def run(size: int) -> None:
        for kinds in itertools.permutations("“”„‟«»‹›‘’‚‛\"'`´「《", 2):
            sentences(repeated("{}a {}b ".format(*kinds), size))

    assert power(run) <= 1.2


def test_no_sentence_is_lost_where_quotation_marks_are_read_as_straight_ones():
    text = repeated("“It may rain. ", 300_000)
    found = sentences(text)
    assert "".join(sentence for _, sentence in found) == text
    assert len(found) > 1000


def test_the_name_of_a_format_is_found_in_little_time(tmp_path):
    path = tmp_path / "x.txt"

    def run(size: int) -> None:
        for unit in (" ", "\n", "+a", "%", "<"):
            with contextlib.suppress(ValueError):
                files.recognise(path, repeated(unit, size))

    assert power(run) <= 1.2
