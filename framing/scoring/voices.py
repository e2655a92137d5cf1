"""Voice: whether each word of a chunk is quoted, reported or the outlet's own.

The rules are simple and do not parse grammar, so they make errors. The words they look for are
data, in ``lexicon/data/voices.toml``.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from framing.checks import has_article
from framing.lexicon.matcher import Hits
from framing.scoring.context import Phrases, Scene, phrases
from framing.text.arrays import Bools, Ints
from framing.text.chunks import Pieces, spread
from framing.text.quotes import opens_with_a_quote, quotes_of
from framing.text.tokens import COMMA, Vocabulary
from framing.utils.files import PACKAGE, read_toml

VOICES = ("outlet", "label", "reported", "scare", "quoted", "unknown")
OUTLET, LABEL, REPORTED, SCARE, QUOTED, UNKNOWN = range(6)
# Columns of word counts; labels and scare quotes belong to the outlet's own sentences.
WORD_COLUMNS = ("words_outlet", "words_reported", "words_quoted", "words_unknown")
COLUMN_OF = np.array([0, 0, 1, 0, 2, 3])  # of each voice
_WORDS = PACKAGE / "lexicon" / "data" / "voices.toml"
_LOOKED_FOR = ("say", "close", "that", "label", "contrast", "finite")  # lists, in every text
_SCARE = 3  # words of a scare quote, and words around it without a verb of saying
_SUBJECT = 8  # words from the comma to the verb: …, officials in Kyiv said
_TAIL = 5  # words after the verb: he said on Tuesday
_TO_THAT = 3  # words from the verb to "that": confirmed on Monday that
_SOURCE = re.compile(r"\s*(\S+(?:\s\S+){0,3}):\s+\S")
_DASH = re.compile(r".*\s[-–—]\s+(\S+(?:\s\S+){0,2})\s*")


class Layout(NamedTuple):
    """Attributes of paragraphs, one value per row.

    ``headline``: whether it is a headline. ``goes_on``: whether the next paragraph of the article
    opens with a quotation mark.
    """

    headline: Bools
    goes_on: Bools

    def part(self, begin: int, end: int) -> Layout:
        """Return the rows from ``begin`` to ``end``."""
        return Layout(self.headline[begin:end], self.goes_on[begin:end])


@cache
def vocabulary() -> dict[str, Phrases]:
    """Return the lists of words in ``voices.toml``, read once."""
    return {name: Phrases(words) for name, words in read_toml(_WORDS).items()}


def openings(paragraphs: pd.DataFrame) -> pd.DataFrame:
    """Return all that `layout` needs of completed paragraphs, which is little beside the texts."""
    opens = [opens_with_a_quote(text) for text in paragraphs["text"].tolist()]
    return paragraphs[["article", "role", "paragraph"]].assign(opens=np.array(opens, bool))


def layout(opened: pd.DataFrame) -> Layout:
    """Find the headlines, and the paragraphs followed by one that opens with a quotation mark.

    The next paragraph is that of the same article and role; rows may come in any order. A row
    without an article has none.
    """
    article, _ = pd.factorize(opened["article"])
    role, roles = pd.factorize(opened["role"])
    owner = article * max(1, len(roles)) + role
    order = np.lexsort((np.asarray(opened["paragraph"]), owner))
    before, after = order[:-1], order[1:]
    goes_on = np.zeros(len(opened), bool)
    goes_on[before] = opened["opens"].to_numpy()[after] & (owner[before] == owner[after])
    goes_on &= has_article(opened["article"]).to_numpy(bool)
    return Layout(opened["role"].eq("headline").to_numpy(bool), goes_on)


def layouts(parts: Sequence[pd.DataFrame]) -> list[Layout]:
    """Return the layout of each of several tables that `openings` made of parts of one table."""
    where = layout(pd.concat(parts, ignore_index=True))
    ends = np.cumsum([0, *map(len, parts)]).tolist()
    return [where.part(begin, end) for begin, end in itertools.pairwise(ends)]


def voices(
    texts: Sequence[str], pieces: Pieces, scene: Scene, where: Layout
) -> tuple[NDArray[np.uint8], Bools]:
    """Find the voice of every word of a chunk, an index of `VOICES`; and texts with a lost mark."""
    *spans, unbalanced = quotes_of(texts, pieces, where.goes_on.tolist())
    quoted, unknown = (_words_in(found, scene) for found in spans)
    lists = {name: vocabulary()[name] for name in _LOOKED_FOR}
    lists |= {"the word that": phrases("that"), "according": phrases("according")}
    listed = scene.listed(lists)
    of_word = np.full(len(scene.tokens.keys), OUTLET, np.uint8)
    of_word[_inside(*quoted)] = QUOTED
    of_word[_inside(*unknown)] = UNKNOWN
    scare = _scare(scene, listed, *quoted)
    of_word[_inside(quoted[0][scare], quoted[1][scare])] = SCARE
    free = of_word == OUTLET
    own = {name: places[free[places]] for name, places in listed.items()}
    contrast = listed["contrast"]
    contrast = contrast[scene.tokens.gaps[contrast] & COMMA != 0]
    reported = (
        *_around_verbs(scene, own, contrast),
        _after_that(scene, own, listed["the word that"], contrast),
        _in_headlines(texts, scene, where.headline),
    )
    begins, ends = (np.concatenate(bounds) for bounds in zip(*reported, strict=True))
    places = _inside(begins, ends)
    of_word[places[free[places]]] = REPORTED
    of_word[own["label"]] = LABEL
    return of_word, unbalanced


def of_hits(of_word: NDArray[np.uint8], hits: Hits) -> NDArray[np.uint8]:
    """Return the voice of hits: label if one of their words is, or that of the first word."""
    labels = np.append(0, np.cumsum(of_word == LABEL))
    has_label = labels[hits.last + 1] > labels[hits.first]
    return np.where(has_label, LABEL, of_word[hits.first]).astype(np.uint8)


def words_by_voice(scene: Scene, of_word: NDArray[np.uint8], n: int) -> Ints:
    """Count the words of ``n`` texts, clitics excluded; a column for each of `WORD_COLUMNS`."""
    tokens = scene.tokens
    cell = tokens.rows * len(WORD_COLUMNS) + COLUMN_OF[of_word]
    cell = cell[tokens.vocabulary.whole[tokens.keys]]
    return np.bincount(cell, minlength=n * len(WORD_COLUMNS)).reshape(n, len(WORD_COLUMNS))


def _inside(begins: Ints, ends: Ints) -> Ints:
    """Return the words in stretches of words, each of them once."""
    some = np.flatnonzero(ends > begins)
    order = some[np.argsort(begins[some], kind="stable")]
    reached = np.append(0, np.maximum.accumulate(ends[order]))
    first = np.maximum(begins[order], reached[:-1])
    return spread(first, reached[1:] - first)


def _words_in(spans: Ints, scene: Scene) -> tuple[Ints, Ints]:
    """Turn stretches of texts (row, start, end) into stretches of words."""
    row, start, end = spans.T
    return scene.word_at(row, start), scene.word_at(row, end)


def _scare(scene: Scene, listed: dict[str, Ints], begin: Ints, end: Ints) -> Bools:
    """Return which quotations are scare quotes: short, without a verb, attributed to nobody."""
    short = np.flatnonzero((end > begin) & (end - begin <= _SCARE))
    start, stop = begin[short], end[short]
    first, after = scene.bounds(start)
    low = np.maximum(start - _SCARE, first)
    high = np.minimum(stop + _SCARE, np.maximum(stop, after))
    bare = _without(listed["finite"], start, stop) & _without(listed["label"], low, high)
    found = np.zeros(len(begin), bool)
    found[short] = bare & ~scene.opens(start)
    return found


def _without(places: Ints, begins: Ints, ends: Ints) -> Bools:
    """Return which stretches hold none of some places."""
    return np.searchsorted(places, begins) == np.searchsorted(places, ends)


def _around_verbs(scene: Scene, own: dict[str, Ints], contrast: Ints) -> list[tuple[Ints, Ints]]:
    """Find the words before a comma and a verb of saying, and the words after such a verb."""
    n, gaps = len(scene.tokens.keys), scene.tokens.gaps
    verb = np.union1d(own["say"], own["close"])
    verb = verb[~scene.before(verb, phrases("I", "we"))]  # what the author says is not reported
    first, after = scene.bounds(verb)
    tail = _next(np.flatnonzero(gaps), verb, n) - verb - 1
    comma = np.append(-1, np.flatnonzero(gaps & COMMA))
    comma = comma[np.searchsorted(comma, verb, side="right") - 1]

    words = vocabulary()
    timed = scene.after(verb, words["when"]) | scene.at(verb, phrases("told"))
    timed &= ~scene.after(verb, phrases("that"), _TAIL)
    ends = (tail == 0) | timed & (tail <= _TAIL)
    before = (comma > first) & (verb - comma <= _SUBJECT) & ((comma == verb) | ends)

    following = np.minimum(verb + 1, n - 1)
    leaves = (tail == 0) & scene.at(following, words["leaves"])
    on = np.isin(verb, own["say"]) & ~before & ~leaves
    stop = np.minimum(after, _next(contrast, verb, n))
    return [(first[before], comma[before]), (verb[on] + 1, stop[on])]


def _after_that(
    scene: Scene, own: dict[str, Ints], that: Ints, contrast: Ints
) -> tuple[Ints, Ints]:
    """Find the words after "confirmed that", and the sentences with "according to"."""
    n = len(scene.tokens.keys)
    verb = own["that"][scene.after(own["that"], phrases("that"), _TO_THAT)]
    that = _next(that, verb, n)
    stop = np.minimum(scene.bounds(that)[1], _next(contrast, that, n))
    to = own["according"]
    first, after = scene.bounds(to[scene.after(to, phrases("to"))])
    return np.append(that + 1, first), np.append(stop, after)


def _next(places: Ints, after: Ints, n: int) -> Ints:
    """Return the first of the places after each of some others, or ``n``."""
    return np.append(places, n)[np.searchsorted(places, after, side="right")]


def _in_headlines(texts: Sequence[str], scene: Scene, headline: Bools) -> tuple[Ints, Ints]:
    """Find the words that a headline attributes to a source: before a dash, or after a colon."""
    spans = []
    for row in np.flatnonzero(headline[: len(texts)]).tolist():
        colon, dash = _SOURCE.match(texts[row]), _DASH.fullmatch(texts[row])
        if colon and not _names(colon[1].split()[0], "rubrics") and colon[1][0].isupper():
            spans.append((row, colon.end(1), len(texts[row])))
        elif dash and any(_names(word, "sources") for word in dash[1].split()):
            spans.append((row, 0, dash.start(1)))
    return _words_in(np.array(spans, np.int64).reshape(len(spans), 3), scene)


def _names(word: str, listed: str) -> bool:
    bare = Vocabulary([word.lower().strip(".,'’\"")])
    return any(vocabulary()[listed].any_word.find(bare))
