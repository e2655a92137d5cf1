"""What is imported when, from which room, and that names stay what they are."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import framing as fr
from tests.conftest import ROOT

SLOW = {"pandas", "numpy", "scipy", "matplotlib", "papermill", "nbformat", "pyarrow", "bs4"}
# From the ground up: a room may use what stands before it, and nothing behind it.
FLOORS = (
    "schema", "arguments", "checks", "text", "utils", "corpus", "lexicon", "scoring", "validation", "stats",
    "explore", "reuse", "plots", "display", "typeset", "report", "batch", "cli",
)  # fmt: skip
PACKAGE = ROOT / "framing"
MODULES = {
    ".".join(["framing", *path.relative_to(PACKAGE).with_suffix("").parts]).removesuffix(
        ".__init__"
    ): path
    for path in sorted(PACKAGE.rglob("*.py"))
}


def imported(path: Path, *, lazily: bool = True) -> Iterator[str]:
    """Our own modules that a file imports; without those that only types or functions need."""
    tree = ast.parse(path.read_text("utf-8"))
    for node in ast.walk(tree) if lazily else tree.body:
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("framing"):
            for alias in node.names:
                full = f"{node.module}.{alias.name}"
                yield full if full in MODULES else str(node.module)
        elif isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names if alias.name in MODULES)


def room(module: str) -> str:
    return module.split(".")[1] if "." in module else ""


def loaded_by(code: str) -> set[str]:
    """The modules that a new interpreter has loaded after some code."""
    command = [sys.executable, "-c", f"{code}; import sys; print(*sys.modules)"]
    done = subprocess.run(command, capture_output=True, check=True, text=True)
    return set(done.stdout.split())


def test_rooms_use_only_what_stands_below_them():
    """Whoever reads a room needs those below it, and none above."""
    upwards = [
        f"{module} imports {other}"
        for module, path in MODULES.items()
        if room(module) in FLOORS
        for other in imported(path)
        if room(other) and FLOORS.index(room(other)) > FLOORS.index(room(module))
    ]
    assert upwards == []
    assert {room(module) for module in MODULES} == {"", "__main__", *FLOORS}


def test_no_two_modules_import_each_other():
    """A circle, however long, would have no first module to read."""
    needs = {module: set(imported(path, lazily=False)) for module, path in MODULES.items()}
    while done := [module for module, others in needs.items() if not others & needs.keys()]:
        for module in done:
            del needs[module]
    assert needs == {}


def test_no_result_depends_on_the_environment():
    """Below the rooms that make PDFs, a function depends on its arguments: no variable, no cache."""
    hidden = {"environ", "environb", "getenv", "platformdirs"}
    for module, path in MODULES.items():
        in_words = module in ("framing.report.methods", "framing.report.steps")
        if room(module) in FLOORS[: FLOORS.index("typeset")] or in_words:
            nodes = list(ast.walk(ast.parse(path.read_text("utf-8"))))
            used = {node.attr for node in nodes if isinstance(node, ast.Attribute)}
            used |= {node.id for node in nodes if isinstance(node, ast.Name)}
            used |= {name.name for node in nodes if isinstance(node, ast.Import | ast.ImportFrom)
                     for name in node.names}  # fmt: skip
            assert not hidden & used, module


def test_the_house_has_six_files_at_its_door():
    """Everything else has a room."""
    files = {path.name for path in PACKAGE.iterdir() if path.is_file()}
    assert files == {
        "__init__.py",
        "__main__.py",
        "arguments.py",
        "checks.py",
        "py.typed",
        "schema.py",
    }


def test_scoring_loads_no_figures_statistics_or_notebooks():
    """Every worker imports what it works with: SciPy, matplotlib, Jupyter take two seconds."""
    slow = {"scipy", "matplotlib", "papermill", "nbformat", "statsmodels", "trafilatura"}
    slow |= {"bs4", "charset_normalizer", "ftfy", "lxml"}
    assert not slow & loaded_by("import framing as fr; fr.score, fr.read_corpus, fr.compare")


def test_the_command_loads_nothing_slow():
    """`framing --help`, or a batch with nothing to do, has to answer at once."""
    assert not SLOW & loaded_by("import framing.cli, framing.batch.batch, framing.report.render")


def test_every_public_name_stands_in_one_group_and_is_what_it_says():
    """No module has the name of a public function, so that nothing takes its place."""
    grouped = [name for names in fr.GROUPS.values() for name in names]
    assert sorted(grouped) == sorted(fr.__all__) == dir(fr)
    for name in fr.__all__:
        assert getattr(fr, name).__name__ == name
        assert not isinstance(getattr(fr, name), ModuleType)
    assert not {room(module) for module in MODULES} & set(fr.__all__)


def test_the_types_of_public_names_come_from_where_the_names_do():
    """What mypy reads and what is loaded are one list."""
    tree = ast.parse((PACKAGE / "__init__.py").read_text("utf-8"))
    typed = {
        alias.name: node.module
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("framing.")
        for alias in node.names
    }
    assert typed == {name: home for names in fr.GROUPS.values() for name, home in names.items()}
