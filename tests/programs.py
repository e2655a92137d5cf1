"""What the programs among the tests share: their options."""

from __future__ import annotations

import argparse
from typing import Any


def options(about: str | None, **defaults: Any) -> argparse.Namespace:
    """Return the options of the command line, each of the type of its default; None is a text."""
    parser = argparse.ArgumentParser(description=about)
    for name, default in defaults.items():
        kind = str if default is None else type(default)
        how: dict[str, Any] = {"action": "store_true"} if kind is bool else {"type": kind}
        parser.add_argument(f"--{name}", default=default, **how)
    return parser.parse_args()
