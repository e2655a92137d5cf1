"""Make corpora/strait-coded: sentences of the example corpus with two invented coders' codes.

``python -m tests.validation.example`` writes it again. The truth is made by rule from what the
lexicon finds, with errors at known rates, so that a test can say what validity should come out.
"""

from __future__ import annotations

import shutil

import numpy as np
import pandas as pd

import framing as fr
from framing.validation.sheets import CodingSheet
from tests.conftest import ROOT

FOLDER = ROOT / "corpora" / "strait-coded"
FALSE_HITS = {"hedge": 0.08, "alarm": 0.12, "boost": 0.15}  # share of hits that are none
RESCUED = 0.4  # share of the hits taken away by a rule that are real
MISSED = 0.01  # share of the other sentences that are an instance all the same
SLIPS = (0.02, 0.03)  # share of codes in which each coder errs


def sheet() -> CodingSheet:
    scores = fr.score(fr.read_corpus(ROOT / "corpora" / "strait").paragraphs)
    cues = fr.find_cues(scores)
    return fr.coding_sheet(
        scores, cues, hits=60, near_misses=30, without=40, per_article=6, seed=2031
    )


def truth(passages: pd.DataFrame) -> dict[str, np.ndarray]:
    """What is right by the rule, for every measure."""
    rng = np.random.default_rng(2031)
    found: dict[str, np.ndarray] = {}
    for measure, share in FALSE_HITS.items():
        hit, near = passages[f"hits_{measure}"] > 0, passages[f"near_{measure}"] > 0
        chance = np.select([hit, near], [1 - share, RESCUED], MISSED)
        found[measure] = (rng.random(len(passages)) < chance).astype(int)
    compound = fr.tone(passages["text"])["compound"].to_numpy()
    compound = compound + rng.normal(0, 0.3, len(passages))
    found["tone"] = np.select([compound > 0.25, compound < -0.25], [1, -1], 0)
    return found


def coded(right: np.ndarray, measure: str, slips: float, rng: np.random.Generator) -> np.ndarray:
    """The codes of one coder, who errs now and then."""
    codes = [-1, 0, 1] if measure == "tone" else [0, 1]
    return np.where(rng.random(len(right)) < slips, rng.choice(codes, len(right)), right)


def main() -> None:
    drawn = sheet()
    readme = (FOLDER / "README.md").read_bytes()
    shutil.rmtree(FOLDER)
    drawn.to_csv(FOLDER)
    (FOLDER / "README.md").write_bytes(readme)
    right = truth(drawn.passages)
    for number, slips in enumerate(SLIPS, start=1):
        rng = np.random.default_rng(number)
        path = FOLDER / f"coder-{number}.csv"
        table = pd.read_csv(path, dtype=str, keep_default_na=False)
        order = drawn.passages.set_index("passage").index.get_indexer(table["passage"])
        for measure, values in right.items():
            codes = coded(values, measure, 2 * slips, rng)
            table[measure] = codes[order].astype(str)
        table.to_csv(path, index=False, encoding="utf-8-sig", quoting=1, lineterminator="\n")


if __name__ == "__main__":
    main()
