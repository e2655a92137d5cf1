"""What to change in a lexicon, learnt from passages that validity is never claimed from."""

from __future__ import annotations

from typing import Any, NamedTuple

import pandas as pd

from framing.lexicon.lexicon import Lexicon
from framing.lexicon.loading import chosen_lexicon
from framing.scoring.cues import of_measure
from framing.text.words import words
from framing.validation.coding import Coded, adjudicated, check_coded
from framing.validation.passages import KEY, counts_of, with_counts
from framing.validation.sheets import about_lexicon
from framing.validation.validity import check_same_hits

_LEAST = 2  # passages that an entry or a word has to be in


class Suggestions(NamedTuple):
    """Three tables, worst first.

    ``entries``: ``measure``, ``entry``, ``category``, ``hits`` in coded passages, ``false`` hits,
    ``share`` of false ones. ``rules``: ``measure``, ``rule``, ``hits`` that it took away,
    ``wrongly``, ``share``. ``misses``: ``measure``, ``word``, ``missed`` passages with
    it, ``other`` passages with it that people call no instance.
    """

    entries: pd.DataFrame
    rules: pd.DataFrame
    misses: pd.DataFrame


def suggest(coded: Coded, cues: pd.DataFrame, *, lexicon: Lexicon | None = None) -> Suggestions:
    """Show the entries and rules behind most errors, from the part of the sheet to learn from.

    Parameters
    ----------
    coded : Coded
        As returned by `read_coding`, of a sheet drawn with ``learn`` above 0.
    cues : DataFrame
        As returned by ``framing.find_cues`` for the whole corpus.
    lexicon : Lexicon, optional
        Lexicon used to find the cues; the built-in English one by default.

    Returns
    -------
    Suggestions
        Tables to read, not to follow blindly: an entry with two false hits may be chance.

    Raises
    ------
    ValueError
        If the sheet has no part to learn from, or the hits in ``cues`` are not those that it was
        drawn with.
    """
    lexicon = chosen_lexicon(lexicon)
    sample = _to_learn_from(coded)
    check_same_hits(coded, sample, cues, lexicon)
    gold = adjudicated(coded).codes
    entries, rules, misses = [], [], []
    for measure in coded.counted:
        rows = sample.merge(gold[gold["measure"] == measure][["passage", "code"]], on="passage")
        belongs = cues[of_measure(cues, measure, lexicon)].merge(rows[[*KEY, "code"]], on=KEY)
        counts = belongs["counted"] & ~belongs["negated"]
        hits = belongs[counts].groupby(["entry", "category"])["code"]
        entries.append(_worst(hits, "false", 0).assign(measure=measure))
        dropped = belongs[~counts & (belongs["rule"] != "")].groupby("rule")["code"]
        rules.append(_worst(dropped, "wrongly", 1).assign(measure=measure))
        found = belongs.loc[counts, KEY].drop_duplicates().assign(hit=True)
        rest = rows.merge(found, on=KEY, how="left")
        misses.append(_misses(rest[rest["hit"].isna()]).assign(measure=measure))
    return Suggestions(
        _stacked(entries, ["measure", "entry", "category", "hits", "false", "share"]),
        _stacked(rules, ["measure", "rule", "hits", "wrongly", "share"]),
        _stacked(misses, ["measure", "word", "missed", "other"]),
    )


def retuned(coded: Coded, scores: pd.DataFrame, cues: pd.DataFrame, *, lexicon: Lexicon) -> Coded:
    """Return the codes for a lexicon that was changed after looking at the part to learn from.

    Without it, `validity` and ``framing.compare`` refuse codes whose lexicon has changed: figures
    on passages that a lexicon was changed by show nothing. It is up to you that nobody has looked
    at the codes of the other part.

    Parameters
    ----------
    coded : Coded
        As returned by `read_coding` or `adjudicated`, of a sheet drawn with ``learn`` above 0.
    scores, cues : DataFrame
        As ``framing.score`` and ``framing.find_cues`` return them with the changed lexicon, for
        the same paragraphs as before.
    lexicon : Lexicon
        The changed one. It has the categories and indices that were coded.

    Returns
    -------
    Coded
        The same codes and passages, with the hits of the changed lexicon. ``about`` names it,
        and gets ``changed``: the entries that were added (``"+ fear: scared stiff"``) and
        removed (``"- risk: may"``) since the sheet was drawn, or ``"rules"``.

    Raises
    ------
    ValueError
        If the sheet has no part to learn from, or its paragraphs are not in ``scores``.
    """
    _to_learn_from(coded)
    passages = with_counts(coded.passages, scores, cues, coded.counted, lexicon)
    if passages[[f"scored_{name}" for name in coded.counted]].isna().any(axis=None):
        raise ValueError(
            "coded passages are missing from scores: another corpus, or it has changed"
        )
    about = about_lexicon(lexicon)
    before, after = set(coded.about["entries"]), set(about["entries"])
    changed = [f"+ {entry}" for entry in sorted(after - before)]
    changed += [f"- {entry}" for entry in sorted(before - after)]
    if not changed and lexicon.hash != coded.about["hash"]:
        changed = ["rules"]
    about["changed"] = [*coded.about.get("changed", []), *changed]
    about["counts"] = counts_of(scores, coded.counted)
    return coded._replace(passages=passages, about=coded.about | about)


def _to_learn_from(coded: Coded) -> pd.DataFrame:
    """Return the passages to learn from; raise an error if there are none."""
    check_coded(coded)
    passages = coded.part("learn")
    if passages.empty:
        raise ValueError(
            "this sheet has no passages to learn from: draw one with "
            "coding_sheet(..., learn=0.3), so that validity rests on the others"
        )
    return passages


def _worst(codes: Any, errors: str, code: int) -> pd.DataFrame:
    """Return the groups of hits with a code that makes them errors, the worst first."""
    counts = {"hits": "size", errors: lambda codes: int((codes == code).sum())}
    table = codes.agg(**counts).reset_index()
    table = table.assign(share=table[errors] / table["hits"])
    wrong = table[(table[errors] > 0) & (table["hits"] >= _LEAST)]
    return wrong.sort_values([errors, "share"], ascending=False, kind="stable")


def _misses(rows: pd.DataFrame) -> pd.DataFrame:
    """Count the words of missed passages, and how often they are no sign."""
    listed = [
        (word, code)
        for text, code in zip(rows["text"], rows["code"], strict=True)
        for word in sorted({word.key for word in words(text)})
    ]
    table = pd.DataFrame(listed, columns=["word", "code"])
    counts = table.groupby("word")["code"].agg(
        missed=lambda code: int((code == 1).sum()), other=lambda code: int((code == 0).sum())
    )
    often = counts[(counts["missed"] >= _LEAST) & (counts["missed"] > counts["other"])]
    return often.sort_values(["missed", "other"], ascending=[False, True]).reset_index()


def _stacked(tables: list[pd.DataFrame], names: list[str]) -> pd.DataFrame:
    return pd.concat(tables, ignore_index=True)[names] if tables else pd.DataFrame(columns=names)
