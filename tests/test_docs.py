"""The documents keep up with the code."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

import framing
from framing.corpus.readers.files import File
from tests.conftest import ROOT

WRITTEN = {".py", ".md", ".toml", ".ipynb", ".yml", ".yaml", ".cff", ".txt"}
# The name on the package index belongs to somebody else: only the import is called so.
STRANGER = re.compile(
    r"(?<![\w-])framing\[[a-z]|(?:pip3?|pipx|uv|conda|mamba) (?:\w+ )?(?:-\S+ )*['\"]?framing\b"
)


def written() -> Iterator[Path]:
    """Yield every file that people write and read: code, documents, notebooks, settings."""
    for path in ROOT.rglob("*"):
        inside = path.relative_to(ROOT).parts
        hidden = any(part.startswith(".") and part != ".github" for part in inside)
        if path.suffix in WRITTEN and not hidden and not {"build", "_build"} & {*inside}:
            yield path


def test_every_room_has_its_row_in_the_design():
    """Whoever looks for where something is done finds each room once."""
    rooms = (ROOT / "docs" / "design.md").read_text(encoding="utf-8")
    top = sorted((ROOT / "framing").glob("[!_]*"))
    doors = [path.name + "/" if path.is_dir() else path.name for path in top]
    counted = {name: rooms.count(f"| `{name}` |") for name in doors if name != "py.typed"}
    assert counted == dict.fromkeys(counted, 1)


def test_nobody_is_asked_to_install_a_stranger():
    """Every message, page and extra names the distribution, not the import."""
    assert STRANGER.search("pip install 'fra" + "ming[dask]'")
    assert STRANGER.search("pip install -q fra" + "ming")
    assert not STRANGER.search('pip install "news-framing[dask]"')
    found = [
        f"{path.relative_to(ROOT)}: {match.group()}"
        for path in written()
        for match in STRANGER.finditer(path.read_text(encoding="utf-8", errors="replace"))
    ]
    assert found == []


def test_the_citation_is_that_of_this_version():
    """A release that forgets CITATION.cff would be cited as the one before."""
    cited = yaml.safe_load((ROOT / "CITATION.cff").read_text(encoding="utf-8"))
    assert cited["version"] == framing.__version__


def recipes() -> list[dict[str, Any]]:
    """Run the modules that the guide for contributors shows, and return what they define."""
    guide = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    modules: list[dict[str, Any]] = [{}, {}]
    for module, block in zip(modules, re.findall(r"```python\n(.*?)```", guide, re.S), strict=True):
        exec(block, module)
    return modules


def test_the_modules_in_the_guide_for_contributors_work():
    """Whoever copies the reader or the dictionary format has one that runs."""
    reader, dictionary = recipes()
    file = File("export", data=b"WIRE EXPORT Meridian Wire\n####\nTalks\n\nThey may resume.")
    assert reader["recognises"](file)
    (story,) = reader["read"](file, {})
    assert (story.outlet, story.title, story.text) == ("Meridian Wire", "Talks", "They may resume.")
    items = dictionary["read"]("fear: afraid, panic*\n", [])
    assert [(item.category, item.entry) for item in items] == [
        (("fear",), ""), (("fear",), "afraid"), (("fear",), "panic*"),
    ]  # fmt: skip
