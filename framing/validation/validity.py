"""Precision and recall of measures against people's codes, by outlet, role and voice."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np
import pandas as pd

from framing.arguments import check_whole
from framing.checks import CUES, check_columns, check_same_articles
from framing.lexicon.lexicon import Lexicon
from framing.lexicon.loading import chosen_lexicon
from framing.scoring.cues import of_measure
from framing.scoring.tone import tone
from framing.text.arrays import Floats
from framing.text.encoding import printable
from framing.validation.coding import CHANGED, Coded, adjudicated, check_coded, other_lexicon
from framing.validation.forms import TONE
from framing.validation.passages import KEY, measured

VALIDITY_COLUMNS = [
    "measure", "group", "value", "passages", "hits", "precision", "precision_low",
    "precision_high", "recall", "recall_low", "recall_high", "f1", "f1_low", "f1_high",
]  # fmt: skip
_DRAWS = 20_000
_NEUTRAL = 0.05  # VADER's own limits: compound above is positive, below its negative is negative


class Validity(NamedTuple):
    """Four tables.

    ``table``: precision, recall and F1 a measure, over all and by outlet, role and voice.
    ``differences``: whether they differ between outlets. ``errors``: false hits and misses, to be
    read. ``tone``: how VADER's tone goes with the coders'.
    """

    table: pd.DataFrame
    differences: pd.DataFrame
    errors: pd.DataFrame
    tone: pd.DataFrame

    def __repr__(self) -> str:
        over_all = self.table[self.table["group"] == "all"]
        lines = [f"{row.measure}: {precision_and_recall(row)}" for row in over_all.itertuples()]
        return printable("\n".join(lines)) or "no measure was coded"


def with_interval(row: object, name: str) -> str:
    """Return a measure of a row of ``table`` with its interval."""
    value, low, high = (getattr(row, f"{name}{end}") for end in ("", "_low", "_high"))
    return "unknown" if pd.isna(value) else f"{value:.2f} ({low:.2f} to {high:.2f})"


def precision_and_recall(row: object) -> str:
    """Return both of a row of ``table``, with their intervals."""
    return f"precision {with_interval(row, 'precision')}, recall {with_interval(row, 'recall')}"


def validity(
    coded: Coded,
    cues: pd.DataFrame,
    *,
    by: str | None = None,
    lexicon: Lexicon | None = None,
    seed: int = 1,
) -> Validity:
    """Measure how right a lexicon is in this corpus, by people's codes.

    Parameters
    ----------
    coded : Coded
        As returned by `read_coding` or `adjudicated`. Where coders differ, the code of more than
        half of them counts; passages of the part to learn from do not.
    cues : DataFrame
        As returned by ``framing.find_cues`` for the whole corpus.
    by : str, optional
        The column that the sheet was drawn by; another one is an error.
    lexicon : Lexicon, optional
        Lexicon used to find the cues; the built-in English one by default.
    seed : int, default 1
        Seed of the intervals.

    Raises
    ------
    ValueError
        If the lexicon, or the hits in ``cues``, are not those that the sheet was drawn with.

    Returns
    -------
    Validity
        ``table``: one row per measure and ``group`` ("all", what the sheet was drawn ``by``,
        "role", "voice") with its ``value``; ``passages`` that are coded, ``hits`` among them;
        ``precision`` (share of passages with a hit that people call right), ``recall`` (share of
        the passages that people call right that have a hit), ``f1``, each with a 95% interval.
        Every passage weighs 1 over its probability of being drawn. There is no recall by voice:
        what was missed has none. NaN where nothing was coded, and recall also where sentences
        without a hit, or with near misses, were not drawn. Without a hit recall is 0, with the
        interval of none of so many right passages, and there is no F1.

        ``differences``: ``measure``, ``statistic`` ("precision", "recall"), ``values`` compared,
        ``spread`` (largest minus smallest), ``p``: a chi-squared test of equality on the logit
        scale; NaN with fewer than two values.

        ``errors``: ``measure``, ``kind`` ("false hit", "miss"), ``by``, ``article``, ``passage``,
        ``match``, ``rule``, ``text``.

        ``tone``: one row if tone was coded: ``passages``, ``r`` (Pearson's correlation of
        ``compound`` with the mean code), ``accuracy`` (share with the same sign; compound within
        ±.05 is neutral), both with the same weights.

    Notes
    -----
    Passages with a hit, with a hit that a rule took away, and with neither are three groups, each
    with a share that people call right. Draws from the Beta distributions of these shares
    (Jeffreys' prior; Kish's effective sample size) give the intervals, which also hold where
    nothing was missed in the sample (Brown, Cai & DasGupta 2001, Statistical Science 16(2)).
    """
    check_coded(coded)
    check_whole("seed", seed, least=0)
    lexicon = chosen_lexicon(lexicon)
    if by not in (None, coded.about["by"]):
        raise ValueError(f"this sheet was drawn by {coded.about['by']!r}, got by={by!r}")
    check_columns(cues, [*KEY, "category", "entry", "counted"], kind=CUES)
    gold = adjudicated(coded).codes.set_index("passage")
    sample, names = coded.part("report").reset_index(drop=True), coded.counted
    check_same_articles(sample, cues, ("coded passages", "cues"))
    check_same_hits(coded, sample, cues, lexicon)
    rng = np.random.default_rng(seed)
    table, differences, errors = [], [], []
    missed = all(coded.about["targets"][name] for name in ("near_misses", "without"))
    for measure in names:
        truth = gold.loc[gold["measure"] == measure, "code"].reindex(sample["passage"])
        belongs = cues[of_measure(cues, measure, lexicon)]
        known = _decided(sample, truth.to_numpy(), belongs, measure)
        table += list(_table(measure, known, coded.about["by"], rng, missed=missed))
        differences += list(_differences(measure, known, rng, missed=missed))
        errors.append(_errors(measure, known))
    return Validity(
        pd.DataFrame(table, columns=VALIDITY_COLUMNS),
        pd.DataFrame(differences, columns=["measure", "statistic", "values", "spread", "p"]),
        pd.concat(errors, ignore_index=True) if errors else pd.DataFrame(),
        _tone(sample, coded),
    )


def check_same_hits(
    coded: Coded, sample: pd.DataFrame, cues: pd.DataFrame, lexicon: Lexicon
) -> None:
    """Raise an error if cues are not those that the sheet was drawn with, or of another lexicon."""
    if changed := other_lexicon(coded, lexicon):
        raise ValueError(changed)
    if added := set(cues["category"] + ": " + cues["entry"]) - set(coded.about["entries"]):
        raise ValueError(
            f"cues have entries that the lexicon of the sheet lacks, such as {min(added)!r}: find "
            f"them with that lexicon. {CHANGED}"
        )
    counts = measured(sample, cues, coded.counted, lexicon)
    for measure in coded.counted:
        for kind, noun in (("hits", "hits"), ("near", "hits that a rule took away")):
            other = counts[f"{kind}_{measure}"] != sample[f"{kind}_{measure}"]
            if other.any():
                row = sample[other].iloc[0]
                raise ValueError(
                    f"{measure}: {other.sum()} of {len(sample)} coded passages have different "
                    f"{noun} in cues than when the sheet was drawn ({row['passage']}: "
                    f"{row['text']!r}). Pass all cues, as framing.find_cues returns them. {CHANGED}"
                )


def _decided(sample: pd.DataFrame, truth: Floats, cues: pd.DataFrame, measure: str) -> pd.DataFrame:
    """Return the passages that people decided, each with its cue that counts, or else the first."""
    hit, near = sample[f"hits_{measure}"] > 0, sample[f"near_{measure}"] > 0
    rows = sample.assign(truth=truth, hit=hit, near=near)
    order = cues.assign(idle=~cues["counted"] | cues["negated"])
    order = order.sort_values([*KEY, "idle", "start"]).drop_duplicates(KEY)
    first = order[[*KEY, "match", "entry", "rule", "voice"]]
    known = rows[rows["truth"].notna()].merge(first, on=KEY, how="left")
    return known.assign(voice=known["voice"].where(known["hit"]))


def _table(
    measure: str, rows: pd.DataFrame, by: str, rng: np.random.Generator, *, missed: bool
) -> Iterator[tuple[object, ...]]:
    groups = [("all", "all", rows)]
    for name, column in ((by, "by"), ("role", "role"), ("voice", "voice")):
        groups += [(name, value, part) for value, part in rows.groupby(column)]
    for name, value, part in groups:
        precision, recall, f1 = map(_summary, _draws(part, rng))
        if name == "voice" or not missed:
            recall = f1 = (np.nan,) * 3
        row = (measure, name, value, len(part), int(part["hit"].sum()))
        yield (*row, *precision, *recall, *f1)


def _draws(rows: pd.DataFrame, rng: np.random.Generator) -> list[tuple[float, Floats]]:
    """Return precision, recall and F1: the estimate, and draws of what it may be."""
    estimated, drawn, sizes, right_of_all = [], [], [], 0.0
    for which in (rows["hit"], rows["near"] & ~rows["hit"], ~rows["near"] & ~rows["hit"]):
        part = rows[which]
        weight = 1 / part["probability"].to_numpy(float)
        size = weight.sum()
        share = float((weight * part["truth"].to_numpy(float)).sum()) / size if size else 0.0
        effective = size**2 / (weight**2).sum() if size else 0.0
        sizes.append(size)
        estimated.append(np.array([share]))
        right, wrong = effective * share, effective * (1 - share)
        right_of_all += right
        drawn.append(rng.beta(right + 0.5, wrong + 0.5, _DRAWS) if size else np.zeros(_DRAWS))
    exact, rates = _rates(estimated, sizes), _rates(drawn, sizes)
    if not sizes[0]:  # without a hit nothing is found, of as many as there are; few may be chance
        rates[1] = rng.beta(0.5, right_of_all + 0.5, _DRAWS)
    return [(float(e[0]), d) for e, d in zip(exact, rates, strict=True)]


def _rates(shares: list[Floats], sizes: list[float]) -> list[Floats]:
    """Return precision, recall and F1 from the share of right passages in the three groups."""
    hits, near, rest = (share * size for share, size in zip(shares, sizes, strict=True))
    nothing = np.full(len(hits), np.nan)
    with np.errstate(invalid="ignore", divide="ignore"):
        precision = shares[0] if sizes[0] else nothing
        recall = hits / (hits + near + rest)
        f1 = 2 * hits / (sizes[0] + hits + near + rest)
        return [precision, recall, f1 if sizes[0] else nothing]


def _summary(draws: tuple[float, Floats]) -> tuple[float, float, float]:
    estimate, sample = draws
    if np.isnan(estimate) or np.isnan(sample).any():
        return estimate, np.nan, np.nan
    low, high = np.quantile(sample, [0.025, 0.975])
    return estimate, min(float(low), estimate), max(float(high), estimate)


def _differences(
    measure: str, rows: pd.DataFrame, rng: np.random.Generator, *, missed: bool
) -> Iterator[tuple[object, ...]]:
    """Test whether precision, or recall, is the same for every value."""
    found = [_draws(part, rng) for _, part in rows.groupby("by")]
    for place, name in enumerate(("precision", "recall")):
        known = [draws[place] for draws in found if not np.isnan(draws[place][0])]
        spread = p = np.nan
        if len(known) > 1 and (name == "precision" or missed):
            spread = float(np.ptp([estimate for estimate, _ in known]))
            p = _p_of_equality([sample for _, sample in known])
        yield measure, name, len(known), spread, p


def _p_of_equality(draws: list[Floats]) -> float:
    """Return the p of a chi-squared test of equal shares, on the logit scale, from draws of each.

    NaN if one is fixed, such as the recall of a group of hits alone.
    """
    from scipy.stats import chi2  # slow to import

    shares = [np.clip(share, 1e-9, 1 - 1e-9) for share in draws]
    logits = [np.log(share / (1 - share)) for share in shares]
    centre = np.array([np.mean(logit) for logit in logits])
    if any(np.ptp(logit) == 0 for logit in logits):
        return np.nan
    spread = np.array([np.var(logit) for logit in logits])
    weight = 1 / spread
    pooled = (weight @ centre) / weight.sum()
    return float(chi2.sf(float(weight @ (centre - pooled) ** 2), len(draws) - 1))


def _errors(measure: str, rows: pd.DataFrame) -> pd.DataFrame:
    wrong = rows[(rows["truth"] == 1) != rows["hit"]]
    kind = np.where(wrong["hit"], "false hit", "miss")
    table = wrong.assign(measure=measure, kind=kind)
    columns = ["measure", "kind", "by", "article", "passage", "match", "rule", "text"]
    return table[columns].fillna({"match": "", "rule": ""}).reset_index(drop=True)


def _tone(sample: pd.DataFrame, coded: Coded) -> pd.DataFrame:
    """Compare VADER's compound of each passage with the mean of its codes."""
    columns = ["passages", "r", "accuracy"]
    codes = coded.codes[coded.codes["measure"] == TONE].dropna(subset="code")
    means = codes.groupby("passage")["code"].mean().reindex(sample["passage"])
    known = means.notna().to_numpy()
    if known.sum() < 3:
        return pd.DataFrame(columns=columns)
    compound = tone(sample.loc[known, "text"], normalise=True)["compound"].to_numpy()
    people = means.to_numpy()[known]
    weight = 1 / sample.loc[known, "probability"].to_numpy(float)
    covariance = np.cov(compound, people, aweights=weight)
    sign = np.where(np.abs(compound) < _NEUTRAL, 0, np.sign(compound))
    same = sign == np.sign(np.where(np.abs(people) < 0.5, 0, people))
    with np.errstate(invalid="ignore", divide="ignore"):
        r = covariance[0, 1] / np.sqrt(covariance[0, 0] * covariance[1, 1])
    row = (int(known.sum()), float(r), float(weight @ same / weight.sum()))
    return pd.DataFrame([row], columns=columns)
