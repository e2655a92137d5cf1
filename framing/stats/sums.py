"""Sums whose last digit depends on nothing but what is summed."""

from __future__ import annotations

import numpy as np

from framing.text.arrays import Floats, Ints


def column_sums(values: Floats) -> Floats:
    """Sum every column, of several tables also, to the last digit independently of the others."""
    return np.ascontiguousarray(np.swapaxes(values, -1, -2)).sum(axis=-1)


def run_sums(values: Floats, runs: Ints) -> Floats:
    """Sum so many rows, one run after another, independently of the others to the last digit."""
    sums, some = np.zeros((len(runs), *values.shape[1:])), runs > 0
    if some.any():
        starts = (np.cumsum(runs) - runs)[some]
        sums[some] = np.add.reduceat(np.ascontiguousarray(values.T), starts, axis=-1).T
    return sums


def sums_by(codes: Ints, values: Floats, n: int = 0) -> Floats:
    """Sum the rows of every code, of which there are at least ``n``."""
    sums = [np.bincount(codes, column, n) for column in values.T]
    return np.stack(sums, axis=1).astype(float)


def by_code(codes: Ints, values: Floats) -> tuple[Ints, Floats]:
    """Return the different codes and the sums of their rows, column by column."""
    order = np.argsort(codes, kind="stable")
    starts = np.flatnonzero(np.diff(codes[order], prepend=-1))
    if len(starts) == len(codes):
        return codes[order], values[order]  # one row a code: nothing to sum
    return codes[order][starts], run_sums(values[order], np.diff(starts, append=len(codes)))


def fixed_point(values: Floats) -> tuple[Floats, Floats]:
    """Return whole numbers and their unit, a power of 2, so small that sums of them are exact.

    The last digit of a sum then does not depend on its order, and so not on the threads of BLAS.
    """
    size = np.frexp(np.abs(values).max(axis=-2, initial=0, keepdims=True))[1]
    unit = np.ldexp(1.0, size + values.shape[-2].bit_length() - 51)
    return np.rint(values / unit), unit
