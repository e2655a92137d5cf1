"""Paragraphs with their cues marked, for a notebook cell and for the PDF."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping, Sequence
from html import escape
from operator import itemgetter
from typing import Any, NamedTuple

import pandas as pd

from framing.checks import ARTICLES, CUES, check_columns, dates_of
from framing.display.reasons import chosen_cues
from framing.lexicon.lexicon import Lexicon
from framing.lexicon.loading import chosen_lexicon
from framing.schema import PLACE, label
from framing.scoring.cue_checks import check_texts_of_cues
from framing.text.encoding import printable
from framing.text.numbers import written_day

# Tints that keep apart for the colour-blind; in grey the small label after the word tells.
_TINTS = {
    "hedge": "#cfe4f7",
    "alarm": "#f9cfb8",
    "boost": "#dccdf0",
    "conflict": "#f3e6a6",
    "sourcing": "#e4e4e4",
    "other": "#d8ecd2",
}
_UNDERLINE = {
    "label": "solid",
    "reported": "dashed",
    "quoted": "dotted",
    "scare": "dotted 2px",  # the PDF knows no double line
    "unknown": "wavy",
}
_VOICES = {"label": "reporting word", "unknown": "voice unknown", "scare": "scare quote"}
_FAINT = "opacity:0.45;border-bottom:1px dotted #777777"
_Cue = Mapping[Hashable, Any]  # a row of a table of cues


class Marked(NamedTuple):
    """Marked paragraphs: HTML in a notebook and in the PDF, plain text elsewhere."""

    html: str
    plain: str

    def _repr_html_(self) -> str:
        return self.html

    def __repr__(self) -> str:
        return printable(self.plain)


def show(
    paragraphs: pd.DataFrame,
    cues: pd.DataFrame,
    *,
    measures: Sequence[str] | None = None,
    articles: pd.DataFrame | None = None,
    with_legend: bool = True,
    lexicon: Lexicon | None = None,
) -> Marked:
    """Show paragraphs with their cues marked by category.

    Parameters
    ----------
    paragraphs : DataFrame
        ``article``, ``paragraph``, ``text``, and ``role`` where it is known: what is not scored is
        grey, with its role.
    cues : DataFrame
        As returned by `find_cues`; those of other paragraphs are ignored.
    measures : sequence of str, optional
        Categories and indices to mark; all by default.
    articles : DataFrame, optional
        The articles of a corpus: the outlet, date and title of its article are written above each
        paragraph, in place of its number.
    with_legend : bool, default True
        Whether to begin with a legend of the marks.
    lexicon : Lexicon, optional
        Lexicon whose indices and families give the colours; the built-in English one by default.

    Returns
    -------
    Marked
        Shows itself in a notebook: colour and label for the category; underline for the voice
        (none is the outlet's own); faint, with the reason, for a cue that does not count. Labels
        repeat what colours say. All text is escaped.

    Examples
    --------
    >>> from framing import find_cues
    >>> table = pd.DataFrame({"article": "a", "paragraph": 0, "text": ["Talks <may> fail."]})
    >>> show(table, find_cues(table))
    0  Talks <[may: epi_modal]> fail.
    """
    lexicon = chosen_lexicon(lexicon)
    check_columns(paragraphs, [*PLACE, "text"], kind="paragraphs")
    check_columns(cues, [*PLACE, "start", "end", "match"], kind=CUES)
    check_texts_of_cues(cues, paragraphs)
    if articles is not None:
        check_columns(articles, ["article", "outlet", "date", "title"], kind=ARTICLES)
        articles = articles.assign(date=dates_of(articles))
    tints = tints_of(lexicon)
    chosen = chosen_cues(cues, measures, lexicon)
    here = chosen.merge(paragraphs[PLACE].drop_duplicates(), on=PLACE)
    about = {} if articles is None else {row.article: row for row in articles.itertuples()}
    by_place: dict[tuple[Any, ...], list[_Cue]] = {}
    for cue in here.to_dict("records"):
        by_place.setdefault(tuple(cue[name] for name in PLACE), []).append(cue)
    rows, plain = [], []
    for row in paragraphs.itertuples(index=False):
        shown = marked(row.text, by_place.get((row.article, row.paragraph), []), tints)
        if row.article in about:
            rows.append(_quoted(about[row.article], shown.html))
        else:
            rows.append(_paragraph(row, shown.html))
        plain.append(f"{row.paragraph}  {shown.plain}")
    whole = ' style="break-inside:avoid"' if len(rows) == 1 else ""
    key = legend(here, tints) if with_legend else ""
    return Marked(f"<div{whole}>{key}{''.join(rows)}</div>", "\n".join(plain))


def tints_of(lexicon: Lexicon) -> dict[str, str]:
    """Return the tint of every category: that of its index, or else of its family."""
    tints = {
        category: _TINTS.get(family, _TINTS["other"])
        for family, members in lexicon.families.items()
        for category in members
    }
    for name, index in lexicon.indices.items():
        tints |= dict.fromkeys(index.categories, _TINTS.get(name, _TINTS["other"]))
    return {c: tints.get(c, _TINTS["other"]) for c in lexicon.categories}


def _spans(cues: Iterable[_Cue]) -> list[list[_Cue]]:
    """Cues that overlap, together, in the order of the text."""
    spans: list[list[_Cue]] = []
    end = -1
    for cue in sorted(cues, key=itemgetter("start", "end")):
        if cue["start"] < end:
            spans[-1].append(cue)
        else:
            spans.append([cue])
        end = max(end, cue["end"])
    return spans


def marked(text: str, cues: Iterable[_Cue], tints: dict[str, str]) -> Marked:
    """Mark the `chosen_cues` of one text as `show` does, with nothing around it."""
    html, plain, at = "", "", 0
    for span in _spans(cues):
        start, end = span[0]["start"], max(cue["end"] for cue in span)
        names = "+".join(map(_plain_name, span))
        html += escape(text[at:start]) + _mark(text[start:end], span, tints)
        plain += f"{text[at:start]}[{text[start:end]}: {names}]"
        at = end
    return Marked(html + escape(text[at:]), plain + text[at:])


def _mark(match: str, span: list[_Cue], tints: dict[str, str]) -> str:
    counted = [cue for cue in span if not cue["reason"]]
    if not counted:
        why = "; ".join(dict.fromkeys(cue["reason"] for cue in span))
        return f'<span style="{_FAINT}">{escape(match)}{_small(escape(why))}</span>'
    first = counted[0]
    style = f"background-color:{tints.get(first['category'], _TINTS['other'])}"
    if line := _UNDERLINE.get(first["voice"]):
        style += f";text-decoration:underline {line}"
    labels = "+".join(escape(label(cue["category"])) for cue in counted)
    return f'<mark style="{style};color:#000000">{escape(match)}{_small(labels)}</mark>'


def _small(label: str) -> str:
    return f'<span style="font-size:70%">&nbsp;{label}</span>'


def _plain_name(cue: _Cue) -> str:
    out = cue["rule"] or ("negated" if cue["negated"] else "")
    return f"{cue['category']}, {out}" if out else str(cue["category"])


def _paragraph(row: tuple, marked: str) -> str:  # type: ignore[type-arg]
    role = getattr(row, "role", "body")
    number = f'<span style="color:#777777;font-size:75%">{row.paragraph}&ensp;</span>'  # type: ignore[attr-defined]
    if role == "headline":
        return f"<p>{number}<b>{marked}</b></p>"
    if role in ("body", "standfirst"):
        return f"<p>{number}{marked}</p>"
    note = f'<span style="font-size:75%">{escape(role)}: </span>'
    return f'<p style="color:#777777">{number}{note}{marked}</p>'


def _quoted(about: Any, marked: str) -> str:
    """A paragraph with outlet, date and title of its article above it."""
    day = "" if pd.isna(about.date) else f", {written_day(about.date)}"
    title = f", <i>{escape(about.title)}</i>" if about.title else ""
    style = "background-color:rgba(170, 140, 80, 0.12);padding:4px 10px;break-inside:avoid"
    return (
        f'<div style="{style}"><p><b>{escape(about.outlet)}</b>{day}{title}<br>{marked}</p></div>'
    )


def legend(cues: pd.DataFrame, tints: dict[str, str]) -> str:
    """Return HTML that explains the marks of `chosen_cues`."""
    used, heard = set(cues.loc[cues["reason"].eq(""), "category"]), set(cues["voice"])
    chips = [
        f'<mark style="background-color:{tint};color:#000000">&nbsp;{escape(label(c))}&nbsp;</mark>'
        for c, tint in tints.items()
        if c in used
    ]
    voices = [
        f'<span style="text-decoration:underline {line}">{_VOICES.get(voice, voice)}</span>'
        for voice, line in _UNDERLINE.items()
        if voice in heard
    ]
    if cues["reason"].ne("").any():
        voices.append(f'<span style="{_FAINT}">not counted{_small("reason")}</span>')
    return f'<p style="font-size:85%;break-after:avoid">{" ".join(chips + voices) or "no cues"}</p>'
