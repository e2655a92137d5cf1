"""Checks of single arguments; an error says what came, what is allowed and what to do."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Sequence
from numbers import Integral, Real

import numpy as np


def check_is(value: object, kind: type, name: str, maker: str) -> None:
    """Raise an error unless an argument is what a function of framing returns."""
    if not isinstance(value, kind):
        raise TypeError(f"{name} must be what framing.{maker} returns, got {as_value(value)}")


def as_value(value: object) -> str:
    """Return how an error shows a value of any kind."""
    value = value.item() if isinstance(value, np.generic) else value
    shown = repr(value) if isinstance(value, str | int | float | bytes | None) else ""
    kind = type(value).__name__
    return f"{shown[:40]} ({kind})" if shown and value is not None else shown or f"a {kind}"


def check_number(name: str, value: object, *, least: float, most: float = np.inf) -> None:
    """Raise an error unless an argument is a number from ``least`` to ``most``."""
    known = isinstance(value, Real) and not isinstance(value, bool)
    if not known or not least <= value <= most:  # type: ignore[operator]
        allowed = f"from {least:g} to {most:g}" if np.isfinite(most) else f"of at least {least:g}"
        raise ValueError(f"{name} must be a number {allowed}, got {as_value(value)}")


def check_flag(name: str, value: object) -> None:
    """Raise an error unless an argument is True or False; the text "no" would be true."""
    if not isinstance(value, bool | np.bool_):
        raise TypeError(f"{name} must be True or False, got {as_value(value)}")


def check_whole(name: str, value: object, *, least: int) -> None:
    """Raise an error unless an argument is a whole number of at least ``least``."""
    if isinstance(value, bool) or not isinstance(value, Integral) or value < least:
        raise ValueError(f"{name} must be a whole number from {least} on, got {as_value(value)}")


def check_known(names: Sequence[str], allowed: Sequence[str]) -> None:
    """Raise an error that names the nearest measure if one of ``names`` is not allowed."""
    for name in names:
        if name not in allowed:
            raise ValueError(f"no measure {name!r}: {there_are(name, allowed)}")


def nearest(name: str, known: Iterable[str]) -> str:
    """Return the names that are most like one that is not known, or else the first ones."""
    names = list(known)
    near = difflib.get_close_matches(name, names, cutoff=0.3) or names[:3]
    return ", ".join(map(repr, near))


def spelled(names: Iterable[object]) -> str:
    r"""Return names as an error lists them; in those that a terminal would obey, that is escaped.

    >>> print(spelled(["Sun", 3, "a\x1b[31m"]))
    Sun, 3, 'a\x1b[31m'
    """
    return ", ".join(name if name.isprintable() else repr(name) for name in map(str, names))


def there_are(name: str, allowed: Iterable[str]) -> str:
    """Return the end of an error about an unknown name: the nearest one, and all there are."""
    known = list(dict.fromkeys(allowed))
    near = difflib.get_close_matches(str(name), known, n=1, cutoff=0.6)
    hint = f"did you mean {near[0]!r}? " if near else ""
    return f"{hint}There are: {spelled(known) or 'none'}"


def check_match(match: object) -> None:
    """Raise an error if what is to be matched is not an event."""
    if match not in (None, "event"):
        raise ValueError(f'match must be None or "event", got {match!r}')


def check_against(against: object, outlets: Iterable[str]) -> None:
    """Raise an error unless outlets are compared in pairs, with the rest, or with one of them."""
    if against not in ("pairs", "rest", *outlets):
        known = spelled(sorted(map(str, outlets)))
        raise ValueError(f'against must be "pairs", "rest" or one of {known}, got {against!r}')


def check_draws(n_resamples: object, seed: object) -> None:
    """Raise an error if what is to be drawn is no number, or there is no seed to draw it again."""
    for name, value, least in (("n_resamples", n_resamples, 1), ("seed", seed, 0)):
        check_whole(name, value, least=least)


def check_margin(smallest: object) -> None:
    """Raise an error if the smallest ratio that would matter is none, or is in percent."""
    known = isinstance(smallest, int | float | np.number) and 1 < smallest <= 10
    if not known:
        raise ValueError(
            "smallest must be a ratio above 1 and at most 10, such as 1.25 for a quarter more, got "
            f"{as_value(smallest)}"
        )
