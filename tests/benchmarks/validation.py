"""How well validation does where the truth is known.

``python -m tests.benchmarks.validation [--studies 500]`` draws studies from an invented corpus
whose lexicon has a known precision and recall, has them coded without error, and counts how often
the 95% intervals hold the truth.
"""

from __future__ import annotations

import argparse

import numpy as np
import pandas as pd
from numpy.typing import NDArray

import framing as fr
from framing.validation.coding import Coded
from framing.validation.sheets import CodingSheet

PRECISION, RECALL, PREVALENCE = 0.85, 0.70, 0.035
ARTICLES, PARAGRAPHS, SENTENCES = 200, 10, 3  # a side, an article, a paragraph


class World:
    """Two outlets; in each sentence a truth and what the lexicon finds."""

    def __init__(self, rng: np.random.Generator) -> None:
        text = " ".join(["The ship left the port."] * SENTENCES)
        places = [
            (outlet, f"{outlet}{article}", paragraph)
            for outlet in "AB"
            for article in range(ARTICLES)
            for paragraph in range(PARAGRAPHS)
        ]
        table = pd.DataFrame(places, columns=["outlet", "article", "paragraph"])
        self.scores = table.assign(role="body", words=5 * SENTENCES, text=text)
        sentences = table.loc[table.index.repeat(SENTENCES)].reset_index(drop=True)
        sentences["sentence"] = np.tile(np.arange(SENTENCES), len(table))
        n = len(sentences)
        share = rng.gamma(3, 1 / 3, 2 * ARTICLES)[pd.factorize(sentences["article"])[0]]
        self.truth = rng.random(n) < PREVALENCE * share
        false_rate = PREVALENCE * RECALL * (1 / PRECISION - 1)
        self.hit = np.where(self.truth, rng.random(n) < RECALL, rng.random(n) < false_rate * share)
        self.near = ~self.hit & np.where(self.truth, rng.random(n) < 0.3, rng.random(n) < 0.02)
        self.sentences = sentences
        found = sentences[self.hit | self.near]
        self.cues = found.assign(
            category="epi_modal", tag="", entry="may", match="may", start=0, voice="outlet",
            rule="", counted=self.hit[found.index], negated=False,
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


def main() -> None:
    """Print the shares of intervals that hold the truth."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--studies", type=int, default=500)
    studies = parser.parse_args().studies
    shares = np.mean([covered(seed) for seed in range(studies)], axis=0)
    error = np.sqrt(0.95 * 0.05 / studies)
    print(f"{studies} studies; Monte Carlo error of a share near .95: {error:.3f}")
    for group, (precision, recall) in zip(
        ("all", "outlet A", "outlet B"), shares.reshape(-1, 2), strict=True
    ):
        print(f"{group}: precision covered {precision:.3f}, recall covered {recall:.3f}")


if __name__ == "__main__":
    main()
