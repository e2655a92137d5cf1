"""What rules and voices ask of a text, asked again of a plain list of its words."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from framing.lexicon.matcher import Hits
from framing.scoring.context import Phrases, Scene
from framing.scoring.rules import TESTS
from framing.text.chunks import cut
from framing.text.sentences import Sentences
from framing.text.tokens import tokenise
from framing.text.words import words
from tests.plain_cues import sentences

ENTRIES = ["may", "may not", "be able to", "to", "b*", "not be", "it able fog"]
PHRASES = [entry.split() for entry in ENTRIES]
VOCABULARY = ["may", "not", "be", "able", "to", "by", "It", "Rain", "fog", "May"]
TEXTS = st.lists(
    st.tuples(
        st.sampled_from(VOCABULARY), st.sampled_from([" ", " ", " ", ", ", ". ", "? ", ": "])
    ),
    max_size=14,
).map(lambda pairs: "".join(map("".join, pairs)))


class Plain:
    """The words of some texts, each with its text, clause and sentence."""

    def __init__(self, texts: list[str]) -> None:
        self.keys, self.starts, self.rows, self.clause, self.sentence = [], [], [], [], []
        self.before: list[str] = []
        self.texts = texts
        for row, text in enumerate(texts):
            begins = [start for start, _ in sentences(text)]
            last = 0
            for place, word in enumerate(words(text)):
                gap = text[last : word.start]
                new = place == 0 or any(mark in gap for mark in ",.?:")
                self.clause.append((self.clause[-1] if self.clause else 0) + new)
                self.sentence.append((row, sum(begin <= word.start for begin in begins)))
                self.keys.append(word.key)
                self.starts.append(word.start)
                self.rows.append(row)
                self.before.append(gap if place else "")
                last = word.end

    def phrase_from(self, begin: int, clause: int) -> bool:
        return any(self._stands(phrase, begin, clause) for phrase in PHRASES)

    def phrase_to(self, end: int, clause: int) -> bool:
        return any(self._stands(phrase, end - len(phrase) + 1, clause) for phrase in PHRASES)

    def _stands(self, phrase: list[str], begin: int, clause: int) -> bool:
        if begin < 0 or begin + len(phrase) > len(self.keys):
            return False
        found = zip(phrase, self.keys[begin:], self.clause[begin:], strict=False)
        return all(
            c == clause and (key.startswith("b") if part == "b*" else key == part)
            for part, key, c in found
        )


@given(st.lists(TEXTS, min_size=1, max_size=3), st.integers(1, 3))
@example(["Rain it able fog Rain not. It able, fog able fog it able fog"], 1)
@example(["It able fog not", "Rain it able fog"], 3)
@settings(max_examples=60)
def test_words_around_are_those_of_a_plain_list(texts, reach):
    tokens, split = tokenise(cut(texts)), Sentences(texts)
    scene, plain = Scene(tokens, split), Plain(texts)
    n = len(plain.keys)
    place, known = np.arange(n), Phrases(ENTRIES)
    assert [tokens.vocabulary[key] for key in tokens.keys] == plain.keys
    where = [(i, plain.clause[i]) for i in range(n)]
    assert scene.at(place, known).tolist() == [plain.phrase_from(i, c) for i, c in where]
    assert scene.before(place, known, reach).tolist() == [
        any(plain.phrase_to(i - k, c) for k in range(1, reach + 1)) for i, c in where
    ]
    assert scene.after(place, known, reach).tolist() == [
        any(plain.phrase_from(i + k, c) for k in range(1, reach + 1)) for i, c in where
    ]
    assert scene.listed({"known": known})["known"].tolist() == [
        i for i, key in enumerate(plain.keys) if key in ("may", "to") or key.startswith("b")
    ]
    opens = [i == 0 or plain.sentence[i] != plain.sentence[i - 1] for i in range(n)]
    assert scene.opens(place).tolist() == opens
    ends = [next((j for j in range(i + 1, n) if opens[j]), n) for i in range(n)]
    begins = [max(j for j in range(i + 1) if opens[j]) for i in range(n)]
    assert [bound.tolist() for bound in scene.bounds(place)] == [begins, ends]
    hits = Hits(place, place, place)
    assert TESTS["follows_comma"](scene, hits).tolist() == ["," in gap for gap in plain.before]
    question = ["?" in _until(texts, plain, end, n) for end in ends]
    assert TESTS["asks"](scene, hits).tolist() == question
    assert (TESTS["states"](scene, hits) == ~TESTS["asks"](scene, hits)).all()


def _until(texts: list[str], plain: Plain, end: int, n: int) -> str:
    """What stands between the last word of a sentence and the next word of the text."""
    last = end - 1
    text = texts[plain.rows[last]]
    stop = plain.starts[end] if end < n and plain.rows[end] == plain.rows[last] else len(text)
    return text[plain.starts[last] + len(plain.keys[last]) : stop]


@pytest.mark.parametrize(
    ("text", "capitals"),
    [
        ("They May meet Rain here today", "They May Rain"),
        ("They Will Meet Rain This year", ""),  # four of five long words have a capital
        ("They Will Meet rain This year", "They Will Meet This"),  # three and a half of five
        ("May be it is so", "May"),
    ],
)
def test_capitals_stand_out_unless_four_in_five_long_words_have_one(text, capitals):
    scene = Scene(tokenise(cut([text, "It Rained."])), Sentences([text, "It Rained."]))
    stands_out = scene.stands_out(np.arange(len(text.split())))
    found = [w for w, kept in zip(text.split(), stands_out, strict=True) if kept]
    long = [w for w in text.split() if len(w) >= 4]
    titled = sum(w[0].isupper() for w in long) / max(len(long), 1) >= 0.8
    assert found == ([] if titled else [w for w in text.split() if w[0].isupper()])
    assert titled or found == capitals.split()
