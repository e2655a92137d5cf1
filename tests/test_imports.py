"""What `import framing` loads, and what only later."""

from __future__ import annotations

import subprocess
import sys


def test_what_is_slow_to_import_is_loaded_where_it_is_used():
    """Every worker imports the package: SciPy, matplotlib and Jupyter alone take two seconds."""
    slow = {"scipy", "matplotlib", "papermill", "nbformat", "statsmodels", "trafilatura"}
    slow |= {"bs4", "charset_normalizer", "ftfy", "lxml"}
    code = "import framing, sys; print(*sys.modules)"
    loaded = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, check=True, text=True
    )
    assert not slow & set(loaded.stdout.split())
