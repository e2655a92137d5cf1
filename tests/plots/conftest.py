"""Every test of a figure begins with the style of reports and leaves no figure open."""

from __future__ import annotations

import matplotlib as mpl
import matplotlib.pyplot as plt
import pytest

import framing as fr

mpl.use("agg")


@pytest.fixture(autouse=True)
def _fresh_style():
    with mpl.rc_context():
        fr.use_style()
        yield
    plt.close("all")
