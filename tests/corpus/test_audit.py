"""Whatever stands in a folder has a row of the audit, and what is good beside it is read."""

from __future__ import annotations

import gzip
import os
import re
import tempfile
import warnings
from pathlib import Path

import nbformat
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from nbformat import v4

import framing as fr
from framing.corpus.summary import account
from framing.typeset.web import web_page
from tests.conftest import read_file
from tests.corpus.test_readers import FIRST, NEXIS, TALKS, adds_up, docx, zipped

STORY = f"{TALKS}\n\n{FIRST}".encode()
FILES = {
    "story.txt": STORY, "empty.txt": b"", "empty.csv": b"", "zero.csv": b"title,text\n",
    "two.csv": b"title,text\nA,It rained.\nB,\n", "list.json": b"[]", "cut.json": b'[{"text": "It',
    "broken.zip": b"PK\x03\x04broken", "broken.docx": b"PK\x03\x04", "none.zip": zipped({}),
    "nexis.docx": docx(NEXIS), "story.txt.gz": gzip.compress(STORY), "cut.gz": b"\x1f\x8b\x08",
    ".hidden.txt": STORY, "Thumbs.db": b"x", "image.jpg": b"\xff\xd8\xff", "unknown": b"\x00\x01\x02",
    "readme.txt": b"About.", "a\tb.txt": STORY, "book.xlsx": b"PK\x05\x06", "page.html": b"<html>",
}  # fmt: skip
HIDDEN = {f"{above}/{name}": STORY for above in (".git/a", "__MACOSX") for name in ("b.txt", "._c")}
SPECIAL = ("nowhere", "loop", ".loop", "link", "folder link", ".folder link", "pipe", ".pipe")
NAMES = st.sampled_from(sorted(FILES))
ARCHIVES = st.recursive(
    st.dictionaries(NAMES | st.sampled_from(sorted(HIDDEN)), st.none(), max_size=3),
    lambda inner: st.dictionaries(st.sampled_from(["a.zip", "b.zip"]), inner, min_size=1),
    max_leaves=3,
)
FOLDERS = st.recursive(
    st.dictionaries(NAMES | st.sampled_from(SPECIAL), st.none(), max_size=4),
    lambda inner: st.dictionaries(
        st.sampled_from(["a", "b.csv", ".c", "__MACOSX", "page_files"]), inner, min_size=1
    ),
    max_leaves=4,
)


def packed(tree: dict) -> bytes:
    files = FILES | HIDDEN
    return zipped({n: files[n] if inner is None else packed(inner) for n, inner in tree.items()})


def paths(tree: dict, above: str = "") -> list[str]:
    """Every file in a tree, and every folder or archive without any."""
    found = [
        path
        for name, inner in tree.items()
        for path in ([f"{above}{name}"] if not inner else paths(inner, f"{above}{name}/"))
    ]
    return found or [above.rstrip("/")]


def make(tree: dict, folder: Path) -> None:
    folder.mkdir(exist_ok=True)
    for name, inner in tree.items():
        path = folder / name
        if inner is not None:
            make(inner, path)
        elif name in FILES:
            path.write_bytes(FILES[name])
        elif name.endswith("pipe"):
            os.mkfifo(path)
        else:
            target = {"nowhere": "missing", "link": "/dev/null"}
            path.symlink_to(target.get(name, "." if "folder" in name else name))


def has_row(path: str, sources: set[str]) -> bool:
    """Whether a row is about a path, something in it, or the archive that it is in."""
    return any(
        source == path
        or source.startswith((f"{path}/", f"{path}, ", f"{path}#"))
        or (path.startswith(f"{source}/") and source.endswith(".zip"))
        for source in sources
    )


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes here")
@settings(max_examples=40, deadline=None)
@given(FOLDERS, ARCHIVES)
def test_every_path_has_a_row_and_the_good_file_is_read(tree, archive):
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        make(tree, folder)
        (folder / "all.zip").write_bytes(packed(archive))
        (folder / "good.txt").write_bytes(STORY + b" Nobody knew why.")
        with warnings.catch_warnings(action="ignore"):
            corpus = fr.read_corpus(folder, languages=())
    adds_up(corpus)
    sources = set(corpus.audit["source"])
    expected = [*paths(tree), *paths(archive, "all.zip/"), "good.txt"]
    assert not [p for p in expected if p and not has_row(p, sources)]
    assert "good.txt" in set(corpus.articles["source"])
    scored = corpus.articles["source"]
    assert not scored.str.contains(r"(?:^|/)(?:\.|__MACOSX/)", regex=True).any()


def test_each_file_below_a_folder_that_is_not_read_has_a_row(tmp_path):
    """With what is said of the folder; an empty folder and one that cannot be opened have one."""
    page = "<html><body><p>It rained in the town, and nobody knew why.</p></body></html>"
    files = {"b/page.html": page, "b/page_files/x/ad.html": page, ".git/a/.b/c.txt": page}
    for name in [*files, ".git/empty", ".git/loop"]:
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
    for name, content in files.items():
        (tmp_path / name).write_text(content)
    (tmp_path / ".git/empty").mkdir()
    (tmp_path / ".git/loop").symlink_to(tmp_path / ".git/loop")
    (tmp_path / ".loop").symlink_to(tmp_path / ".loop")
    audit = fr.read_corpus(tmp_path).audit
    rows = audit[audit["block"].isna()].set_index("source")["reason"]
    hidden = [".git/a/.b/c.txt", ".git/empty", ".git/loop", ".loop"]
    assert sorted(rows.index) == [*hidden, "b/page.html", "b/page_files/x/ad.html"]
    assert rows[hidden].tolist() == ["a hidden file", "an empty folder", *["a hidden file"] * 2]
    assert rows["b/page_files/x/ad.html"].startswith("part of a saved page")


def test_files_that_share_what_follows_the_date_are_of_one_outlet(tmp_path):
    """``{date} {outlet}``; what only one file has may be a title, and is left open."""
    names = ("2031-03-12 Daily Gull", "2031-03-13 Daily Gull", "2031-03-14 Talks fail again")
    for name in names:
        (tmp_path / f"{name}.txt").write_text(f"{TALKS}\n\n{FIRST} {name}")
    with pytest.warns(UserWarning, match="outlet from the names of files"):
        articles = fr.read_corpus(tmp_path).articles
    assert articles["outlet"].tolist() == ["Daily Gull", "Daily Gull", "unknown"]


def test_what_the_summary_says_of_ids(tmp_path):
    """A column that could be the id, and an id that is given twice."""
    from framing.corpus.summary import account

    rows = pd.DataFrame({"Nr": [7, 8], "title": [TALKS, "B"], "text": [FIRST, f"{FIRST} B"]})
    lines = account(fr.read_corpus(rows))
    assert "'Nr' differs in every article: --map article=Nr makes it the id" in lines
    assert lines.startswith("2 inputs: 2 read\n")
    lines = account(fr.read_corpus(rows.rename(columns={"Nr": "id"}).assign(id=1)))
    assert "2 share their id with others: is a row a part of an article?" in lines


def test_a_file_called_readme_is_an_article_if_nothing_else_is_asked_for(tmp_path):
    assert len(read_file(tmp_path / "readme.txt", STORY).articles) == 1
    (tmp_path / "story.txt").write_bytes(STORY + b" So.")
    assert fr.read_corpus(tmp_path).articles["source"].tolist() == ["story.txt"]


@pytest.mark.parametrize("n", [1, 2, 3])
def test_the_summary_names_the_first_of_the_inputs_with_one_reason(tmp_path, n):
    """Of one alone the line is about that one."""
    (tmp_path / "story.txt").write_bytes(STORY)
    for number in range(n):
        (tmp_path / f"{number}.docx").write_bytes(b"PK\x03\x04")
    (line,) = (
        line for line in account(fr.read_corpus(tmp_path)).splitlines() if "failed: " in line
    )
    assert line.startswith(f"  failed: {n} × ") and line.endswith(" (first: 0.docx)") is (n > 1)


def test_a_batch_prints_what_was_read_as_what(tmp_path, capsys):
    from framing.batch.batch import _show_reading
    from framing.corpus.summary import read_to

    rows = pd.DataFrame({"headline_text": [TALKS, ""], "text": FIRST, "leaning": "left"})
    rows.to_csv(tmp_path / "a.csv", index=False)
    read_to(tmp_path / "a.csv", tmp_path / "study", workers=1, progress=False)
    _show_reading({(tmp_path / "a.csv", ""): tmp_path / "study"})
    shown = capsys.readouterr().err
    assert shown.startswith("a.csv: 2 inputs: 2 read\n")
    assert "title from 'headline_text' (similar name); carried along: leaning" in shown
    assert "2 without a date" in shown


def test_an_export_whose_first_document_is_long_is_still_one(tmp_path):
    long = "\n".join([FIRST] * 900)
    items = (
        f"{TALKS}\nBy Ada Holm\n62 words\n12 March 2031\nMeridian Wire\nMERID\nEnglish\n"
        f"(c) 2031, Meridian Wire\n{text}\nDocument MERID00020310312e{n}\n\n"
        for n, text in enumerate((long, FIRST))
    )
    assert len(read_file(tmp_path / "a.txt", "".join(items)).articles) == 2


@pytest.mark.parametrize(("cut", "told"), [(6, True), (4, False)])
def test_texts_that_mostly_break_off_are_told_once_and_at_once(tmp_path, cut, told):
    """Each stays a whole body; that most end so says that the source holds beginnings."""
    ends = ["leaves..."] * cut + ["leaves."] * (8 - cut)
    rows = [
        {"id": f"a{n}", "outlet": "Gull", "title": f"Rain {n}", "date": "2031-03-12",
         "text": f"It rained {n} days. " + "Nobody on the quay knew when the ferry left. " * 12 + end}
        for n, end in enumerate(ends)
    ]  # fmt: skip
    path = tmp_path / "rows.csv"
    pd.DataFrame(rows).to_csv(path, index=False)
    with warnings.catch_warnings(record=True) as seen:
        warnings.simplefilter("always")
        corpus = fr.read_corpus(path)
    line = "6 of 8 texts end in an ellipsis (such as rows.csv, row 1): they may be the beginnings"
    assert [line in str(w.message) for w in seen if "ellipsis" in str(w.message)] == [True] * told
    assert (line in account(corpus)) == told
    assert set(corpus.articles["body_status"]) == {"full"}
    ends_so = corpus.audit["reason"].eq("its text ends in an ellipsis")
    assert ends_so.sum() == cut


def test_reports_and_notebooks_in_the_folder_of_a_corpus_are_no_articles(tmp_path):
    """Neither with the record beside them nor, if the first bytes tell, without it."""
    (tmp_path / "story.txt").write_text("Rain\n\nIt rained all day, and nobody in the town came.")
    cell = v4.new_markdown_cell("Rain fell on the town, and it rained for many days in a row.")
    notebook = v4.new_notebook(cells=[cell])
    (tmp_path / "a.failed.ipynb").write_text(nbformat.writes(notebook))
    (tmp_path / "sent.html").write_text(web_page(notebook, name="Rain"))
    for name in ("a.html", "b.html"):
        (tmp_path / name).write_text(f"<html><body><p>{cell.source}</p></body></html>")
    (tmp_path / "a.docx").write_bytes(docx(["Rain", cell.source]))
    (tmp_path / "a.json").write_text('{\n "framing": "0.3.0"\n}')
    (tmp_path / "b.json").write_text("{}")
    corpus = fr.read_corpus(tmp_path)
    assert sorted(corpus.articles["source"]) == ["b.html", "story.txt"]
    reasons = corpus.audit[corpus.audit["block"].isna()].set_index("source")["reason"]
    told = [
        reasons[name].split(",")[0] for name in ("a.failed.ipynb", "sent.html", "a.html", "a.docx")
    ]
    assert told == ["a notebook of Jupyter", *["a report"] * 3]


def test_articles_that_stand_there_twice_are_told_in_a_line_with_their_number(tmp_path):
    """Where no URL tells that they are versions of a page; in Python, too."""
    rows = pd.DataFrame({"outlet": "Sun", "title": ["Ferries", "Ports", "Hail"], "text": FIRST})
    rows["text"] += " That was about " + rows["title"].str.lower() + "."
    twice = pd.concat([rows, rows[:2], rows[:1]], ignore_index=True)
    line = "3 the same article as another (such as table, row 4): comparisons count them again"
    with pytest.warns(UserWarning, match=re.escape(line)):
        corpus = fr.read_corpus(twice)
    assert f"  {line}" in account(corpus).splitlines()
    pages = twice.assign(url="https://x.example/" + twice["title"])
    assert "the same article" not in account(fr.read_corpus(pages))
    assert (
        "(3 × the same article as another)" in fr.methods(corpus, fr.score(corpus.paragraphs)).plain
    )


def test_the_same_article_may_have_its_day_written_otherwise_and_several_addresses():
    """Another day is another article, and so is one address of a title without a text."""
    row = {"outlet": "Sun", "title": "Ferries", "text": FIRST}
    days = ["05/13/2019", "May 13, 2019", "2019-05-13", "2019-05-13T14:05:00", "05/14/2019"]
    rows = pd.DataFrame([row | {"date": day} for day in days])
    rows["url"] = [f"https://x.example/{n}" for n in range(len(rows))]
    with pytest.warns(UserWarning, match="3 the same article as another"):
        fr.read_corpus(rows)
    assert "the same article" not in account(fr.read_corpus(rows.assign(text="")))


def test_an_article_in_a_file_of_its_own_and_in_a_table_is_told(tmp_path):
    """The file has its title above the text only; another title is another article."""
    row = {"outlet": "Sun", "date": "2031-03-12", "title": "Rain fell", "text": FIRST}
    (tmp_path / "Sun").mkdir()
    (tmp_path / "Sun/2031-03-12-rain.txt").write_text(f"Rain fell\n\n{FIRST}\n")
    pd.DataFrame([row, row | {"title": "Hail fell"}]).to_csv(tmp_path / "rows.csv", index=False)
    audit = fr.read_corpus(tmp_path).audit
    again = audit[audit["reason"].str.contains("the same article as another")]
    assert len(again) == 1 and again["reason"].item().endswith((".txt", "rows.csv, row 1"))
