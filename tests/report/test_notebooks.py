"""The notebooks, run by papermill through the report, against numbers counted by hand."""

from __future__ import annotations

import itertools
import json
import re
from pathlib import Path

import nbformat
import numpy as np
import pandas as pd
import pytest
from pypdf import PdfReader

import framing as fr
from framing.report.execute import ReportError
from framing.report.parameters import declared
from framing.typeset import MissingGlyphs
from framing.utils.files import bundled, find_data
from tests.report import test_render

pytestmark = pytest.mark.usefixtures("kept_servers")
CODE = re.compile(
    r"[A-Za-z]\w*_\w+|\{[A-Z]+\}|\bR-[A-Z]+|<NA>|\bNone\b(?! (?:is|of|was) )|\b(?:nan|NaT|dtype)\b"
)
COMMON = {"corpus", "lexicon", "language", "coded", "tables", "kept"}
NOTEBOOKS = sorted(bundled("notebooks").glob("*.ipynb"))
REPRODUCTIONS = sorted(bundled("notebooks").glob("*/*.ipynb"))
HOSTILE = '#read("/etc/passwd") $x$ <script>alert(1)</script> _Blog] \\'
ROWS = [
    # Counted by hand: hedge 2 (may, reportedly), alarm 1 (fear), boost 0; 11 words.
    ("a", "Вісник", "Officials fear that talks may fail, and have reportedly packed already."),
    # hedge 0, alarm 0, boost 1 (clearly); 8 words.
    ("b", "Ναυτικά", "The talks have clearly failed, said the minister."),
    # hedge 0, alarm 2 (risk, threat), boost 0; 9 words.
    ("c", HOSTILE, "A risk is a threat to every single ship 🧨."),
]
WANTED = {"a": (2, 1, 0, 11), "b": (0, 0, 1, 8), "c": (0, 2, 0, 9)}

SOURCE = """The harbour talks could fail on Monday in Dovek, and the ferry company has told its crews to stay at home until the evening.

Officials fear that the bridge to the old town will close after the storm, said Mira Lund, who runs the port with nine others.

Nine boats lay in the inner harbour on Sunday, and their owners painted them green and white for the summer.

A baker sells bread to the sailors every morning from a red van near the gate."""
# Counted by hand: could and fear are gone, boats are ships, the baker is left out.
COPY = """The harbour talks will fail on Monday in Dovek, and the ferry company has told its crews to stay at home until the evening.

The bridge to the old town will close after the storm, said Mira Lund, who runs the port with nine others.

Nine ships lay in the inner harbour on Sunday, and their owners painted them green and white for the summer."""


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("corpus") / "rows.jsonl"
    keys = ("id", "outlet", "text")
    rows = [dict(zip(keys, row, strict=True)) | {"title": "Talks"} for row in ROWS]
    path.write_text("\n".join(map(json.dumps, rows)))
    return path


@pytest.fixture(scope="module")
def outlets(corpus: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return fr.render("outlets", tmp_path_factory.mktemp("out") / "o.pdf", corpus=corpus)


def text_of(pdf: Path) -> str:
    """Return the text of a report, which is words: no names of columns, rules or entries."""
    text = test_render.text_of(pdf)
    assert not CODE.findall(text)
    return text


@pytest.mark.parametrize("path", [*NOTEBOOKS, *REPRODUCTIONS], ids=lambda p: p.stem)
def test_notebooks_are_thin(path):
    """Question first, one cell of parameters, no function, six short lines a cell, no outputs."""
    notebook = nbformat.read(path, as_version=4)
    cells = [cell for cell in notebook.cells if cell.cell_type == "code"]
    assert notebook.cells[0].cell_type == "markdown"
    assert notebook.cells[0].source.startswith("# ") and "?" in notebook.cells[0].source
    assert sum("parameters" in cell.metadata.get("tags", []) for cell in cells) == 1
    assert not any(cell.outputs or cell.execution_count for cell in cells)
    assert not any("def " in cell.source or "lambda" in cell.source for cell in cells)
    others = [cell for cell in cells if "parameters" not in cell.metadata.get("tags", [])]
    assert max(len(cell.source.split("\n")) for cell in others) <= 6
    assert path in REPRODUCTIONS or set(declared(notebook)) >= COMMON
    lines = "\n".join(cell.source for cell in cells).split("\n")
    assert path in REPRODUCTIONS or max(map(len, lines)) <= 100
    assert notebook.metadata.kernelspec.name == "python3"


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda p: p.stem)
def test_no_heading_stands_over_an_empty_cell(path):
    """JupyterLab shows Markdown cells that a report leaves out: what may be empty shows its own."""
    for cell in nbformat.read(path, 4).cells:
        assert not (cell.source.startswith("#") and "optional" in cell.metadata.get("tags", []))


def test_outlets_saves_what_a_person_counted(outlets):
    """Every number of the saved tables is the hand count, or follows from it."""
    scores = pd.read_parquet(outlets.with_name("o-tables") / "scores.parquet")
    body = scores[scores["role"] == "body"].set_index("article")
    found = body[["hedge", "alarm", "boost", "words"]]
    assert {a: tuple(row) for a, row in zip(found.index, found.to_numpy(), strict=True)} == WANTED
    levels = pd.read_parquet(outlets.with_name("o-tables") / "levels.parquet")
    alarm = levels[(levels["measure"] == "alarm") & (levels["outlet"] == HOSTILE)]
    assert alarm["mean"].iloc[0] == pytest.approx(100 * 2 / 9)


def test_saved_tables_are_enough_to_recompute_the_contrasts(outlets):
    """The estimates of the saved contrasts come out of the saved scores, csv and parquet alike."""
    folder = outlets.with_name("o-tables")
    names = ["scores", "cues", "levels", "contrasts", "audit"]
    for name in names:
        csv = pd.read_csv(folder / f"{name}.csv", keep_default_na=False, dtype=str)
        assert len(csv) == len(pd.read_parquet(folder / f"{name}.parquet")), name
    scores = pd.read_parquet(folder / "scores.parquet")
    again = fr.compare(scores, seed=1)
    saved = pd.read_parquet(folder / "contrasts.parquet")
    pd.testing.assert_frame_equal(again, saved, check_dtype=False)


def test_the_order_of_rows_changes_nothing(corpus, outlets, tmp_path):
    """The same rows the other way round give the same bytes, in the PDF and in its tables."""
    turned = tmp_path / corpus.name
    turned.write_text("\n".join(reversed(corpus.read_text().split("\n"))))
    out = fr.render("outlets", tmp_path / "o.pdf", corpus=turned)
    assert out.read_bytes() == outlets.read_bytes()
    for name in ("scores", "cues", "levels", "contrasts"):
        first, second = (p.with_name("o-tables") / f"{name}.csv" for p in (outlets, out))
        assert first.read_bytes() == second.read_bytes(), name


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda p: p.stem)
def test_notebooks_open_on_the_example(path):
    """The corpus that a notebook names by default is there, seen from its folder."""
    known = declared(nbformat.read(path, as_version=4))
    assert find_data(known["corpus"].default, "corpora", path.parent).is_dir()


def test_outlets_shows_every_name_as_it_is(outlets):
    """Cyrillic, Greek and hostile names are letters in the PDF, never markup or code."""
    text = text_of(outlets)
    for name in ("Вісник", "Ναυτικά", "<script>alert(1)</script>", "#read", "NOT VALIDATED"):
        assert name in text, name
    assert "root:" not in text


def test_article_says_what_a_person_counted(corpus, tmp_path):
    """The sentence with numbers, the marked paragraph, the missing glyph and its warning."""
    with pytest.warns(MissingGlyphs, match=r"U\+1F9E8 FIRECRACKER"):
        pdf = fr.render("article", tmp_path / "a.pdf", corpus=corpus, parameters={"article": "c"})
    text = text_of(pdf)
    assert "1 paragraph of 9 words" in text
    assert "alarm 2 (22.2 per 100 words)" in text


@pytest.fixture(scope="module")
def rewrite(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A story and its rewrite, and a third article that has nothing to do with them."""
    path = tmp_path_factory.mktemp("rewrite") / "rows.jsonl"
    rows = [
        ("s", "Wire", "2031-01-02", SOURCE),
        ("c", HOSTILE, "2031-01-03", COPY),
        ("x", "Herald", "", ROWS[0][2]),
    ]
    keys = ("id", "outlet", "date", "text")
    told = [dict(zip(keys, row, strict=True)) | {"title": "Talks in Dovek"} for row in rows]
    path.write_text("\n".join(map(json.dumps, told)))
    return fr.render("rewrite", path.with_name("r.pdf"), corpus=path)


def test_rewrite_says_what_a_person_counted(rewrite):
    """The headline and three paragraphs of five are found again; two cues are gone."""
    text = text_of(rewrite)
    assert "4 of 5 paragraphs (80%) are found in the second version, 1 is left out" in text
    assert "0 of the second version's 4 are new" in text.replace("’", "'")
    assert "1 were strengthened and 0 weakened; alarm rose in 0 and fell in 1; 0 lost" in text
    assert "by credits and dates: 1 in which the first version was there first" in text
    assert "dates: 2031-01-02" in text
    assert "boats ships 1" in text
    assert "1 of 1 paragraphs that stand in one version only" in text
    assert "<script>alert(1)</script>" in text and "root:" not in text


def test_rewrite_saves_what_a_person_counted(rewrite):
    folder = rewrite.with_name("r-tables")
    balance = pd.read_parquet(folder / "balance.parquet").set_index("category")
    for category in ("epi_modal", "fear"):
        row = balance.loc[category]
        assert row[["pairs", "both", "dropped", "added", "net"]].tolist() == [4, 0, 1, 0, -0.25]
    aligned = pd.read_parquet(folder / "aligned.parquet")
    assert aligned["kind"].tolist() == ["pair"] * 4 + ["left out"]
    edits = pd.read_parquet(folder / "edits.parquet")
    assert edits[["before", "after"]].values.tolist()[0] == ["could", "will"]


def test_headlines_say_what_a_person_counted(tmp_path):
    """Of 7 windows of 4 words, 4 hold the `may` of A's text; B's text has none, its title has."""
    rows = [
        ("Talks again fail soon", "A", "The big ship may sail out with grain to Hask."),
        ("Talks may fail soon", "B", "The big ship will sail out with grain to Hask."),
        # It has a lead, and no headline.
        ("", "B", "Nine boats lay in the harbour.\n\nTheir owners painted them green and white."),
    ]
    keys = ("title", "outlet", "text")
    path = tmp_path / "rows.jsonl"
    path.write_text("\n".join(json.dumps(dict(zip(keys, row, strict=True))) for row in rows))
    pdf = fr.render("headlines", tmp_path / "h.pdf", corpus=path, parameters={"min_words": 5})
    saved = pd.read_parquet(tmp_path / "h-tables" / "headline_body.parquet")
    found = saved[(saved["zone"] == "headline") & (saved["measure"] == "hedge")]
    found = found.set_index("outlet")[["present", "expected"]]
    assert found.loc["A"].tolist() == [False, pytest.approx(4 / 7)]
    assert found.loc["B"].tolist() == [True, 0.0]
    assert "Talks again fail soon" in text_of(pdf)
    assert "2 of 3 articles from 2 outlets" in text_of(pdf)
    assert "read in another sense. The hits" in text_of(pdf)  # presence, not per 100 words of text


@pytest.fixture(scope="module")
def dictionary(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A dictionary of two categories, with a name."""
    path = tmp_path_factory.mktemp("dictionary") / "sea.csv"
    path.write_text("category,entry\nboats,ship*\ntalking,talks\ntalking,said\n")
    path.with_suffix(".toml").write_text('name = "Sea words"\nversion = "1"\n')
    return path


def test_a_dictionary_of_ones_own_becomes_the_report(corpus, dictionary, tmp_path, monkeypatch):
    """Its categories are counted, its name stands in the title; paths are seen from here."""
    monkeypatch.chdir(dictionary.parent)
    given = {"lexicon": dictionary.name}
    pdf = fr.render("outlets", tmp_path / "o.pdf", corpus=corpus, parameters=given)
    text = text_of(pdf)
    assert "How do outlets differ? – Sea words" in text
    told, _, references = text.partition("References")
    assert "Measured with Sea words" in told and "hedg" not in told and references
    scores = pd.read_parquet(tmp_path / "o-tables" / "scores.parquet").set_index("article")
    assert scores.loc[scores["role"] == "body", ["boats", "talking"]].to_dict("index") == {
        "a": {"boats": 0, "talking": 1},
        "b": {"boats": 0, "talking": 2},
        "c": {"boats": 1, "talking": 0},
    }
    record = json.loads(pdf.with_suffix(".json").read_text())
    assert record["lexicon"]["name"] == "Sea words" and "lexicon" in record["corpus"]


@pytest.mark.parametrize("name", ["article", "portrait"])
def test_every_notebook_takes_a_dictionary(name, dictionary, tmp_path):
    given = {"lexicon": str(dictionary)}
    pdf = fr.render(name, tmp_path / "n.pdf", corpus="strait", parameters=given)
    assert "boats" in text_of(pdf).lower()


def test_one_outlet_has_a_portrait_and_no_comparison(tmp_path):
    """Levels of the outlet that is asked for; of a corpus of one, the report of outlets as well."""
    given = {"outlet": "Daily Clarion", "recipes": ["fear"]}
    pdf = fr.render("portrait", tmp_path / "p.pdf", corpus="strait", parameters=given)
    levels = pd.read_parquet(tmp_path / "p-tables" / "levels.parquet").set_index("measure")
    text = text_of(pdf)
    assert f"Daily Clarion hedges {levels['mean']['hedge']:.2f} times per 100 words" in text
    assert levels["mean"]["recipe_fear"] > 0 and "Fear appeals" in text
    points, scores = (
        pd.read_parquet(tmp_path / "p-tables" / f"{name}.parquet")
        for name in ("recipe_points", "scores")
    )
    of = points.drop_duplicates(["article", "paragraph", "sentence"])
    of = of.groupby(["article", "paragraph"])["sentence_score"].sum()
    of = scores.set_index(["article", "paragraph"]).index.map(of).fillna(0)
    assert of.tolist() == scores["recipe_fear"].tolist()
    assert "recipes: fear" in text and "the recipe fear 2.1 (588 entries" in text
    assert "Also scored: the recipe fear 2.1" in text and "sentences, each 0 at least" in text
    assert "Standard Review" not in text and "all others" not in text
    assert "the one with the most hits of hedging and alarm for its length" in text
    one = tmp_path / "one.csv"
    rows = ["title,text,outlet", *(f"Talks {n},They may fail on day {n}.,Herald" for n in "12")]
    one.write_text("\n".join(rows))
    with pytest.warns(UserWarning, match="all articles are of one outlet: this is its portrait"):
        pdf = fr.render("outlets", tmp_path / "o.pdf", corpus=one, parameters={"seed": 2})
    assert "Herald uses" in text_of(pdf) and "most articles" not in text_of(pdf)
    assert "What stands out" not in text_of(pdf)  # no article is far from the mean of one
    made = json.loads(pdf.with_suffix(".json").read_text())["instead"]
    assert made["name"] == "portrait.ipynb" and made["sha256"] in text_of(pdf).replace(" ", "")
    one.write_text("\n".join(rows[:2]))
    with pytest.warns(UserWarning, match="there is one article: this is the report of it"):
        pdf = fr.render("outlets", tmp_path / "a.pdf", corpus=one, parameters={"seed": 2})
    assert "How does one article tell its story?" in text_of(pdf)


def test_groups_may_be_a_file(corpus, tmp_path, monkeypatch):
    """The table is that of the groups in the file; the report names it without its folder."""
    monkeypatch.chdir(tmp_path)
    names = [row[1] for row in ROWS]
    text = "".join(
        f'"{n.replace(chr(34), chr(34) * 2)}",{g}\n' for n, g in zip(names, "xxy", strict=True)
    )
    Path("sides.csv").write_text(f"outlet,group\n{text}", encoding="utf-8")
    pdf = fr.render("outlets", "o.pdf", corpus=corpus, parameters={"groups": "sides.csv"})
    groups = pd.read_parquet("o-tables/groups.parquet")
    assert groups[
        ["group_a", "group_b", "outlets_a", "outlets_b"]
    ].drop_duplicates().values.tolist() == [["x", "y", 2, 1]]
    text = text_of(pdf)
    assert "groups: sides.csv" in text and "under four outlets a side" in text
    assert "groups" in json.loads(pdf.with_suffix(".json").read_text())["corpus"]
    with pytest.raises(FileNotFoundError, match=r"other\.csv: no such file"):
        fr.render("outlets", "p.pdf", corpus=corpus, parameters={"groups": "other.csv"})


def test_entries_of_copies_do_not_set_outlets_apart(tmp_path):
    """Twelve uses in copies of one story are one use, too few for a figure of entries."""
    text = "Ministers said that the talks may fail, and rain fell on the town. " * 3
    more = "Trains ran late again on the coast line, and nobody at the station knew why. " * 3
    rows = [
        {"outlet": outlet, "title": f"Talks, day {i}", "date": f"2031-04-{i + 10}",
         "text": f"{text}\n\n{more}\n\nDay {i} ended with {i + 20} votes."}
        for outlet in ("Sun", "Gull") for i in range(6)
    ]  # fmt: skip
    path = tmp_path / "corpus.jsonl"
    path.write_text("\n".join(map(json.dumps, rows)))
    text = text_of(fr.render("outlets", tmp_path / "o.pdf", corpus=path))
    assert "No entry is used ten times" in text


def test_any_column_can_be_compared(corpus, tmp_path):
    """Two leanings of three outlets; the article without one is left out and counted."""
    rows = [json.loads(line) for line in corpus.read_text().splitlines()]
    for row, leaning in zip(rows, ["left", "right", ""], strict=True):
        row["leaning"] = leaning
    path = tmp_path / "rows.jsonl"
    path.write_text("\n".join(map(json.dumps, rows)))
    given = {"by": "leaning", "measures": ["hedge", "alarm"], "recipes": ["uncertainty"]}
    pdf = fr.render("outlets", tmp_path / "o.pdf", corpus=path, parameters=given)
    contrasts = pd.read_parquet(tmp_path / "o-tables" / "contrasts.parquet")
    assert set(contrasts["measure"]) == {"hedge", "alarm"}  # what is asked for is the family
    assert set(contrasts["outlet_a"]) == {"left"} and set(contrasts["outlet_b"]) == {"right"}
    assert "1 skipped (1 × no leaning is known)" in text_of(pdf)
    assert "What gives the recipes their points" in text_of(pdf)


def test_plain_papermill_runs_from_any_folder(tmp_path, monkeypatch):
    """The example is found by its name, a file from where the command runs."""
    papermill = pytest.importorskip("papermill")
    monkeypatch.chdir(tmp_path)
    source = bundled("notebooks") / "article.ipynb"
    done = papermill.execute_notebook(str(source), "out.ipynb", progress_bar=False)
    assert all(o.output_type != "error" for cell in done.cells for o in cell.get("outputs", []))


@pytest.fixture(scope="module")
def coded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder, given = tmp_path_factory.mktemp("coded"), {"coded": "strait-coded"}
    return fr.render("outlets", folder / "o.pdf", corpus="strait", parameters=given)


def test_a_coded_corpus_has_a_report_that_says_so(coded):
    """Agreement, precision, and corrected estimates."""
    text = text_of(coded)
    assert "2 coders checked 444 sentences by hand" in text and "NOT VALIDATED" not in text
    assert "Hollow: nobody" not in text
    contrasts = pd.read_parquet(coded.with_name("o-tables") / "contrasts.parquet")
    known = contrasts.dropna(subset="corrected")
    assert set(known["measure"]) >= {"hedge", "alarm", "boost"}
    gone = known[(known["p_adjusted"] < 0.05) & (known["corrected_p_adjusted"] >= 0.05)]
    assert len(gone) and text.count("not once corrected by the coding") == len(gone)
    assert f"After that, {len(gone)} of 10 differences had p above .05" in text
    assert "corrected p" in text and "events; adjusted p; corrected" in text


def test_no_section_stands_behind_the_next_one(coded):
    """A figure at the top of the next page took the heading above it along, past the next one."""
    pdf = PdfReader(coded)
    (_, sections) = pdf.outline
    pages = [pdf.get_destination_page_number(section) for section in sections]
    places = [(page, -section.top) for page, section in zip(pages, sections, strict=True)]
    assert len(places) > 8 and places == sorted(places)


def test_figures_and_headings_of_a_long_course_keep_their_places(tmp_path):
    """Fifty weeks: Figure 2 stood before Figure 1, and a heading on the page before its figure."""
    rows = []
    for week, number in itertools.product(range(50), range(6)):
        words = " ".join(f"w{week}x{number}y{k}" for k in range(40))
        day = pd.Timestamp("2031-03-03") + pd.Timedelta(weeks=week)
        text = f"Talks may clearly fail. Officials fear a threat. {words}.\n\nBoats lay still."
        rows.append({"outlet": "AB"[number % 2], "date": f"{day:%Y-%m-%d}", "text": text})
    corpus = tmp_path / "rows.jsonl"
    corpus.write_text("\n".join(map(json.dumps, rows)))
    pdf = fr.render("timeline", tmp_path / "t.pdf", corpus=corpus)
    pages = [page.extract_text() for page in PdfReader(pdf).pages]
    figures = list(map(int, re.findall(r"Figure (\d)\. ", " ".join(pages))))
    assert figures == [1, 2, 3, 4, 5]
    for heading in ("The course", "What should not move"):
        (below,) = (page.split(heading)[1] for page in pages if heading in page)
        assert "Figure" in below


def test_the_pair_looked_at_closely_is_one_of_the_contrasts(coded):
    """Its main analysis has the estimate of the table of contrasts, and stands first."""
    folder = coded.with_name("o-tables")
    grid, contrasts = (
        pd.read_parquet(folder / f"{n}.parquet") for n in ("robustness", "contrasts")
    )
    first = grid.iloc[0]
    keys = ["measure", "outlet_a", "outlet_b"]
    same = contrasts[(contrasts[keys] == first[keys]).all(axis=1)].iloc[0]
    assert first["choices"] == "main analysis" and len(grid) >= 4
    assert first["estimate"] == pytest.approx(same["estimate"])


def test_an_outlet_that_is_not_there_is_named(corpus, tmp_path):
    with pytest.raises(ReportError, match="no outlet 'Visnyk'"):
        fr.render("outlets", tmp_path / "x.pdf", corpus=corpus, parameters={"outlets": ["Visnyk"]})
    assert not (tmp_path / "x.pdf").exists()


def test_a_coding_is_reported_in_words(tmp_path):
    assert "Krippendorff" in text_of(fr.render("validate", tmp_path / "v.pdf"))


@pytest.fixture(scope="module")
def timeline(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Twelve weeks of two outlets, one hedge a text; from week 6 on outlet A hedges twice.

    In week 8 a third outlet begins that hedges four times, and week 11 has one article.
    """
    path = tmp_path_factory.mktemp("timeline") / "rows.jsonl"
    rows = []
    for week in range(12):
        for name, hedges in (("A", 1 + (week >= 6)), ("B", 1), *[("C", 4)] * (week >= 8)):
            for number in range(3 if week < 11 else name == "A"):
                words = " ".join(f"{name.lower()}{week}x{number}w{k}" for k in range(40))
                day = pd.Timestamp("2031-03-03") + pd.Timedelta(weeks=week)
                text = "Talks may fail. " * hedges + f"{words}."
                rows.append(
                    {"outlet": name, "date": f"{day:%Y-%m-%d}", "title": "Talks", "text": text}
                )
    path.write_text("\n".join(map(json.dumps, rows)))
    parameters = {"breaks": ["2031-04-14"], "measures": ["hedge"]}
    return fr.render("timeline", path.with_name("t.pdf"), corpus=path, parameters=parameters)


def test_timeline_holds_outlets_constant(timeline):
    """A rises and C enters: the mean of all jumps twice, the level once; week 11 is hollow."""
    series = pd.read_parquet(timeline.with_name("t-tables") / "trend.parquet")
    hedge = series[series["measure"] == "hedge"]
    assert hedge["mean"].round(6).nunique() == 4
    level = hedge["level"].iloc[[0, 5, 6, 7, 8, 10]]
    assert np.ptp(level.iloc[:2]) < 1e-9 and np.ptp(level.iloc[2:4]) < 1e-9
    assert level.iloc[2] > 1.2 * level.iloc[0]
    assert hedge["fitted"].tolist() == [True] * 11 + [False]
    found = pd.read_parquet(timeline.with_name("t-tables") / "breaks.parquet").iloc[0]
    assert (found["outlets"], found["articles_before"]) == (2, 36)
    assert found["ratio"] == pytest.approx((2 / 46 + 1 / 43) / 2 / (1 / 43))  # words a text


def test_timeline_says_what_was_compared(timeline):
    text = text_of(timeline)
    assert (
        "By week, 3 March 2031 to 19 May 2031. In the model: 75 of 76 articles in 11 of 12 weeks"
        in text
    )
    assert text.count("weeks with articles (left out: 1 in weeks with too few articles)") == 3
    assert (
        text.count("36 articles before 14 April 2031, 30 after, of outlets with articles on") == 2
    )
    # Not one text differs from others of its side.
    assert re.search(r"A change in hedging[^.]* could not be tested from 14 April 2031 on", text)
    assert "breaks: 2031-04-14" in text
    assert "A measure that has no reason to change" in text


def test_copies_are_in_the_model_of_a_timeline(tmp_path):
    """They weigh as one article; the paragraph for a paper said that 12 were left out.

    The box said that rates are of 23,967 words, those of articles that are no copies.
    """
    text = text_of(fr.render("timeline", tmp_path / "t.pdf", corpus="strait"))
    assert text.count("of standfirsts and body (28,069 words)") == 2
    assert "model held 74 of 74 articles" in text
    assert "left out of the comparison" not in text


def test_timeline_needs_dates(corpus, tmp_path):
    with pytest.raises(ReportError, match="no article has a date"):
        fr.render("timeline", tmp_path / "t.pdf", corpus=corpus)
