"""Tone, hedging and alarm in news, paragraph by paragraph, compared across outlets."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from framing.batch.batch import run_batch
    from framing.corpus.corpus import Corpus, read_corpus
    from framing.corpus.example import load_example
    from framing.display.marked import show
    from framing.display.opening import examples, extremes, overview, scope
    from framing.display.reasons import list_hits
    from framing.display.side_by_side import show_aligned
    from framing.display.tables import clearest, plain, table
    from framing.explore.breakdown import attribution, breakdown
    from framing.explore.concordance import context
    from framing.explore.keyness import keyness
    from framing.explore.vader_overlap import overlap
    from framing.lexicon.lexicon import Lexicon, load_lexicon
    from framing.lexicon.recipe import Recipe, recipe
    from framing.plots.balance import plot_balance
    from framing.plots.contrasts import plot_contrasts, plot_ratios
    from framing.plots.keyness import plot_keyness, plot_keywords
    from framing.plots.levels import plot_course, plot_levels, plot_shares, use_style
    from framing.plots.matrix import plot_matrix
    from framing.plots.pairs import plot_robustness, plot_slopes
    from framing.plots.positions import plot_headlines, plot_positions
    from framing.plots.summary import plot_articles, plot_summary
    from framing.plots.trend import plot_trend
    from framing.plots.validity import plot_validity
    from framing.report.methods import methods, steps
    from framing.report.render import render
    from framing.report.tables import save_tables
    from framing.reuse.align import align
    from framing.reuse.alignment_sheet import Judged, alignment_sheet, read_alignment_sheet
    from framing.reuse.balance import balance
    from framing.reuse.copies import Copies, find_copies
    from framing.reuse.copies_compared import compare_copies
    from framing.reuse.events import find_events, set_events
    from framing.reuse.likeness import likeness
    from framing.reuse.mark_copies import mark_copies
    from framing.reuse.shifts import Shifts, shifts
    from framing.reuse.versions import Versions, align_versions
    from framing.schema import label
    from framing.scoring.cues import find_cues
    from framing.scoring.score import score
    from framing.scoring.study import Study, open_study
    from framing.scoring.tone import tone
    from framing.scoring.vectorizer import FramingVectorizer
    from framing.stats.articles import article_levels, main_measures
    from framing.stats.breaks import compare_periods
    from framing.stats.choices import choose_comparison
    from framing.stats.contrasts import compare
    from framing.stats.findings import findings
    from framing.stats.groups import compare_groups, read_groups
    from framing.stats.headline_gaps import headline_gaps
    from framing.stats.headlines import compare_headlines, headline_groups, headlines
    from framing.stats.levels import levels
    from framing.stats.pairs import event_pairs
    from framing.stats.positions import positions
    from framing.stats.preregistration import confirm, preregister
    from framing.stats.regression import rate_ratios
    from framing.stats.robustness import robustness
    from framing.stats.trend import trend
    from framing.validation.agreement import agreement, disagreements
    from framing.validation.coding import Coded, adjudicated, read_coding
    from framing.validation.sheets import CodingSheet, coding_sheet
    from framing.validation.statement import checked_by_hand, outdated, validation_paragraph
    from framing.validation.suggestions import Suggestions, retuned, suggest
    from framing.validation.validity import Validity, validity

__version__ = "0.2.0"
__all__ = [
    "Coded",
    "CodingSheet",
    "Copies",
    "Corpus",
    "FramingVectorizer",
    "Judged",
    "Lexicon",
    "Recipe",
    "Shifts",
    "Study",
    "Suggestions",
    "Validity",
    "Versions",
    "adjudicated",
    "agreement",
    "align",
    "align_versions",
    "alignment_sheet",
    "article_levels",
    "attribution",
    "balance",
    "breakdown",
    "checked_by_hand",
    "choose_comparison",
    "clearest",
    "coding_sheet",
    "compare",
    "compare_copies",
    "compare_groups",
    "compare_headlines",
    "compare_periods",
    "confirm",
    "context",
    "disagreements",
    "event_pairs",
    "examples",
    "extremes",
    "find_copies",
    "find_cues",
    "find_events",
    "findings",
    "headline_gaps",
    "headline_groups",
    "headlines",
    "keyness",
    "label",
    "levels",
    "likeness",
    "list_hits",
    "load_example",
    "load_lexicon",
    "main_measures",
    "mark_copies",
    "methods",
    "open_study",
    "outdated",
    "overlap",
    "overview",
    "plain",
    "plot_articles",
    "plot_balance",
    "plot_contrasts",
    "plot_course",
    "plot_headlines",
    "plot_keyness",
    "plot_keywords",
    "plot_levels",
    "plot_matrix",
    "plot_positions",
    "plot_ratios",
    "plot_robustness",
    "plot_shares",
    "plot_slopes",
    "plot_summary",
    "plot_trend",
    "plot_validity",
    "positions",
    "preregister",
    "rate_ratios",
    "read_alignment_sheet",
    "read_coding",
    "read_corpus",
    "read_groups",
    "recipe",
    "render",
    "retuned",
    "robustness",
    "run_batch",
    "save_tables",
    "scope",
    "score",
    "set_events",
    "shifts",
    "show",
    "show_aligned",
    "steps",
    "suggest",
    "table",
    "tone",
    "trend",
    "use_style",
    "validation_paragraph",
    "validity",
]

# The public names in groups, each with the module that it is loaded from when it is first used:
# pandas, matplotlib and Jupyter take seconds, and `framing batch` with nothing to do needs none.
GROUPS = {
    "read": {
        "Corpus": "framing.corpus.corpus",
        "read_corpus": "framing.corpus.corpus",
        "load_example": "framing.corpus.example",
        "find_events": "framing.reuse.events",
        "set_events": "framing.reuse.events",
    },
    "score": {
        "tone": "framing.scoring.tone",
        "find_cues": "framing.scoring.cues",
        "score": "framing.scoring.score",
        "FramingVectorizer": "framing.scoring.vectorizer",
        "Study": "framing.scoring.study",
        "open_study": "framing.scoring.study",
    },
    "lexicon": {
        "Lexicon": "framing.lexicon.lexicon",
        "load_lexicon": "framing.lexicon.lexicon",
        "Recipe": "framing.lexicon.recipe",
        "recipe": "framing.lexicon.recipe",
    },
    "compare": {
        "main_measures": "framing.stats.articles",
        "article_levels": "framing.stats.articles",
        "choose_comparison": "framing.stats.choices",
        "levels": "framing.stats.levels",
        "compare": "framing.stats.contrasts",
        "findings": "framing.stats.findings",
        "compare_groups": "framing.stats.groups",
        "read_groups": "framing.stats.groups",
        "event_pairs": "framing.stats.pairs",
        "rate_ratios": "framing.stats.regression",
        "robustness": "framing.stats.robustness",
        "headline_gaps": "framing.stats.headline_gaps",
        "headlines": "framing.stats.headlines",
        "compare_headlines": "framing.stats.headlines",
        "headline_groups": "framing.stats.headlines",
        "positions": "framing.stats.positions",
        "trend": "framing.stats.trend",
        "compare_periods": "framing.stats.breaks",
        "preregister": "framing.stats.preregistration",
        "confirm": "framing.stats.preregistration",
    },
    "explore": {
        "attribution": "framing.explore.breakdown",
        "breakdown": "framing.explore.breakdown",
        "context": "framing.explore.concordance",
        "overlap": "framing.explore.vader_overlap",
        "keyness": "framing.explore.keyness",
    },
    "reuse": {
        "Copies": "framing.reuse.copies",
        "find_copies": "framing.reuse.copies",
        "mark_copies": "framing.reuse.mark_copies",
        "compare_copies": "framing.reuse.copies_compared",
        "align": "framing.reuse.align",
        "Versions": "framing.reuse.versions",
        "align_versions": "framing.reuse.versions",
        "Judged": "framing.reuse.alignment_sheet",
        "alignment_sheet": "framing.reuse.alignment_sheet",
        "read_alignment_sheet": "framing.reuse.alignment_sheet",
        "Shifts": "framing.reuse.shifts",
        "shifts": "framing.reuse.shifts",
        "balance": "framing.reuse.balance",
        "likeness": "framing.reuse.likeness",
    },
    "validate": {
        "coding_sheet": "framing.validation.sheets",
        "CodingSheet": "framing.validation.sheets",
        "read_coding": "framing.validation.coding",
        "Coded": "framing.validation.coding",
        "adjudicated": "framing.validation.coding",
        "agreement": "framing.validation.agreement",
        "disagreements": "framing.validation.agreement",
        "validity": "framing.validation.validity",
        "Validity": "framing.validation.validity",
        "suggest": "framing.validation.suggestions",
        "retuned": "framing.validation.suggestions",
        "Suggestions": "framing.validation.suggestions",
        "validation_paragraph": "framing.validation.statement",
        "checked_by_hand": "framing.validation.statement",
        "outdated": "framing.validation.statement",
    },
    "show": {
        "plain": "framing.display.tables",
        "list_hits": "framing.display.reasons",
        "examples": "framing.display.opening",
        "extremes": "framing.display.opening",
        "overview": "framing.display.opening",
        "clearest": "framing.display.tables",
        "label": "framing.schema",
        "scope": "framing.display.opening",
        "show": "framing.display.marked",
        "table": "framing.display.tables",
        "show_aligned": "framing.display.side_by_side",
        "plot_course": "framing.plots.levels",
        "plot_levels": "framing.plots.levels",
        "plot_shares": "framing.plots.levels",
        "use_style": "framing.plots.levels",
        "plot_contrasts": "framing.plots.contrasts",
        "plot_ratios": "framing.plots.contrasts",
        "plot_robustness": "framing.plots.pairs",
        "plot_slopes": "framing.plots.pairs",
        "plot_headlines": "framing.plots.positions",
        "plot_positions": "framing.plots.positions",
        "plot_keyness": "framing.plots.keyness",
        "plot_keywords": "framing.plots.keyness",
        "plot_balance": "framing.plots.balance",
        "plot_summary": "framing.plots.summary",
        "plot_articles": "framing.plots.summary",
        "plot_matrix": "framing.plots.matrix",
        "plot_trend": "framing.plots.trend",
        "plot_validity": "framing.plots.validity",
    },
    "report": {
        "render": "framing.report.render",
        "run_batch": "framing.batch.batch",
        "methods": "framing.report.methods",
        "steps": "framing.report.methods",
        "save_tables": "framing.report.tables",
    },
}
_HOMES = {name: module for names in GROUPS.values() for name, module in names.items()}


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(_HOMES[name]), name)


def __dir__() -> list[str]:
    return __all__
