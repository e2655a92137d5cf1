"""Settings of the documentation site; `make docs` builds it."""

from __future__ import annotations

import sys
from pathlib import Path

from sphinx.application import Sphinx

HERE = Path(__file__).parent
sys.path[:0] = [str(HERE.parent), str(HERE)]

import generated_pages  # noqa: E402

from framing import __version__  # noqa: E402

project = "framing"
author = "The framing authors"
version = release = __version__
extensions = [
    "sphinx.ext.autodoc",
    "sphinx.ext.autosummary",
    "numpydoc",
    "myst_nb",
    "thumbnails",
]
exclude_patterns = ["_build"]

autosummary_generate = ["generated/api.rst"]
autodoc_typehints = "none"
autodoc_preserve_defaults = True
numpydoc_show_class_members = False
numpydoc_xref_param_type = False
default_role = "autolink"
smartquotes = False  # "--corpus" is an option, not a dash

myst_enable_extensions = ["deflist"]
myst_heading_anchors = 3
nb_execution_mode = "cache"
nb_execution_cache_path = str(HERE / "_build" / "executed")
nb_execution_raise_on_error = True
nb_execution_timeout = 300
nb_ipywidgets_js: dict[str, dict[str, str]] = {}  # no page loads anything from elsewhere

html_theme = "pydata_sphinx_theme"
html_title = f"framing {__version__}"
html_static_path = ["_static"]
html_css_files = ["site.css"]
html_js_files = ["filter.js"]
html_show_sourcelink = False
html_theme_options = {
    "show_prev_next": False,
    "navbar_align": "left",
    "navbar_persistent": [],
    "navbar_end": ["search-button", "theme-switcher"],
    "header_links_before_dropdown": 7,
    "footer_start": ["copyright"],
    "footer_end": [],
    "secondary_sidebar_items": ["page-toc"],
}
html_copy_source = False
# A page without pages below it has nothing to show on the left.
html_sidebars = {
    page: [] for page in ("first_hour", "gallery", "evidence", "faq", "citing", "limits")
}
copyright = "The framing authors, MIT licence"


def _write(_app: Sphinx) -> None:
    generated_pages.write(HERE / "generated")


def setup(app: Sphinx) -> None:
    """Write the pages that are made from the code before Sphinx looks for sources."""
    app.connect("builder-inited", _write, priority=100)
