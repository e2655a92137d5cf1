"""Counts of every word, or every cue, in every article: a sparse table, articles × units."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

import numpy as np
import pandas as pd
from scipy import sparse

from framing.checks import CUES, check_columns, check_filled, check_once, of_roles, without_copies
from framing.schema import BODY, PLACE
from framing.scoring.cue_checks import check_cues
from framing.stats.checks import check_groups
from framing.text.arrays import Ints
from framing.text.chunks import chunks, cut
from framing.text.tokens import count_each, tokenise

_Part = tuple[list[str], Ints, Ints]  # different units, and number and article of every use


class Counts(NamedTuple):
    """``uses[i, j]`` is the count of unit j in article i; both in alphabetical order.

    ``group[i]`` is the index of the article's group in ``groups``, ``words[i]`` its number of
    words, at least 1; ``stratum[i]`` is the same for articles on one event that groups share,
    ``cluster[i]`` for those of one group on one event.
    """

    groups: list[str]
    group: Ints
    words: Ints
    stratum: Ints
    cluster: Ints
    units: list[str]
    uses: sparse.csr_array


def count_units(
    paragraphs: pd.DataFrame,
    *,
    by: str = "outlet",
    cues: pd.DataFrame | None = None,
    roles: str | Sequence[str] = BODY,
) -> Counts:
    """Count the words of every article, or the entries of its cues if ``cues`` is given.

    Words are in lower case; a clitic (*'s*) is no word. Of the cues those that count and are not
    negated, as in ``framing.score``.

    >>> counts = count_units(pd.DataFrame({"outlet": "A", "article": ["1", "2"], "role": "body",
    ...                                    "text": ["Talks fail.", "Talks about talks"]}))
    >>> counts.units, counts.uses.toarray().tolist()
    (['about', 'fail', 'talks'], [[0, 1, 1], [1, 0, 2]])
    """
    needed = [by, "article", "role", "text", *(["paragraph"] if cues is not None else [])]
    check_columns(paragraphs, needed, kind="paragraphs, as framing.read_corpus(path) gives it")
    check_filled(paragraphs, "article")
    check_groups(paragraphs, by)
    check_once(paragraphs, *([by] if cues is None else []), kind="paragraphs")
    rows = without_copies(of_roles(paragraphs, roles))
    places = rows.assign(**{by: rows[by].astype(str)}).groupby([by, "article"])
    article, n = places.ngroup().to_numpy(), places.ngroups
    names = places.size().index.get_level_values(by)
    if cues is None:
        units, uses = _count_table(_word_uses(rows["text"], article), n)
        words = uses.sum(axis=1)
    else:
        units, uses = _count_table([_entry_uses(cues, rows, article)], n)
        number = np.concatenate([count_each(chunk) for chunk in chunks(rows["text"])])
        words = np.bincount(article, number, n).astype(np.int64)
    kept = words > 0
    group, groups = pd.factorize(names[kept])
    event = rows["event"] if "event" in rows else pd.Series("", index=rows.index)
    event = event.fillna("").astype(str).groupby(article).max()[kept]
    strata, clusters = _by_event(event, group)
    group = group.astype(np.int64)
    return Counts(list(groups), group, words[kept], strata, clusters, units, uses[kept])


def _by_event(event: pd.Series[str], group: Ints) -> tuple[Ints, Ints]:
    """Return the stratum and the cluster of articles, by their events and groups.

    A stratum is an event that several groups cover; 0 stands for all other articles. A cluster is
    an event of one group; an article without one is its own.
    """
    shared = pd.Series(group).groupby(event.to_numpy()).transform("nunique").to_numpy() > 1
    shared &= event.ne("").to_numpy()
    strata = np.where(shared, pd.factorize(event, sort=True)[0] + 1, 0)
    alone = pd.Series(np.arange(len(event)).astype(str), event.index)
    names = event.where(event != "", "\0" + alone) + "\0" + group.astype(str)
    return strata, pd.factorize(names, sort=True)[0].astype(np.int64)


def _word_uses(texts: pd.Series[str], article: Ints) -> Iterator[_Part]:
    """Yield, chunk by chunk, the different words, and number and article of each in the text."""
    done = 0
    for chunk in chunks(texts):
        tokens = tokenise(cut(chunk))
        whole = tokens.vocabulary.whole
        kept = whole[tokens.keys]
        names = [word for word, is_whole in zip(tokens.vocabulary, whole, strict=True) if is_whole]
        keys = (np.cumsum(whole) - 1)[tokens.keys[kept]]
        yield names, keys, article[done + tokens.rows[kept]]
        done += len(chunk)


def _entry_uses(cues: pd.DataFrame, rows: pd.DataFrame, article: Ints) -> _Part:
    """Return the different entries, and number and article of each that counts."""
    check_columns(cues, [*PLACE, "entry", "counted", "negated"], kind=CUES)
    check_cues(cues, rows)
    counted = cues.loc[cues["counted"] & ~cues["negated"], [*PLACE, "entry"]]
    found = counted.merge(rows[PLACE].assign(at=article), on=PLACE, validate="many_to_one")
    keys, entries = pd.factorize(found["entry"])
    return list(entries), keys.astype(np.int64), found["at"].to_numpy()


def _count_table(parts: Iterable[_Part], n: int) -> tuple[list[str], sparse.csr_array]:
    """Add up the counts of ``n`` articles, the units in alphabetical order."""
    number: dict[str, int] = {}
    at, units, counts = [], [], []
    for names, keys, article in parts:
        here = np.array([number.setdefault(name, len(number)) for name in names], np.int64)
        pairs, count = np.unique(article * len(names) + keys, return_counts=True)
        at.append(pairs // max(len(names), 1))
        units.append(here[pairs % max(len(names), 1)])
        counts.append(count)
    order = sorted(number)
    rank = np.empty(len(order), np.int32)
    rank[[number[name] for name in order]] = np.arange(len(order))
    # Half as wide as an int64: a large corpus has tens of millions of them.
    place = (np.concatenate(at).astype(np.int32), rank[np.concatenate(units)])
    return order, sparse.csr_array((np.concatenate(counts), place), shape=(n, len(order)))
