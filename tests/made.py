"""Scores made up for tests: known rates, no text."""

from __future__ import annotations

import numpy as np
import pandas as pd

from framing.stats.fitting import Fit, fitted
from framing.stats.flips import Parts
from framing.stats.sides import Pair


def fitted_pair(pair: Pair, *, topics: bool) -> tuple[Parts, Fit]:
    """Fit one comparison; there is no axis of comparisons."""
    parts, fit = fitted([pair], topics=topics)
    return parts[0], Fit._make(field[..., 0, :] for field in fit)


def made_scores(
    outlets: dict[str, float],
    *,
    events: int,
    seed: int = 0,
    words: int = 600,
    matched: bool = True,
) -> pd.DataFrame:
    """One article of two paragraphs an outlet and event, its cues drawn from the outlet's rate.

    Rates are per 100 words. An event raises or lowers all its articles, an article itself.
    """
    rng = np.random.default_rng(seed)
    event_factor = rng.gamma(8, 1 / 8, events)
    rows = []
    for outlet, rate in outlets.items():
        for event in range(events):
            factor = event_factor[event] if matched else rng.gamma(8, 1 / 8)
            size = int(rng.uniform(0.5, 1.5) * words)
            expected = rate * size / 100 * factor * rng.gamma(10, 1 / 10)
            for paragraph in range(2):
                rows.append(
                    {
                        "article": f"{outlet}-{event}",
                        "outlet": outlet,
                        "event": f"e{event}" if matched else "",
                        "paragraph": paragraph,
                        "role": "body",
                        "words": size // 2,
                        "sentences": 5,
                        "tone": rng.normal(-0.1, 0.2),
                        "hedge": rng.poisson(expected / 2),
                        "alarm": rng.poisson(expected / 8),
                        "boost": rng.poisson(expected / 8),
                        "cond": rng.poisson(expected / 4),
                    }
                )
    return pd.DataFrame(rows)


def tiny(hedges: dict[str, list[int]], *, events: bool = True) -> pd.DataFrame:
    """An article of 100 words an outlet and event, with so many hedges."""
    rows = [(f"{o}{n}", o, f"e{n}" * events, k) for o, c in hedges.items() for n, k in enumerate(c)]
    table = pd.DataFrame(rows, columns=["article", "outlet", "event", "hedge"])
    return table.assign(paragraph=0, role="body", words=100)
