"""How well validation does where the truth is known.

``python -m tests.benchmarks.validation [--studies 500] [--comparisons 300]`` draws studies from an
invented corpus whose lexicon has a known precision and recall, has them coded without error, and
counts how often the 95% intervals hold the truth. ``--sheets 150`` does that with the corrected
difference of two equal outlets, few coded sentences, and errors that are not alike. Then it compares two outlets in which the lexicon
is right in .90 and .80 of its hits, with 100 hits coded an outlet: how often are equal outlets, and
those at a ratio of 1.5, called different without codes, with them, and with every hit coded?
"""

from __future__ import annotations

import numpy as np
import pandas as pd
from numpy.typing import NDArray

import framing as fr
from framing.validation.coding import Coded
from framing.validation.sheets import CodingSheet
from tests.programs import options

PRECISION, RECALL, PREVALENCE = 0.85, 0.70, 0.035
ARTICLES, PARAGRAPHS, SENTENCES = 200, 10, 3  # a side, an article, a paragraph


class World:
    """Two outlets; in each sentence a truth and what the lexicon finds."""

    def __init__(
        self,
        rng: np.random.Generator,
        *,
        precision: tuple[float, float] = (PRECISION, PRECISION),
        recall: tuple[float, float] = (RECALL, RECALL),
        articles: tuple[int, int] = (ARTICLES, ARTICLES),
    ) -> None:
        text = " ".join(["The ship left the port."] * SENTENCES)
        places = [
            (outlet, f"{outlet}{article}", paragraph)
            for outlet, number in zip("AB", articles, strict=True)
            for article in range(number)
            for paragraph in range(PARAGRAPHS)
        ]
        table = pd.DataFrame(places, columns=["outlet", "article", "paragraph"])
        self.scores = table.assign(role="body", words=5 * SENTENCES, text=text)
        sentences = table.loc[table.index.repeat(SENTENCES)].reset_index(drop=True)
        sentences["sentence"] = np.tile(np.arange(SENTENCES), len(table))
        n = len(sentences)
        is_a = (sentences["outlet"] == "A").to_numpy()
        right, found = (np.where(is_a, *pair) for pair in (precision, recall))
        share = rng.gamma(3, 1 / 3, sum(articles))[pd.factorize(sentences["article"])[0]]
        self.truth = rng.random(n) < PREVALENCE * share
        false_rate = PREVALENCE * found * (1 / right - 1)
        self.hit = np.where(self.truth, rng.random(n) < found, rng.random(n) < false_rate * share)
        self.near = ~self.hit & np.where(self.truth, rng.random(n) < 0.3, rng.random(n) < 0.02)
        self.sentences = sentences
        self.scores["hedge"] = self.hit.reshape(-1, SENTENCES).sum(axis=1)
        cues = sentences[self.hit | self.near]
        self.cues = cues.assign(
            category="epi_modal", tag="", entry="may", match="may", voice="outlet", start=25 * cues["sentence"],
            rule="", counted=self.hit[cues.index], negated=False,
        )  # fmt: skip

    def coded(self, sheet: CodingSheet) -> Coded:
        """Have the sheet coded by one coder who makes no errors."""
        truth = pd.Series(self.truth, pd.MultiIndex.from_frame(self.sentences.iloc[:, 1:]))
        places = pd.MultiIndex.from_frame(sheet.passages[["article", "paragraph", "sentence"]])
        codes = pd.DataFrame({
            "passage": sheet.passages["passage"], "coder": "a", "measure": "hedge",
            "code": truth.reindex(places).to_numpy(float),
        })  # fmt: skip
        return Coded(codes, sheet.passages, sheet.about)


def covered(seed: int) -> NDArray[np.bool_]:
    """Return whether the intervals of one study hold precision and recall, over all and by outlet."""
    world = World(np.random.default_rng(seed))
    sheet = fr.coding_sheet(world.scores, world.cues, measures=["hedge"], seed=seed)
    table = fr.validity(world.coded(sheet), world.cues, seed=seed).table
    rows = table[table["group"].isin(["all", "outlet"])]
    precision = rows["precision_low"].le(PRECISION) & rows["precision_high"].ge(PRECISION)
    recall = rows["recall_low"].le(RECALL) & rows["recall_high"].ge(RECALL)
    return np.array([precision, recall]).T.ravel()


SHEETS = [(8, 3, 10), (10, 5, 25), (25, 10, 50), (100, 50, 100)]  # hits, near misses, without
LEXICONS = [((0.85, 0.85), (0.7, 0.7)), ((0.95, 0.65), (0.7, 0.7)), ((0.9, 0.9), (0.8, 0.5))]


def of_few(seed: int, sheet: tuple[int, int, int], **world: tuple[float, float]) -> list[float]:
    """Return of two equal outlets: counted p, corrected p, whether the interval holds 0; widths."""
    made = World(np.random.default_rng([seed, *sheet]), **world)  # type: ignore[arg-type]
    sizes = dict(zip(("hits", "near_misses", "without"), sheet, strict=True))
    drawn = fr.coding_sheet(made.scores, made.cues, measures=["hedge"], seed=seed, **sizes)
    row = fr.compare(
        made.scores, measures=["hedge"], coded=made.coded(drawn), n_resamples=999, seed=seed
    ).iloc[0]
    held = row["corrected_low"] <= 0 <= row["corrected_high"]
    width = row["corrected_high"] - row["corrected_low"]
    return [row["p"] <= 0.05, row["corrected_p"] <= 0.05, held, width / (row["high"] - row["low"])]


def corpus_of_events(
    events: int, ratio: float, rng: np.random.Generator
) -> tuple[pd.DataFrame, pd.DataFrame, NDArray[np.bool_]]:
    """Two outlets with an article on each event; scores, cues and whether each hit is right.

    An article has 600 words in 40 paragraphs of a sentence; .88 right hits per 100 words, times
    an effect of the event that both outlets share and one of the article.
    """
    shared, parts = rng.gamma(2.5, 1 / 2.5, events), []
    for outlet, precision, times in (("A", 0.9, ratio**0.5), ("B", 0.8, ratio**-0.5)):
        rate = 5.28 * times * shared * rng.gamma(4, 1 / 4, events)
        right, wrong = rng.poisson(rate), rng.poisson(rate * (1 / precision - 1))
        for event, (n, m) in enumerate(zip(right, wrong, strict=True)):
            n, m = min(n, 30), min(m, 10)
            kind = np.repeat([1, 0, -1], [n, m, 40 - n - m])
            parts.append(pd.DataFrame({
                "outlet": outlet, "article": f"{outlet}{event}", "event": f"e{event}",
                "paragraph": range(40), "kind": kind,
            }))  # fmt: skip
    table = pd.concat(parts, ignore_index=True)
    kind = table.pop("kind").to_numpy()
    scores = table.assign(role="body", words=15, sentences=1, text="The ship left the port.")
    scores["hedge"] = (kind >= 0).astype(int)
    places = scores.loc[kind >= 0, ["article", "paragraph"]].assign(sentence=0)
    cues = places.assign(
        category="epi_modal", tag="", entry="may", match="may", start=0, voice="outlet", rule="",
        counted=True, negated=False,
    )  # fmt: skip
    return scores, cues, kind == 1


def rejected(seed: int, events: int, ratio: float) -> list[bool]:
    """Return whether outlets are called different: uncorrected, corrected, by the truth itself."""
    scores, cues, right = corpus_of_events(events, ratio, np.random.default_rng([events, seed]))
    sheet = fr.coding_sheet(
        scores, cues, measures=["hedge"], hits=100, near_misses=0, without=0, per_article=None,
        seed=seed,
    )  # fmt: skip
    truth = pd.Series(right, pd.MultiIndex.from_frame(scores[["article", "paragraph"]]))
    places = pd.MultiIndex.from_frame(sheet.passages[["article", "paragraph"]])
    codes = pd.DataFrame({
        "passage": sheet.passages["passage"], "coder": "a", "measure": "hedge",
        "code": truth.reindex(places).to_numpy(float),
    })  # fmt: skip
    coded = Coded(codes, sheet.passages, sheet.about)
    options = {"match": "event", "measures": ["hedge"], "n_resamples": 999, "seed": seed}
    found = fr.compare(scores, coded=coded, **options).iloc[0]
    true = fr.compare(scores.assign(hedge=right.astype(int)), **options).iloc[0]
    return [found["p"] < 0.05, found["corrected_p"] < 0.05, true["p"] < 0.05]


def main() -> None:
    """Print the shares of intervals that hold the truth, and of comparisons that reject."""
    given = options(__doc__, studies=500, comparisons=300, sheets=150)
    if given.studies:
        shares = np.mean([covered(seed) for seed in range(given.studies)], axis=0)
        error = np.sqrt(0.95 * 0.05 / given.studies)
        print(f"{given.studies} studies; Monte Carlo error of a share near .95: {error:.3f}")
        for group, (precision, recall) in zip(
            ("all", "outlet A", "outlet B"), shares.reshape(-1, 2), strict=True
        ):
            print(f"{group}: precision covered {precision:.3f}, recall covered {recall:.3f}")
    for articles in ((60, 60), (25, 120)) if given.sheets else ():
        for sheet in SHEETS:
            for precision, recall in LEXICONS:
                world = {"articles": articles, "precision": precision, "recall": recall}
                runs = [of_few(seed, sheet, **world) for seed in range(given.sheets)]
                counted, corrected, held, width = np.mean(runs, axis=0)
                print(
                    f"{articles}, sheet {sheet}, precision {precision}, recall {recall}: counted "
                    f"{counted:.3f}, corrected {corrected:.3f} of {given.sheets} rejected; "
                    f"interval holds 0 in {held:.3f}, {width:.2f} times as wide",
                    flush=True,
                )
    for events in (40, 100) if given.comparisons else ():
        for ratio in (1.0, 1.5):
            runs = [rejected(seed, events, ratio) for seed in range(given.comparisons)]
            naive, corrected, true = np.mean(runs, axis=0)
            print(
                f"{events} events, ratio {ratio}: uncorrected {naive:.3f}, corrected "
                f"{corrected:.3f}, every hit coded {true:.3f} of {given.comparisons} rejected",
                flush=True,
            )


if __name__ == "__main__":
    main()
