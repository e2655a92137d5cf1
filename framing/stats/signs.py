"""Random signs of clusters, the same in every comparison, and sums with the signs flipped."""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import shake_128
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from framing.stats.sums import fixed_point
from framing.text.arrays import Floats, Ints

_CELLS = 2**21  # signs unpacked at a time: 16 MB
# A product of so many multiplications OpenBLAS leaves to one thread: several wait for each other
# longer than they multiply. Of many clusters, so few patterns are not worth the call.
_ALONE, _PATTERNS = 2**18, 64


class Signs(NamedTuple):
    """Patterns of signs: a bit a cluster and pattern, 1 for minus; in the first all are plus."""

    bits: NDArray[np.uint8]
    patterns: int
    exact: bool  # all patterns, not random ones

    def minus(self, codes: Ints, patterns: slice) -> Floats:
        """Return where the sign is minus, clusters × patterns; a slice starts at a byte.

        Of several comparisons, a row each of ``codes``, it is that of each; once if all are alike.
        """
        codes = codes[0] if codes.ndim > 1 and (codes == codes[0]).all() else codes
        packed = self.bits[codes, patterns.start // 8 : -(-patterns.stop // 8)]
        size = patterns.stop - patterns.start
        return np.unpackbits(packed, axis=-1, count=size).astype(np.float64)

    def flipped(self, codes: Ints, values: Floats, patterns: slice) -> Floats:
        """Return the sums of columns with the signs of their rows flipped, columns × patterns.

        The last two axes of ``values`` are rows × columns, the last one of ``codes`` rows.
        """
        columns = np.multiply(*fixed_point(values)).swapaxes(-1, -2)
        sums = np.empty((*columns.shape[:-1], patterns.stop - patterns.start))
        product = int(np.prod(columns.shape[-2:]))
        step, alone = (size // max(n, 1) for size, n in ((_CELLS, codes.size), (_ALONE, product)))
        step = max(8, (min(step, alone) if alone >= _PATTERNS else step) // 8 * 8)
        for at in range(patterns.start, patterns.stop, step):
            chunk = slice(at, min(at + step, patterns.stop))
            place = slice(at - patterns.start, chunk.stop - patterns.start)
            np.matmul(-2 * columns, self.minus(codes, chunk), out=sums[..., place])
        sums += columns.sum(axis=-1, keepdims=True)
        return sums


def draw_signs(names: Sequence[str], *, n_resamples: int, seed: int) -> Signs:
    """Return random signs of clusters, which depend on the seed and the name of a cluster only.

    The same cluster has the same signs in every comparison, whatever else is compared, so that
    tests can be joined. All patterns are taken instead if there are no more than ``n_resamples``.
    """
    if is_exact(len(names), n_resamples):
        return all_signs(len(names))
    size = n_resamples // 8 + 1
    streams = [shake_128(f"{seed}\0{name}".encode("utf-8", "surrogatepass")) for name in names]
    raw = b"".join(stream.digest(size) for stream in streams)
    bits = np.frombuffer(raw, np.uint8).reshape(len(names), size).copy()
    bits[:, 0] &= 0x7F
    return Signs(bits, n_resamples + 1, exact=False)


def all_signs(clusters: int) -> Signs:
    """Return all patterns of signs; of a pattern and its opposite, one stands for both."""
    number = np.arange(2 ** max(clusters - 1, 0))
    bits = number >> np.arange(clusters)[:, None] & 1
    return Signs(np.packbits(bits.astype(np.uint8), axis=1), len(number), exact=True)


def is_exact(clusters: int, n_resamples: int) -> bool:
    """Return whether all patterns of signs are tried instead of random ones."""
    return 2**clusters <= int(n_resamples)
