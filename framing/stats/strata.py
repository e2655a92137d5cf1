"""Topics that a comparison holds constant: their means are estimated, too, and cost freedom."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from framing.stats.signs import Signs
from framing.stats.sums import by_code
from framing.text.arrays import Bools, Floats, Ints


class Strata(NamedTuple):
    """Every cluster in every stratum: a row each, those of a stratum together.

    ``cluster`` is its place among the clusters, ``means`` (rows × measures) what it adds to the
    mean of its stratum, ``pull`` what the difference loses if that mean is larger by one.
    """

    cluster: Ints
    stratum: Ints
    means: Floats
    pull: Floats

    @classmethod
    def of(cls, cluster: Ints, stratum: Ints, means: Floats, pull: Floats) -> Strata | None:
        """Sum up articles; a stratum that is one cluster goes: its mean is 0 whatever the sign.

        None if no other is left.
        """
        width = int(cluster.max()) + 1
        cell, sums = by_code(stratum * width + cluster, np.column_stack([means, pull]))
        stratum, cluster = np.divmod(cell, width)
        kept = np.bincount(stratum)[stratum] > 1
        if not kept.any():
            return None
        stratum = np.unique(stratum[kept], return_inverse=True)[1]
        return cls(cluster[kept], stratum, sums[kept, :-1].copy(), sums[kept, -1].copy())

    @property
    def number(self) -> int:
        """Return the number of strata."""
        return int(self.stratum.max(initial=-1)) + 1

    def take(self, measures: Ints) -> Strata:
        """Take some measures."""
        return self._replace(means=self.means[:, measures])


def components(a: Ints, b: Ints, n: int) -> Ints:
    """Return the number of the connected component of every node; ``a[i]`` and ``b[i]`` meet."""
    from scipy import sparse  # slow to import, and most of the package does without

    graph = sparse.coo_array((np.ones(len(a)), (a, b)), shape=(n, n))
    return sparse.csgraph.connected_components(graph)[1]


def joined(cluster: Ints, place: Ints, rows: Bools) -> Ints:
    """Make one cluster of all clusters that some rows have in the same stratum; the lowest code.

    Where the residuals of a stratum say one thing only, as those of two articles do, they are no
    independent units.
    """
    known, node = np.unique(cluster, return_inverse=True)
    ends = node[rows], len(known) + place[rows]
    part = components(*ends, len(known) + int(place.max()) + 1)[node]
    lowest = np.full(part.max() + 1, known[-1])
    np.minimum.at(lowest, part, cluster)
    return lowest[part]


def different(cluster: Ints, place: Ints, rows: Bools) -> Ints:
    """Return how many clusters some rows have in every stratum."""
    pairs = np.unique(np.column_stack([place, cluster])[rows], axis=0)
    return np.bincount(pairs[:, 0], minlength=int(place.max()) + 1)


def spread_of_means(
    strata: Strata, codes: Ints, parts: Floats, shares: Floats, moved: Floats, signs: Signs,
    patterns: slice,
) -> Floats:  # fmt: skip
    """Return by how much the sum of squares differs once the means of strata are fitted anew.

    Flipped residuals no longer have the mean 0 in every stratum. Their means are taken out again,
    as they were from what was observed: what is compared has then lost the same freedom. ``moved``
    are the differences with the signs flipped, measures × patterns.
    """
    cluster, stratum, pull = strata.cluster, strata.stratum, strata.pull
    pulled = np.bincount(stratum, pull * shares[cluster])
    crossing = np.bincount(cluster, minlength=len(codes))[cluster] > 1
    across = np.zeros((len(codes), strata.number)) if crossing.any() else None
    spread = np.zeros_like(moved)
    means: list[Floats] = []
    ends = np.searchsorted(stratum, np.arange(strata.number + 1))
    for k, rows in enumerate(map(slice, ends[:-1], ends[1:])):
        of = cluster[rows]
        columns = np.hstack([strata.means[rows], parts[of] * pull[rows, None]])
        mean, along = np.split(signs.flipped(codes[of], columns, patterns), 2)
        spread += mean * (mean * (pull[rows] ** 2).sum() + 2 * (moved * pulled[k] - along))
        if across is not None:
            across[of, k] = pull[rows]
            for j in np.flatnonzero(shared := across[:, k] @ across[:, :k]):
                spread += 2 * shared[j] * mean * means[j]
            means.append(mean)
    return spread
