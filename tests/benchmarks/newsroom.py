"""A second world for `tests.benchmarks.recurring`, made in another way, with other furniture.

Every sentence of a story is new. An outlet has an appeal whose numbers change, a correction policy,
an app, a podcast with another guest each week, tables of a league, notices of deaths below the same
line, series with a paragraph of background, and galleries of thirty captions that grow at their
beginning. Traps are updates that get a new lead, lose and gain paragraphs; copies of an agency with
a paragraph of the outlet's own; and sentences in which many stories differ in nothing.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator

Block = tuple[str, str]  # its kind and its text
_STANDARD = (
    "The ministry did not immediately respond to a request for comment on Monday evening.",
    "All of them spoke on condition of anonymity because they were not allowed to talk to reporters.",
    "It is not clear what happens next.",
)
_GUESTS = ("Ada Holm", "Aurel Strand", "Ines Okafor", "Jonas Vik", "Mara Lind", "Tomas Reyes")


class Newsroom:
    """An outlet that writes articles with what stands in all of them."""

    def __init__(self, words: list[str], draw: random.Random) -> None:
        self.words, self.draw = words, draw
        self.policy, self.app, self.line = self._text(3), self._text(2), self._sentence(6)
        self.appeal, self.podcast = [self._sentence() for _ in range(7)], self._text(3)
        self.league = [self._sentence(2).strip(".") for _ in range(12)]

    def articles(self, number: int) -> Iterator[list[Block]]:
        """Yield so many articles, in the order in which they appear."""
        makers = (
            self._single,
            self._updates,
            self._agency,
            self._series,
            self._gallery,
            self._deaths,
        )
        made = 0
        while made < number:
            (make,) = self.draw.choices(makers, [80, 4, 2, 2, 3, 4])
            for story in make():
                if made < number:
                    yield self._furnished(story)
                made += 1

    def _single(self) -> Iterator[list[Block]]:
        yield self._story("single", self.draw.randint(3, 20))

    def _updates(self) -> Iterator[list[Block]]:
        """A story and one to four updates of it."""
        story = self._story("update", self.draw.randint(5, 18))
        yield story
        for _ in range(self.draw.randint(1, 4)):
            story = [block for block in story[1:] if self.draw.random() < 0.85]
            for block in self._story("update", self.draw.randint(1, 4)):
                story.insert(self.draw.randint(0, len(story)), block)
            story = [*self._story("update", 1), *story]
            yield story

    def _agency(self) -> Iterator[list[Block]]:
        """The copy of an agency, two to five times, with a paragraph of the outlet's own."""
        copy = self._story("agency", self.draw.randint(6, 12))
        for _ in range(self.draw.randint(2, 5)):
            yield [*copy, *self._story("single", self.draw.randint(0, 1))]

    def _series(self) -> Iterator[list[Block]]:
        background = ("background", self._text(3))
        for _ in range(self.draw.randint(4, 9)):
            story = self._story("single", self.draw.randint(5, 12))
            story.insert(self.draw.randint(1, len(story)), background)
            yield story

    def _gallery(self) -> Iterator[list[Block]]:
        captions = [("gallery", self._sentence()) for _ in range(30)]
        for _ in range(self.draw.randint(4, 8)):
            if self.draw.random() < 0.3:
                captions.insert(0, ("gallery", self._sentence()))
            story = self._story("single", self.draw.randint(4, 20))
            place = self.draw.randint(1, len(story))
            yield [*story[:place], *captions, *story[place:]]

    def _deaths(self) -> Iterator[list[Block]]:
        deaths = [("death", self._sentence(9)) for _ in range(self.draw.randint(5, 20))]
        yield [*self._story("single", 1), ("line", self.line), *deaths]

    def _furnished(self, story: list[Block]) -> list[Block]:
        parts: list[tuple[float, Callable[[], list[Block]]]] = [
            (0.5, lambda: [("policy", self.policy)]),
            (0.3, lambda: [("app", self.app)]),
            (0.4, lambda: [("appeal", self._appeal())]),
            (0.2, lambda: [("podcast", self._podcast())]),
            (0.05, self._table),
        ]
        for chance, make in parts:
            if self.draw.random() < chance:
                place = self.draw.choice([len(story), self.draw.randint(1, len(story))])
                story = [*story[:place], *make(), *story[place:]]
        return story

    def _appeal(self) -> str:
        readers = self.draw.choice(
            [f"{self._number()},000", f"{self.draw.randint(1, 9)}.5 million"]
        )
        year = self.draw.randint(2015, 2031)
        told = [*self.appeal]
        told[2] = f"Since {self._month()} {year} {readers} readers have given ${self._number()}."
        return " ".join(told)

    def _podcast(self) -> str:
        guest = self.draw.choice(_GUESTS)
        return f"{self.podcast} Episode {self._number()}, with {guest}, is out now."

    def _table(self) -> list[Block]:
        return [
            ("table", f"{team} {self._number()} {self._number()}–{self._number()}")
            for team in self.draw.sample(self.league, len(self.league))
        ]

    def _story(self, kind: str, paragraphs: int) -> list[Block]:
        return [(kind, self._paragraph()) for _ in range(paragraphs)]

    def _paragraph(self) -> str:
        told = [self._sentence() for _ in range(self.draw.randint(1, 4))]
        if self.draw.random() < 0.1:
            told.insert(self.draw.randint(0, len(told)), self.draw.choice(_STANDARD))
        return " ".join(told)

    def _text(self, sentences: int) -> str:
        return " ".join(self._sentence() for _ in range(sentences))

    def _sentence(self, words: int = 0) -> str:
        text = " ".join(self.draw.choices(self.words, k=words or self.draw.randint(6, 30)))
        return f"{text[0].upper()}{text[1:]}."

    def _number(self) -> int:
        return self.draw.randint(2, 900)

    def _month(self) -> str:
        return self.draw.choice(["January", "March", "May", "June", "August", "October"])
