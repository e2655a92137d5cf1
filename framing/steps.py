"""What a table of contrasts rests on, in sentences for the box of methods."""

from __future__ import annotations

import pandas as pd

from framing.units import PRIMARY, TONES


def steps(contrasts: pd.DataFrame) -> str:
    """Say what was compared and how, what could be tested, and what would have been found.

    Parameters
    ----------
    contrasts : DataFrame
        As ``framing.compare`` returns it.

    Returns
    -------
    str
        Units, test, number of events or articles, families and their corrections, comparisons
        without a p and why, and the ratios that would be found with 80 % power.

    Examples
    --------
    >>> import framing as fr
    >>> scores = pd.DataFrame({"outlet": ["A", "B"] * 10, "article": list("abcdefghijklmnopqrst"),
    ...                        "role": "body", "words": 100, "hedge": [3, 0, 4, 1, 5] * 4})
    >>> print(steps(fr.compare(scores)).split(". ")[1])
    Articles a side: 10
    """
    primary = contrasts["measure"].isin(PRIMARY)
    family = contrasts[primary]
    names = ", ".join(family["measure"].unique())
    sentences = [
        contrasts["method"].iloc[0],
        _units(contrasts),
        f"Primary family: {family['p'].notna().sum()} tests of {names} in {len(family)} "
        "comparisons, p adjusted by Holm's method."
        if len(family)
        else "",
        f"{contrasts['p'][~primary].notna().sum()} tests of other measures are exploratory, p "
        "adjusted by Benjamini and Hochberg's method."
        if not primary.all()
        else "",
        _untested(contrasts),
        _power(contrasts[primary & ~contrasts["measure"].isin(TONES)]),
    ]
    return " ".join(filter(None, sentences))


def _units(contrasts: pd.DataFrame) -> str:
    matched = contrasts["events"].any()
    sizes = contrasts[["events"] if matched else ["articles_a", "articles_b"]].to_numpy()
    low, high = sizes.min(), sizes.max()
    unit = "Events that a pair shares" if matched else "Articles a side"
    return f"{unit}: {low}." if low == high else f"{unit}: {low} to {high}."


def _untested(contrasts: pd.DataFrame) -> str:
    """Count the comparisons without a p, with the reasons that their notes give."""
    none = contrasts[contrasts["p"].isna()]
    if none.empty:
        return ""
    reasons = none["note"].str.extract(r"(no p under [^;]*)")[0].dropna()
    told = "; ".join(sorted(set(reasons)))
    return f"{len(none)} comparisons have no p{f' ({told})' if told else ''}."


def _power(contrasts: pd.DataFrame) -> str:
    """Say which ratios would have been found: the median over pairs, and the range."""
    known = contrasts.dropna(subset="detectable").groupby("measure", sort=False)["detectable"]
    told = [
        f"{measure} {sizes.median():.2f}"
        + (f" ({sizes.min():.2f} to {sizes.max():.2f})" if len(sizes) > 1 else "")
        for measure, sizes in known
    ]
    if not told:
        return "Cues are too few to say which ratio would be found."
    return f"Ratios found in 80 % of such samples, before correction: {', '.join(told)}."
