"""The box of methods and limits in every report: what was done, in words."""

from __future__ import annotations

import platform
from collections.abc import Mapping
from html import escape
from importlib.metadata import version
from pathlib import Path
from typing import Literal

import pandas as pd

from framing import __version__
from framing.checks import CONTRASTS, CUES, check_columns, check_outlets, check_same_articles
from framing.corpus.columns import mapping_lines, missing_lines
from framing.corpus.corpus import Corpus, inputs_of, outcomes_of
from framing.corpus.scored_part import scored_part
from framing.display.marked import Marked
from framing.explore.vader_overlap import overlap
from framing.lexicon.lexicon import Lexicon
from framing.lexicon.loading import built_in, chosen_lexicon
from framing.report.job import DATA
from framing.report.paper import chosen_of, of_body, paragraph, references
from framing.schema import PLACE, label
from framing.text.numbers import many
from framing.utils.files import is_table
from framing.validation.coding import Coded
from framing.validation.statement import coded_sides, hours_to_code, outdated, validation_paragraph

_KINDS = 5  # of files whose columns are listed
_PACKAGES = ("vaderSentiment", "pandas", "numpy", "scipy", "matplotlib", "papermill")
_LIMITS = (
    "What the numbers are: hits of a word list per 100 words. They do not show intent, truth, or "
    "effect on readers; what an outlet chooses to cover is part of every difference that is not "
    "compared within events. VADER, which gives the tone, was made for short English texts of "
    "social media."
)
_BUILT_IN = (
    " English only. Hedging (may, likely, reportedly), alarm (fear, warn, risk) and boosters "
    "(clearly, certainly) are never added up: a text can hedge more and alarm less at once."
)


def methods(
    corpus: Corpus,
    scores: pd.DataFrame,
    *,
    lexicon: Lexicon | None = None,
    parameters: Mapping[str, object] | None = None,
    steps: str = "",
    cues: pd.DataFrame | None = None,
    coded: Coded | None = None,
    contrasts: pd.DataFrame | None = None,
    style: Literal["box", "paper"] = "box",
) -> Marked:
    """Describe what was read, left out, counted and tested, and with which versions.

    Parameters
    ----------
    corpus : Corpus
        What was read, with its audit.
    scores : DataFrame
        Its scores.
    lexicon : Lexicon, optional
        The one in use; the built-in English one by default.
    parameters : mapping, optional
        Those of the notebook.
    steps : str
        How the comparison was made, in a sentence or two; for a paper, what ``contrasts`` do not
        say, in the past tense.
    cues : DataFrame, optional
        As `find_cues` gives them: with them the box tells how far tone and indices count the same
        words.
    coded : Coded, optional
        The coding of this corpus, as `read_coding` returns it; needs ``cues``.
    contrasts : DataFrame, optional
        As returned by `compare` for these scores; for ``style="paper"``, which says what was
        compared. What another column than ``outlet`` holds is named in ``parameters``, as ``by``.
    style : {"box", "paper"}
        The box of a report, or a paragraph in the past tense with its references, for a paper.

    Returns
    -------
    Marked
        A box that begins with how valid the measures are in this corpus: with ``coded``, coders,
        agreement, precision and recall; NOT VALIDATED without it, or where lexicon or corpus have
        changed since. Below it a report has another box, of the hashes of corpus, notebook, lexicon
        and lock file, as in the record beside the PDF.
    """
    lexicon, part = chosen_lexicon(lexicon), scored_part(corpus, scores)
    parameters = parameters or {}
    if style not in ("box", "paper"):
        raise ValueError(f'style must be "box" or "paper", got {style!r}')
    _check(scores, lexicon, contrasts, cues, str(parameters.get("by", "outlet")))
    if style == "paper":
        text = paragraph(
            corpus, scores, lexicon=lexicon, parameters=parameters, contrasts=contrasts,
            cues=cues, coded=coded, steps=steps,
        )  # fmt: skip
        return _with_references(text, lexicon)
    lines = {
        "Validity": _validity(corpus, cues, coded, lexicon),
        "Input": _input(corpus),
        "Columns": _columns(corpus),
        "Scored": _scored(corpus, scores, part.note),
        "Lexicon": _named(lexicon),
        "Recipes": "; ".join(chosen_of(parameters)),
        "Tone and cues": "" if cues is None else _shared(cues, scores, lexicon),
        "Method": steps,
        "Limits": _LIMITS + (_BUILT_IN if lexicon.hash == built_in().hash else ""),
        "Parameters": "; ".join(_shown(*item) for item in parameters.items()),
        "Versions": f"Python {platform.python_version()}, framing {__version__}, "
        + ", ".join(f"{package} {version(package)}" for package in _PACKAGES),
    }
    return box({name: text for name, text in lines.items() if text})


def _with_references(text: str, lexicon: Lexicon) -> Marked:
    works = ["References", *references(text, lexicon)]
    small = "".join(f'<p style="font-size:85%">{escape(work)}</p>' for work in works)
    return Marked(f"<div><p>{escape(text)}</p>{small}</div>", "\n\n".join([text, *works]))


def _named(lexicon: Lexicon) -> str:
    entries = many(len(lexicon.entries), "entry", "entries")
    return f"{f'{lexicon.name} {lexicon.version}'.strip()}, {entries}, SHA-256 {lexicon.hash[:12]}…"


def _check(
    scores: pd.DataFrame,
    lexicon: Lexicon,
    contrasts: pd.DataFrame | None,
    cues: pd.DataFrame | None,
    by: str,
) -> None:
    """Raise an error if scores are of another lexicon, or tables are others than they should be."""
    for name in [*lexicon.indices, *lexicon.categories]:
        if name not in scores:
            raise ValueError(
                f"scores do not count {name!r} of the lexicon {lexicon.name}: pass the one that "
                "they were scored with as lexicon="
            )
    if contrasts is not None:
        needed = ["measure", "outlet_a", "outlet_b", "articles_a", "events", "p", "note"]
        check_columns(contrasts, needed, kind=CONTRASTS)
        check_outlets(contrasts, scores[by].unique() if by in scores else [], "scores")
    if cues is not None:
        check_columns(cues, [*PLACE, "category", "counted", "negated"], kind=CUES)
        check_same_articles(cues, scores, ("cues", "scores"))


def _validity(
    corpus: Corpus, cues: pd.DataFrame | None, coded: Coded | None, lexicon: Lexicon
) -> str:
    """Return what coders found, why that does not apply, or what validating would take."""
    if coded is None:
        hours = hours_to_code(corpus.articles)
        return (
            "NOT VALIDATED ON THIS CORPUS. Nobody has checked by hand how many of the hits are "
            f"right and how many are missed. It takes two people about "
            f"{many(hours, 'hour')} each: framing validate new."
        )
    if reasons := outdated(coded, corpus.paragraphs, lexicon=lexicon):
        return f"NOT VALIDATED ON THIS CORPUS: {'; '.join(reasons)}."
    if cues is None:
        raise ValueError("methods(..., coded=...) needs cues as well: pass cues=cues")
    found = validation_paragraph(coded, cues, lexicon=lexicon)
    return f"{found} {coded_sides(coded, corpus.articles)}".strip()


def box(lines: Mapping[str, str]) -> Marked:
    """Return a box with a paragraph for each line, its name in bold."""
    html = "".join(
        f'<p style="font-size:90%"><b>{name}.</b> {escape(text).replace(chr(10), "<br>")}</p>'
        for name, text in lines.items()
    )
    plain = "\n".join(f"{name}. {text}" for name, text in lines.items())
    style = (
        "border-left:3px solid #777777;background-color:rgba(127, 127, 127, 0.1);padding:4px 12px"
    )
    return Marked(f'<div class="box" style="{style}">{html}</div>', plain)


def _shown(name: str, value: object) -> str:
    """Write a parameter; a file by its name: its folder is private, and of this machine."""
    if name in (*DATA, "recipes") or (name == "groups" and is_table(str(value))):
        value = [Path(str(one)).name for one in (value if isinstance(value, list) else [value])]
    written = ", ".join(map(str, value)) if isinstance(value, list) else str(value)
    return f"{label(name)}: {written or 'not set'}"


def _input(corpus: Corpus) -> str:
    """Return the number of inputs by outcome and reason."""
    inputs = inputs_of(corpus.audit)
    counts, parts = outcomes_of(inputs), []
    for outcome, rows in inputs.groupby("outcome", sort=True):
        reasons = rows["reason"].str.split(":").str[0].value_counts().sort_index()
        # what begins with a number says how many of it an input has
        why = "; ".join(
            f"{reason} in {many(n, 'input')}" if reason[0].isdigit() else f"{n:,} × {reason}"
            for reason, n in reasons.items()
            if reason
        )
        parts.append(f"{counts[outcome]:,} {outcome}" + (f" ({why})" if why else ""))
    return f"{many(counts.sum(), 'input')}: {', '.join(parts)}."


def _columns(corpus: Corpus) -> str:
    """Return what was read from which column, and how many articles lack a field."""
    lines = list(mapping_lines(corpus.columns))
    more = f"and {len(lines) - _KINDS:,} more kinds of files" if len(lines) > _KINDS else ""
    missing = "; ".join(missing_lines(corpus.articles, corpus.audit, name="article"))
    return "\n".join(filter(None, [*lines[:_KINDS], more, missing]))


def _shared(cues: pd.DataFrame, scores: pd.DataFrame, lexicon: Lexicon) -> str:
    """Return how many entries and hits of each index are also words of VADER."""
    scored = cues.merge(scores[PLACE].drop_duplicates(), on=PLACE)
    parts = [
        f"{label(row.index)} {row.entries_in_vader} of {row.entries} entries and "
        + (f"{row.share:.0%} of {many(row.cues, 'hit')}" if row.cues else "no hits")
        for row in overlap(scored, lexicon=lexicon).rename_axis("").itertuples(index=False)
    ]
    if not parts:  # a dictionary without indices
        return ""
    return (
        f"VADER scores a word of: {'; '.join(parts)}. To that extent they go with tone by "
        "construction; the tables have tone without cues."
    )


def _scored(corpus: Corpus, scores: pd.DataFrame, part: str) -> str:
    """Return the number of blocks by role, and of those that were scored."""
    roles = corpus.paragraphs["role"].value_counts().sort_index()
    counts = ", ".join(f"{n:,} {role}" for role, n in roles.items())
    return (
        f"{many(len(corpus.paragraphs), 'block')} ({counts}); scored here: "
        f"{many(len(scores), 'block')} of {many(scores['article'].nunique(), 'article')} from "
        f"{many(scores['outlet'].nunique(), 'outlet')}, {many(scores['words'].sum(), 'word')}; "
        f"rates and their tests are {of_body(scores)}. "
        f"{f'{part} ' if part else ''}The audit has the others."
    )
