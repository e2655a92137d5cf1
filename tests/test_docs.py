"""The documents keep up with the code."""

from __future__ import annotations

import ast
import importlib
import importlib.util
import inspect
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

import framing as fr
from framing import schema
from framing.cli import main
from framing.corpus.readers.files import File
from tests.conftest import ROOT

WRITTEN = {".py", ".md", ".toml", ".ipynb", ".yml", ".yaml", ".cff", ".txt"}
# The name on the package index belongs to somebody else: only the import is called so.
STRANGER = re.compile(
    r"(?<![\w-])framing\[[a-z]|(?:pip3?|pipx|uv|conda|mamba) (?!uninstall)(?:\w+ )?(?:-\S+ )*['\"]?framing\b"
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


def released() -> tuple[str, str]:
    """Return the newest version with a date in the changelog, and the one that is worked on."""
    changelog = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    heads = re.findall(r"^## (\S+?)(, \d.*| \(unreleased\))$", changelog, re.MULTILINE)
    known = next(version for version, about in heads if about.startswith(","))
    version, about = heads[0]
    return known, f"{version}.dev0" if "unreleased" in about else version


def test_the_version_is_a_release_or_says_that_it_is_none():
    """Reports name it: numbers of a version in the making are not those of the last release."""
    assert fr.__version__ == released()[1]


def test_the_citation_is_that_of_the_last_release():
    """A release that forgets CITATION.cff would be cited as the one before."""
    cited = yaml.safe_load((ROOT / "CITATION.cff").read_text(encoding="utf-8"))
    assert cited["version"] == released()[0]


def test_the_conda_recipe_has_the_version_and_the_requirements_of_the_package():
    """In lower case, with a space before the version, as conda writes them."""
    recipe = (ROOT / "recipe" / "meta.yaml").read_text(encoding="utf-8")
    assert f'version = "{released()[0]}"' in recipe
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    needed = [f"python {project['requires-python']}", *project["dependencies"]]
    listed = recipe.split("  run:\n")[1].split("\n\n")[0]
    assert [line.strip("- ").replace(" ", "") for line in listed.splitlines()] == [
        name.lower().replace(" ", "") for name in needed
    ]


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


PAGES = [path for path in written() if path.suffix == ".md" and "generated" not in path.parts]
BLOCK = re.compile(r"^( *)```(?:\{code-cell\} ipython3|python)\n(.*?)^\1```", re.M | re.S)


def calls() -> Iterator[tuple[Path, str, list[str]]]:
    """Yield every name of the package that code on the pages uses, with the keywords of calls."""
    for page in PAGES:
        for indent, code in BLOCK.findall(page.read_text(encoding="utf-8")):
            lines = [line.removeprefix(indent) for line in code.splitlines()]
            plain = "\n".join(re.sub(r"^(>>>|\.\.\.) ", "", line) for line in lines)
            if ">>>" in code:  # a doctest, which is run elsewhere
                continue
            tree = ast.parse(plain)
            keywords = {
                id(node.func): [word.arg or "" for word in node.keywords]
                for node in ast.walk(tree)
                if isinstance(node, ast.Call)
            }
            for node in ast.walk(tree):
                if isinstance(node, ast.Attribute) and ast.unparse(node.value) == "fr":
                    yield page, node.attr, keywords.get(id(node), [])


def test_the_code_on_the_pages_uses_names_and_arguments_that_exist():
    """A page that names a function of yesterday would be found by the reader, not by us."""
    wrong = []
    for page, name, keywords in calls():
        known = inspect.signature(getattr(fr, name)).parameters if name in dir(fr) else {}
        wrong += [f"{page.name}: fr.{name}"] if name not in dir(fr) else []
        if not any(parameter.kind is parameter.VAR_KEYWORD for parameter in known.values()):
            wrong += [f"{page.name}: fr.{name}({word}=)" for word in keywords if word not in known]
    assert wrong == []
    assert len({name for _, name, _ in calls()}) > 30


def test_the_commands_on_the_pages_exist():
    """And every command of the README and the site is one of them."""
    used = {
        (page.name, name)
        for page in PAGES
        for name in re.findall(r"^\$ framing ([a-z]+)", page.read_text(encoding="utf-8"), re.M)
    }
    assert {name for _, name in used} <= set(main.commands)
    assert len(used) > 10


def described(table: str) -> list[str]:
    """Return the columns of a table in the order in which the site describes them."""
    page = (ROOT / "docs" / "tables.md").read_text(encoding="utf-8")
    return re.findall(r"^\| `(\w+)` \|", page.split(f"## {table}\n")[1].split("\n## ")[0], re.M)


@pytest.mark.parametrize(
    "table", ["articles", "paragraphs", "audit", "cues", "scores", "recipe_points"]
)
def test_every_column_of_the_schema_is_described(table):
    """A new column needs a row in docs/tables.md."""
    columns = {
        "articles": schema.ARTICLE_COLUMNS, "paragraphs": schema.PARAGRAPH_COLUMNS,
        "audit": schema.AUDIT_COLUMNS, "cues": schema.CUE_COLUMNS, "scores": schema.SCORE_COLUMNS,
        "recipe_points": schema.POINT_COLUMNS,
    }  # fmt: skip
    assert described(table) == columns[table]


def test_every_column_of_levels_and_contrasts_is_described(strait_scores):
    """A new column needs a row in docs/tables.md."""
    levels, contrasts = (make(strait_scores, measures="hedge") for make in (fr.levels, fr.compare))
    assert sorted(described("levels")) == sorted(levels)
    assert sorted(described("contrasts")) == sorted(contrasts)


def test_every_column_of_trend_and_breaks_is_described(strait_scores):
    """A new column needs a row in docs/tables.md."""
    assert described("trend") == list(fr.trend(strait_scores, measures="hedge"))
    breaks = fr.compare_periods(strait_scores, "2031-04-07", measures="hedge")
    assert described("breaks") == list(breaks)


def test_every_public_name_is_in_the_reference_with_a_line_that_says_what_it_is():
    """The page is made of `framing.GROUPS`; each group has a title."""
    path = ROOT / "docs" / "generated_pages.py"
    spec = importlib.util.spec_from_file_location("generated_pages", path)
    pages = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(pages)
    assert list(pages.GROUPS) == list(fr.GROUPS), "each group of names needs a title on the site"
    listed = re.findall(r"^   (\w+)$", pages.api(), re.M)
    assert listed == [name for names in fr.GROUPS.values() for name in names]
    firsts = {name: inspect.getdoc(getattr(fr, name)).splitlines()[0] for name in listed}
    assert {name: line for name, line in firsts.items() if not line.endswith(".")} == {}
    assert all(f"\n## framing {name}" in pages.command() for name in main.commands)


def test_the_gallery_has_every_figure_and_the_first_page_of_every_report():
    gallery = (ROOT / "docs" / "gallery.md").read_text("utf-8")
    figures = {name for name in fr.GROUPS["show"] if name.startswith("plot_")}
    assert figures == set(re.findall(r"fr\.(plot_\w+)\(", gallery))
    notebooks = {path.stem for path in (ROOT / "notebooks").glob("*.ipynb")}
    assert notebooks == set(re.findall(r"^\$ framing report (\w+)", gallery, re.M))


def test_the_files_and_modules_that_documents_name_exist():
    """Paths of the repository, dotted names of modules, and functions in them."""
    missing = []
    for page in [*PAGES, ROOT / "framing" / "lexicon" / "data" / "english.toml"]:
        if page.name == "CHANGELOG.md":  # it tells of names of its day
            continue
        text = page.read_text(encoding="utf-8")
        for path in re.findall(r"`((?:framing|tests|docs|corpora|notebooks)/[\w./-]*)`", text):
            missing += [] if (ROOT / path).exists() else [f"{page.name}: {path}"]
        for name in re.findall(r"`(?:python -m )?((?:framing|tests)(?:\.\w+)+)", text):
            module, _, attribute = name.rpartition(".")
            file, parent = (ROOT.joinpath(*part.split(".")) for part in (name, module))
            if file.is_dir() or file.with_suffix(".py").is_file():
                continue
            known = parent.is_dir() or parent.with_suffix(".py").is_file()
            if not (known and hasattr(importlib.import_module(module), attribute)):
                missing.append(f"{page.name}: {name}")
    assert missing == []


def functions() -> Iterator[tuple[str, Any]]:
    """All functions of the package with a docstring."""
    for path in sorted((ROOT / "framing").rglob("*.py")):
        name = ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")
        if not name.endswith("__main__"):
            module = importlib.import_module(name)
            for function in vars(module).values():
                if inspect.isfunction(function) and function.__module__ == name:
                    yield f"{name}.{function.__name__}", function


def test_the_defaults_that_docstrings_state_are_those_of_the_functions():
    stated = 0
    for name, function in functions():
        text = inspect.getdoc(function) or ""
        for parameter in inspect.signature(function).parameters.values():
            line = re.search(
                rf"^(?:\w+, )*{parameter.name}(?:, \w+)* : .*\bdefault (.*)$", text, re.M
            )
            if line and re.fullmatch(r"True|False|-?[\d.]+|\".*\"|\(.*\)", line[1]):
                assert ast.literal_eval(line[1]) == parameter.default, f"{name}: {parameter.name}"
                stated += 1
    assert stated > 60


def test_parameters_described_as_those_of_another_function_have_its_defaults():
    """``n_resamples`` "as for ``compare``" is what it is there, also where nothing is given."""
    found = dict(functions())
    by_name = {name.rpartition(".")[2]: function for name, function in found.items()}
    told, differ = 0, []
    for name, function in found.items():
        own = inspect.signature(function).parameters
        text = inspect.getdoc(function) or ""
        for names, other in re.findall(r"^([\w, ]+)\n    As (?:for|in) ``(\w+)``", text, re.M):
            theirs = inspect.signature(by_name[other]).parameters if other in by_name else {}
            for parameter in {*names.split(", ")} & {*own} & {*theirs}:
                told += 1
                if own[parameter].default != theirs[parameter].default:
                    differ.append(f"{name}: {parameter} as for {other}")
    assert differ == []
    assert told > 30
