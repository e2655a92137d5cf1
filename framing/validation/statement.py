"""What may be said after a coding: a paragraph for the paper, and whether it still holds."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from framing.arguments import check_is
from framing.corpus.corpus import Corpus
from framing.lexicon.lexicon import Lexicon
from framing.lexicon.loading import chosen_lexicon
from framing.schema import PLACE, label
from framing.text.numbers import joined, many
from framing.validation.agreement import TENTATIVE, agreement
from framing.validation.coding import Coded, adjudicated, check_coded, other_lexicon
from framing.validation.forms import TONE
from framing.validation.sheets import SECONDS
from framing.validation.validity import precision_and_recall, validity, with_interval

_CODED_AN_OUTLET = 550  # sentences that `coding_sheet` draws of an outlet, by default
_LISTED = 5  # outlets that a sentence names


def outdated(
    coded: Coded, paragraphs: pd.DataFrame, *, lexicon: Lexicon | None = None
) -> list[str]:
    """Return why a coding says nothing about these paragraphs or this lexicon any more.

    Parameters
    ----------
    coded : Coded
        As returned by `read_coding` or `adjudicated`.
    paragraphs : DataFrame
        Paragraphs of the report: ``article``, ``paragraph``, ``text``.
    lexicon : Lexicon, optional
        Lexicon used in the report; the built-in English one by default.

    Returns
    -------
    list of str
        Empty if lexicon and texts are those that were coded; else the reasons, also that nothing
        is coded yet.
    """
    check_coded(coded)
    lexicon = chosen_lexicon(lexicon)
    reasons = []
    if coded.own.empty:
        reasons.append(f"none of the {len(coded.passages)} sentences is coded yet")
    if changed := other_lexicon(coded, lexicon):
        reasons.append(changed)
    texts = paragraphs.drop_duplicates(PLACE).set_index(PLACE)["text"]
    now = texts.reindex(pd.MultiIndex.from_frame(coded.passages[PLACE])).fillna("")
    same = [text in whole for text, whole in zip(coded.passages["text"], now, strict=True)]
    if gone := len(same) - sum(same):
        reasons.append(
            f"{gone} of {len(same)} coded passages are not in this corpus: it changed, or "
            "articles were left out"
        )
    return reasons


def coded_sides(coded: Coded, articles: pd.DataFrame) -> str:
    """Return of which outlets sentences were coded, if articles have others; empty if of all.

    Of the values of the column that the sheet was drawn by, if that is another one.
    """
    by, decided = coded.about["by"], set(coded.own.dropna(subset="code")["passage"])
    names = coded.passages["by"].astype(str)
    found = sorted(set(names[coded.passages["passage"].isin(decided)]))
    every = set(articles[by].astype(str) if by in articles else names)
    if not found or every <= set(found):
        return ""
    shown = f": {joined(found)}" if len(found) <= _LISTED else ""
    return f"The coded sentences are of {len(found)} of {_sides(len(every), by)}{shown}."


def hours_to_code(articles: pd.DataFrame) -> int:
    """Return about how many hours each of two people needs to code a sample of these articles."""
    sentences = articles["outlet"].value_counts().mul(2).clip(upper=_CODED_AN_OUTLET).sum()
    return max(1, round(int(sentences) * SECONDS / 3600))


def checked_by_hand(
    corpus: Corpus,
    cues: pd.DataFrame,
    coded: Coded | None = None,
    *,
    lexicon: Lexicon | None = None,
) -> str:
    """Return in a sentence or two whether people have checked the hits, and what they found.

    Parameters
    ----------
    corpus : Corpus
        The corpus of the report.
    cues : DataFrame
        As returned by ``framing.find_cues``.
    coded : Coded, optional
        As returned by `read_coding`; None if nobody has coded.
    lexicon : Lexicon, optional
        Lexicon used to find the cues; the built-in English one by default.

    Returns
    -------
    str
        The precision of every measure with its interval; or that nothing was checked, or that
        lexicon or texts changed since, so that nothing is known.
    """
    check_is(corpus, Corpus, "corpus", "read_corpus")
    hours = hours_to_code(corpus.articles)
    if coded is None:
        return (
            "Nobody has checked by hand what the counted words mean here; a check takes two people "
            f"about {many(hours, 'hour')} each."
        )
    if reasons := outdated(coded, corpus.paragraphs, lexicon=lexicon):
        return f"The coding does not hold for this report: {'; '.join(reasons)}."
    table = validity(coded, cues, lexicon=lexicon).table
    rows = table[(table["group"] == "all") & (table["hits"] > 0)]
    found = [f"{label(r.measure)} {with_interval(r, 'precision')}" for r in rows.itertuples()]
    who = many(coded.own["coder"].nunique(), "coder")
    parts = (
        f"{who} checked {many(coded.own['passage'].nunique(), 'sentence')} by hand.",
        coded_sides(coded, corpus.articles),
        "Share of hits that they call right, with 95% interval: "
        f"{', '.join(found) or 'not known yet'}.",
        _unreliable(coded),
    )
    return " ".join(filter(None, parts))


def _unreliable(coded: Coded) -> str:
    """Return on which measures coders do not agree, so that precision says little."""
    table = agreement(coded, n_resamples=1)
    rows = table[table["alpha"] < TENTATIVE].itertuples()
    sizes = [f"{label(row.measure)} (alpha {row.alpha:.2f})" for row in rows]
    return f"Their codes are not reliable for {joined(sizes)}." if sizes else ""


def validation_paragraph(
    coded: Coded, cues: pd.DataFrame, *, lexicon: Lexicon | None = None
) -> str:
    """Return a paragraph for a paper: who coded what, agreement, precision and recall.

    Parameters
    ----------
    coded : Coded
        As returned by `read_coding`, or by `adjudicated`: agreement is then of the coders' own
        codes, and precision and recall of the settled ones.
    cues : DataFrame
        As returned by ``framing.find_cues`` for the whole corpus.
    lexicon : Lexicon, optional
        Lexicon used to find the cues; the built-in English one by default.

    Returns
    -------
    str
        In the past tense. What is not coded yet is said to be missing, never left out.
    """
    check_coded(coded)
    return " ".join(filter(None, _sentences(coded, cues, chosen_lexicon(lexicon))))


def _sentences(coded: Coded, cues: pd.DataFrame, lexicon: Lexicon) -> Iterator[str]:
    coders, decided = coded.own["coder"].nunique(), coded.own["passage"].nunique()
    if not decided:
        yield f"None of the {len(coded.passages)} sentences of the coding sheet is coded yet."
        return
    yield (
        f"{many(coders, 'coder')}, blind to {coded.about['by']}, date and "
        f"score, coded {decided} of {len(coded.passages)} sentences drawn at random in strata "
        f"(with a hit, with a hit that a rule took away, with neither) from "
        f"{_sides(coded.passages['by'].nunique(), coded.about['by'])}."
    )
    if changed := coded.about.get("changed"):
        yield (
            f"After {len(coded.part('learn'))} of the sentences were looked at, the lexicon was "
            f"changed ({many(len(changed), 'change')}); precision and recall are from the other "
            "sentences."
        )
    elif learnt := len(coded.part("learn")):
        yield (
            f"{many(learnt, 'sentence')} are kept to learn from; precision and recall are from the "
            "others."
        )
    yield from agreement_sentences(coded)
    yield _settled(coded)
    found = validity(coded, cues, lexicon=lexicon)
    for row in found.table[found.table["group"] == "all"].itertuples():
        rest = f": {precision_and_recall(row)}" if row.passages else " is not coded yet"
        size = f" ({many(row.passages, 'sentence')})" if row.passages else ""
        yield f"{label(row.measure).capitalize()}{size}{rest}."
    if TONE in coded.about["measures"]:
        for row in found.tone.itertuples():
            yield (
                f"VADER's compound of {many(row.passages, 'sentence')} correlated with "
                f"the coders' tone at r = {row.r:.2f} (weights: 1 over the chance to be drawn)."
            )


def _settled(coded: Coded) -> str:
    """Return how many codes were settled, and how many sentences have none and are left out."""
    is_settled, reported = coded.unsettled is not None, set(coded.part("report")["passage"])
    measures = coded.about["measures"] if is_settled else coded.counted  # tone is a mean of codes
    own = coded.own[coded.own["passage"].isin(reported) & coded.own["measure"].isin(measures)]
    agreed = _cells(adjudicated(Coded(own, coded.passages, coded.about)).codes)
    known = _cells(coded.codes) if is_settled else agreed
    split = _cells(own) - agreed
    left = {name: _left_out(own, known, len(reported), name) for name in measures}
    left = {name: counts for name, counts in left.items() if counts}
    if not left:
        return "The codes were then settled; what follows is of the settled ones." * is_settled
    same = len({kind for counts in left.values() for kind in counts}) == 1
    listed = [
        f"{sum(counts.values())} for {label(name)}"
        + ("" if same else f" ({', '.join(f'{n} {kind}' for kind, n in counts.items())})")
        for name, counts in left.items()
    ]
    which = next(iter(next(iter(left.values())))) if same else "without a code"
    without = f"entences {which} are left out of what follows: {joined(listed)}."
    if is_settled and split:
        return (
            f"Of {many(len(split), 'code')} without a majority of the coders, "
            f"{len(split & known)} were settled; s{without}"
        )
    return f"S{without}"


def _left_out(
    own: pd.DataFrame, known: set[tuple[str, str]], reported: int, measure: str
) -> dict[str, int]:
    """Return how many of the sentences have no code of a measure, by why; empty if none lacks."""
    decided = own[own["measure"] == measure].groupby("passage")["code"].count()
    left = decided[[(measure, passage) not in known for passage in decided.index]]
    counts = {
        "not coded": reported - len(decided),
        "that nobody could decide": int((left == 0).sum()),
        "without a majority of the coders": int((left > 0).sum()),
    }
    if decided.empty:  # which is said of its precision
        return {}
    return {kind: n for kind, n in counts.items() if n}


def _cells(codes: pd.DataFrame) -> set[tuple[str, str]]:
    return set(zip(codes["measure"], codes["passage"], strict=True))


def agreement_sentences(coded: Coded) -> Iterator[str]:
    """Yield how far coders agree on the measures, why that is not known of some, and doubts."""
    yield from coded.doubts
    table = agreement(coded)
    known = (table["passages"] > 0) & (table["verdict"] != "undefined")
    for passages, rows in table[known].groupby("passages", sort=False):
        sizes = [
            f"{row.alpha:.2f} ({row.alpha_low:.2f} to {row.alpha_high:.2f}; {row.verdict}) for "
            f"{label(row.measure)}{' (ordinal)' * (row.measure == TONE)}"
            for row in rows.itertuples()
        ]
        yield (
            f"Krippendorff's alpha of {many(passages, 'sentence')} that two coders or more decided "
            f"was {joined(sizes)}."
        )
    for row in table[~known].itertuples():
        why = "undefined: all codes were the same" if row.passages else f"not known: {row.verdict}"
        yield f"Agreement on {label(row.measure)} is {why}."


def _sides(n: int, by: str) -> str:
    return many(n, "outlet") if by == "outlet" else f"{many(n, 'value')} of {label(by)}"
