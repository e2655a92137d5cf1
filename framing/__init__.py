"""Tone, hedging and alarm in news, paragraph by paragraph, compared across outlets."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from framing.batch.batch import run_batch
    from framing.corpus.corpus import Corpus
    from framing.corpus.read import load_example, read_corpus
    from framing.display.marked import show
    from framing.display.opening import examples, extremes, overview, scope
    from framing.display.reasons import list_hits
    from framing.display.side_by_side import show_aligned
    from framing.display.tables import clearest, plain, table
    from framing.explore.breakdown import attribution, breakdown
    from framing.explore.concordance import context
    from framing.explore.keyness import keyness
    from framing.explore.vader_overlap import overlap
    from framing.lexicon.lexicon import Lexicon
    from framing.lexicon.loading import load_lexicon
    from framing.lexicon.recipe import Recipe, recipe
    from framing.plots.balance import plot_balance
    from framing.plots.contrasts import plot_contrasts, plot_ratios
    from framing.plots.course import plot_course
    from framing.plots.keyness import plot_keyness, plot_keywords
    from framing.plots.levels import plot_levels, plot_shares, use_style
    from framing.plots.matrix import plot_matrix
    from framing.plots.pairs import plot_robustness, plot_slopes
    from framing.plots.positions import plot_headlines, plot_positions
    from framing.plots.summary import plot_articles, plot_summary
    from framing.plots.trend import plot_trend
    from framing.plots.validity import plot_validity
    from framing.report.methods import methods
    from framing.report.render import render
    from framing.report.steps import steps
    from framing.report.tables import save_tables
    from framing.reuse.align import align
    from framing.reuse.alignment_sheet import Judged, alignment_sheet, read_alignment_sheet
    from framing.reuse.balance import balance
    from framing.reuse.copies import Copies, find_copies
    from framing.reuse.events import find_events, set_events
    from framing.reuse.likeness import likeness
    from framing.reuse.mark_copies import compare_copies, mark_copies
    from framing.reuse.shifts import Shifts, shifts
    from framing.reuse.versions import Versions, align_versions
    from framing.schema import label
    from framing.scoring.cues import find_cues
    from framing.scoring.recipe_points import recipe_points
    from framing.scoring.score import score
    from framing.scoring.study import Study, open_study
    from framing.scoring.tone import tone
    from framing.scoring.vectorizer import FramingVectorizer
    from framing.stats.articles import article_levels
    from framing.stats.breaks import compare_periods
    from framing.stats.choices import choose_comparison
    from framing.stats.contrasts import compare
    from framing.stats.findings import findings
    from framing.stats.groups import compare_groups
    from framing.stats.headline_gaps import headline_gaps
    from framing.stats.headlines import compare_headlines, headline_groups, headlines
    from framing.stats.levels import headline_tone, levels
    from framing.stats.measures import main_measures
    from framing.stats.memberships import read_groups
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

__version__ = "0.3.0.dev0"
__all__ = [
    "Coded", "CodingSheet", "Copies", "Corpus", "FramingVectorizer", "Judged", "Lexicon", "Recipe",
    "Shifts", "Study", "Suggestions", "Validity", "Versions", "adjudicated", "agreement", "align",
    "align_versions", "alignment_sheet", "article_levels", "attribution", "balance", "breakdown",
    "checked_by_hand", "choose_comparison", "clearest", "coding_sheet", "compare", "compare_copies",
    "compare_groups", "compare_headlines", "compare_periods", "confirm", "context", "disagreements",
    "event_pairs", "examples", "extremes", "find_copies", "find_cues", "find_events", "findings",
    "headline_gaps", "headline_groups", "headline_tone", "headlines", "keyness", "label", "levels",
    "likeness", "list_hits", "load_example", "load_lexicon", "main_measures", "mark_copies",
    "methods", "open_study", "outdated", "overlap", "overview", "plain", "plot_articles",
    "plot_balance", "plot_contrasts", "plot_course", "plot_headlines", "plot_keyness",
    "plot_keywords", "plot_levels", "plot_matrix", "plot_positions", "plot_ratios",
    "plot_robustness", "plot_shares", "plot_slopes", "plot_summary", "plot_trend", "plot_validity",
    "positions", "preregister", "rate_ratios", "read_alignment_sheet", "read_coding", "read_corpus",
    "read_groups", "recipe", "recipe_points", "render", "retuned", "robustness", "run_batch",
    "save_tables", "scope", "score", "set_events", "shifts", "show", "show_aligned", "steps",
    "suggest", "table", "tone", "trend", "use_style", "validation_paragraph", "validity",
]  # fmt: skip

# The public names in groups, each below the module that it is loaded from when it is first used:
# pandas, matplotlib and Jupyter take seconds, and `framing batch` with nothing to do needs none.
_GROUPS = {
    "read": {
        "corpus.corpus": "Corpus",
        "corpus.read": "read_corpus load_example",
        "reuse.events": "find_events set_events",
    },
    "score": {
        "scoring.tone": "tone",
        "scoring.cues": "find_cues",
        "scoring.score": "score",
        "scoring.recipe_points": "recipe_points",
        "scoring.vectorizer": "FramingVectorizer",
        "scoring.study": "Study open_study",
    },
    "lexicon": {
        "lexicon.lexicon": "Lexicon",
        "lexicon.loading": "load_lexicon",
        "lexicon.recipe": "Recipe recipe",
    },
    "compare": {
        "stats.measures": "main_measures",
        "stats.articles": "article_levels",
        "stats.choices": "choose_comparison",
        "stats.levels": "levels headline_tone",
        "stats.contrasts": "compare",
        "stats.findings": "findings",
        "stats.groups": "compare_groups",
        "stats.memberships": "read_groups",
        "stats.pairs": "event_pairs",
        "stats.regression": "rate_ratios",
        "stats.robustness": "robustness",
        "stats.headline_gaps": "headline_gaps",
        "stats.headlines": "headlines compare_headlines headline_groups",
        "stats.positions": "positions",
        "stats.trend": "trend",
        "stats.breaks": "compare_periods",
        "stats.preregistration": "preregister confirm",
    },
    "explore": {
        "explore.breakdown": "attribution breakdown",
        "explore.concordance": "context",
        "explore.vader_overlap": "overlap",
        "explore.keyness": "keyness",
    },
    "reuse": {
        "reuse.copies": "Copies find_copies",
        "reuse.mark_copies": "mark_copies compare_copies",
        "reuse.align": "align",
        "reuse.versions": "Versions align_versions",
        "reuse.alignment_sheet": "Judged alignment_sheet read_alignment_sheet",
        "reuse.shifts": "Shifts shifts",
        "reuse.balance": "balance",
        "reuse.likeness": "likeness",
    },
    "validate": {
        "validation.sheets": "coding_sheet CodingSheet",
        "validation.coding": "read_coding Coded adjudicated",
        "validation.agreement": "agreement disagreements",
        "validation.validity": "validity Validity",
        "validation.suggestions": "suggest retuned Suggestions",
        "validation.statement": "validation_paragraph checked_by_hand outdated",
    },
    "show": {
        "display.tables": "plain clearest table",
        "display.reasons": "list_hits",
        "display.opening": "examples extremes overview scope",
        "schema": "label",
        "display.marked": "show",
        "display.side_by_side": "show_aligned",
        "plots.levels": "plot_levels plot_shares use_style",
        "plots.course": "plot_course",
        "plots.contrasts": "plot_contrasts plot_ratios",
        "plots.pairs": "plot_robustness plot_slopes",
        "plots.positions": "plot_headlines plot_positions",
        "plots.keyness": "plot_keyness plot_keywords",
        "plots.balance": "plot_balance",
        "plots.summary": "plot_summary plot_articles",
        "plots.matrix": "plot_matrix",
        "plots.trend": "plot_trend",
        "plots.validity": "plot_validity",
    },
    "report": {
        "report.render": "render",
        "batch.batch": "run_batch",
        "report.methods": "methods",
        "report.steps": "steps",
        "report.tables": "save_tables",
    },
}
GROUPS = {
    group: {name: f"framing.{home}" for home, names in homes.items() for name in names.split()}
    for group, homes in _GROUPS.items()
}
_HOMES = {name: module for names in GROUPS.values() for name, module in names.items()}


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(_HOMES[name]), name)


def __dir__() -> list[str]:
    return __all__
