"""Two versions of a story in two columns, with what changed in the margin."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape
from typing import Any

import numpy as np
import pandas as pd

from framing.arguments import check_is
from framing.display.marked import Marked, legend, marked, tints_of
from framing.display.reasons import chosen_cues
from framing.lexicon.lexicon import Lexicon
from framing.lexicon.loading import chosen_lexicon
from framing.reuse.align import check_aligned
from framing.reuse.shifts import FLAGS, Shifts
from framing.text.numbers import sized, written_day

_HEADS = ("first version", "second version", "what changed")
_WIDTHS = (39, 39, 22)  # per cent
_CELL = "text-align:left;vertical-align:top;white-space:normal;padding:6px 8px"
_GROUNDS = ("transparent", "rgba(127, 127, 127, 0.1)")  # for light and dark pages
_KINDS = {"split": "split in two", "merged": "two made one", "moved": "moved to another place"}
_LONG = 1500  # characters that may stand on one page without a doubt
_TONE = 0.05  # smaller differences are VADER's for neutral


def show_aligned(
    aligned: pd.DataFrame,
    shifts: Shifts,
    *,
    measures: Sequence[str] | None = None,
    top: int | None = None,
    with_legend: bool = True,
    articles: pd.DataFrame | None = None,
    lexicon: Lexicon | None = None,
) -> Marked:
    """Show two versions in two columns, the largest shifts first.

    Parameters
    ----------
    aligned : DataFrame
        As returned by `align`, or some of its rows.
    shifts : Shifts
        Shifts of all rows of ``aligned``, as returned by ``framing.shifts``.
    measures : sequence of str, optional
        Categories and indices whose cues are marked and listed; all by default.
    top : int, optional
        Number of rows to show; all by default.
    with_legend : bool
        Whether to begin with a legend of the marks.
    articles : DataFrame, optional
        Those of the corpus: outlet, date and title stand above each text, instead of the name of
        its article.
    lexicon : Lexicon, optional
        Lexicon whose indices give the colours; the built-in English one by default.

    Returns
    -------
    Marked
        Pairs by the ``size`` of their shift; what was left out or added comes last, in the order of
        the table. The margin has the flags, the cues that changed, tone if it changed by .05, and
        the share of words that differ. All text is escaped.

    Raises
    ------
    ValueError
        If the shifts are those of another alignment.

    Examples
    --------
    >>> import framing as fr
    >>> a, b = (pd.DataFrame({"text": [t]}) for t in ("Talks could well fail.", "Talks fail."))
    >>> aligned = fr.align(a, b)
    >>> fr.show_aligned(aligned, fr.shifts(aligned))
    0  Talks [could well: epi_modal] fail.
    0  Talks fail.
    strengthened; dropped: could well; tone −0.20; 50% of words reworded
    """
    lexicon = chosen_lexicon(lexicon)
    _check_shifts(aligned, shifts)
    tints, cues, changes = tints_of(lexicon), shifts.cues, shifts.changes
    if measures is not None:
        members = lexicon.members(measures)
        cues = cues[cues["category"].isin(members)]
        changes = changes[changes[["category", "category_b"]].isin(members).any(axis=1)]
    pairs = shifts.pairs.set_index("pair")
    sizes = pairs[["size", "reworded"]].reindex(aligned.index, fill_value=-1.0)
    rows = aligned.iloc[np.lexsort([-sizes["reworded"], -sizes["size"]])[:top]]
    cues = chosen_cues(cues[cues["pair"].isin(rows.index)], None, lexicon)
    by_place = dict(list(cues.groupby(["pair", "side"])))
    by_pair = dict(list(changes.groupby("pair")))
    about = None if articles is None else articles.set_index("article")
    html, plain, none = [], [], cues.iloc[:0]
    for number, (pair, row) in enumerate(rows.iterrows()):
        sides = [_side(row, s, by_place.get((pair, s), none), tints, about) for s in "ab"]
        shift = pairs.loc[pair] if pair in pairs.index else None
        notes = list(_notes(row["kind"], shift, by_pair.get(pair, changes.iloc[:0])))
        cells = [*(side.html for side in sides), "<br>".join(map(_note, notes))]
        short = max(len(row["text_a"]), len(row["text_b"])) < _LONG
        style = f"background-color:{_GROUNDS[number % 2]}{';break-inside:avoid' * short}"
        html.append(_row("td", cells, style))
        plain.append("\n".join([*(side.plain for side in sides if side.plain), "; ".join(notes)]))
    return Marked(_page(legend(cues, tints) * with_legend, html), "\n\n".join(plain))


def _check_shifts(aligned: pd.DataFrame, shifts: Shifts) -> None:
    """Raise an error if the shifts are of another alignment, whose rows have the same numbers."""
    check_aligned(aligned)
    check_is(shifts, Shifts, "shifts", "shifts")
    names = ["article_a", "article_b", "kind"]
    known = shifts.pairs.set_index("pair").reindex(aligned.index)
    other = (aligned["score"].notna() & known[names].ne(aligned[names]).any(axis=1)).any()
    texts = pd.concat([aligned[f"text_{side}"] for side in "ab"], keys=list("ab")).to_dict()
    for cue in shifts.cues.itertuples():
        text = texts.get((cue.side, cue.pair))
        other = other or (text is not None and text[cue.start : cue.end] != cue.match)
    if other:
        raise ValueError(
            "shifts are those of another alignment: give framing.shifts(aligned), and to both the "
            "same rows"
        )


def _side(
    row: pd.Series[Any],
    side: str,
    cues: pd.DataFrame,
    tints: dict[str, str],
    about: pd.DataFrame | None,
) -> Marked:
    """One version of a pair: where it stands, and its text with the cues marked."""
    if not row[f"paragraphs_{side}"]:
        return Marked("", "")
    text = marked(row[f"text_{side}"], cues.to_dict("records"), tints)
    place = ", ".join(map(str, row[f"paragraphs_{side}"]))
    article = row[f"article_{side}"]
    head = str(article) if about is None else _head(about.loc[article])
    named = f"{head} {place}".strip() if about is None else f"{head}, paragraph {place}"
    small = f'<span style="color:#7a7a7a;font-size:75%">{escape(named)}</span><br>'
    return Marked(small + text.html.replace("\n\n", "<br>"), f"{named}  {text.plain}")


def _head(about: pd.Series[Any]) -> str:
    """Return outlet, date and title of an article."""
    day = "" if pd.isna(about["date"]) else f", {written_day(about['date'])}"
    return f"{about['outlet']}{day}" + (f", “{about['title']}”" if about["title"] else "")


def _notes(kind: str, shift: pd.Series[Any] | None, changes: pd.DataFrame) -> Iterator[str]:
    """What changed, in words, a line each."""
    if kind != "pair":
        yield _KINDS.get(kind, kind)
    if shift is None:
        return
    yield from (flag.replace("_", " ") for flag in FLAGS if shift[flag])
    for change, match in (("dropped", "match_a"), ("added", "match_b")):
        if matches := list(changes.loc[changes["change"] == change, match]):
            yield f"{change}: {', '.join(matches)}"
    replaced = changes[changes["change"].str.startswith("replaced")]
    yield from replaced["match_a"] + " → " + replaced["match_b"]
    if abs(shift["tone"]) >= _TONE:
        yield f"tone {sized(shift['tone'], '+z')}"
    yield f"{shift['reworded']:.0%} of words reworded"


def _note(note: str) -> str:
    """A line of the margin; flags stand out."""
    shown = f'<span style="font-size:90%">{escape(note)}</span>'
    return f"<b>{shown}</b>" if note.replace(" ", "_") in FLAGS else shown


def _page(key: str, rows: list[str]) -> str:
    columns = "".join(f'<col style="width:{width}%">' for width in _WIDTHS)
    head = _row("th", list(_HEADS), f"background-color:{_GROUNDS[0]}")
    style = "width:100%;table-layout:fixed;border-collapse:collapse"
    return (
        f'<div>{key}<table style="{style}"><colgroup>{columns}</colgroup>'
        f"<thead>{head}</thead><tbody>{''.join(rows)}</tbody></table></div>"
    )


def _row(tag: str, cells: list[str], style: str) -> str:
    made = "".join(f'<{tag} style="{_CELL};{style}">{cell}</{tag}>' for cell in cells)
    return f"<tr>{made}</tr>"
