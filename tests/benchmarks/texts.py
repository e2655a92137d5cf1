"""Texts to measure with: prose that every Python has, or that of a file."""

from __future__ import annotations

import itertools
import json
import random
import string
from pathlib import Path
from pydoc_data.topics import topics


def prose(path: str | None) -> list[str]:
    """The words of a file (a text a line, or JSON lines with ``text``), or of Python's manual."""
    if path is None:
        return " ".join(topics.values()).split()
    lines = Path(path).read_text("utf-8").splitlines()
    if path.endswith(".jsonl"):
        lines = [json.loads(line)["text"] for line in lines if line.strip()]
    return " ".join(lines).split()


def cut_to(words: list[str], length: int, number: int) -> list[str]:
    """Texts of so many words; from the beginning again, a few words on, when none are left."""
    stream = itertools.islice(itertools.cycle([*words, "and", "on"]), length * number)
    taken = list(stream)
    return [" ".join(taken[n : n + length]) for n in range(0, length * number, length)]


def shapes(words: list[str], size: int) -> dict[str, str]:
    """One text of about ``size`` characters of each kind that an engine may choke on."""
    draw = random.Random(1)
    letters = "".join(draw.choices(string.ascii_lowercase, k=size))
    again = " ".join(words) + " "
    return {
        "prose": (again * (size // len(again) + 1))[:size],
        "emoji": "".join(draw.choices("😀😡🎉💔", k=size)),
        "distinct words": " ".join(f"{number:x}{letters[:3]}" for number in range(size // 9)),
        "no spaces": letters,
    }
