"""Files are scored a piece at a time, and a run that was killed is taken up again."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import warnings
from contextlib import nullcontext
from importlib.metadata import version
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow.parquet as pq
import pytest
from click.testing import CliRunner
from pandas.testing import assert_frame_equal
from vaderSentiment import vaderSentiment

import framing as fr
from framing.cli import main
from framing.lexicon.loading import built_in
from framing.scoring import large_files as stream
from framing.scoring import measure
from framing.utils.files import PACKAGE, locked
from framing.utils.table_files import FORMATS
from tests.conftest import ROOT, STRAIT
from tests.test_imports import FLOORS


@pytest.fixture
def small_pieces(monkeypatch):
    monkeypatch.setattr(stream, "_ROWS", 40)


@pytest.fixture
def source(strait, tmp_path):
    path = tmp_path / "paragraphs.parquet"
    strait.paragraphs.to_parquet(path, index=False)
    return path


def test_a_file_gets_the_scores_of_a_table(source, strait_scores, small_pieces):
    out = stream.score_file(source, source.with_name("scores.parquet"))
    assert pq.ParquetFile(out).num_row_groups > 5
    assert_frame_equal(pd.read_parquet(out), strait_scores)
    assert sorted(source.parent.iterdir()) == [source, out]


def test_processes_and_clusters_write_the_same_bytes(source, small_pieces):
    alone = stream.score_file(source, source.with_name("alone.parquet")).read_bytes()
    assert stream.score_file(source, source.with_name("b"), workers=2).read_bytes() == alone
    distributed = pytest.importorskip("distributed")
    with distributed.LocalCluster(
        n_workers=2, threads_per_worker=1, dashboard_address=None
    ) as cluster:
        address = cluster.scheduler_address
        out = stream.score_file(source, source.with_name("c"), dask=address)
    assert out.read_bytes() == alone


_KILLED = """
import sys
from pathlib import Path
from framing.scoring import large_files as stream
from framing.utils.files import locked
stream._ROWS = 40
if __name__ == "__main__":
    stream.score_file(sys.argv[1], sys.argv[2], workers=int(sys.argv[3]), progress=True)
"""


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="there is no SIGKILL")
@pytest.mark.parametrize("workers", [1, 2])
def test_a_run_that_was_killed_is_taken_up_again(source, small_pieces, capsys, workers):
    whole = stream.score_file(source, source.with_name("whole.parquet")).read_bytes()
    script, out = source.with_name("script.py"), source.with_name("out.parquet")
    script.write_text(_KILLED)
    run = subprocess.Popen(
        [sys.executable, script, source, out, str(workers)],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stderr=subprocess.PIPE,
        text=True,
    )
    assert run.stderr is not None
    assert run.stderr.readline().endswith("rows done\n")
    run.kill()
    run.wait()
    assert not out.exists()
    done = {p: p.stat().st_mtime_ns for p in source.parent.glob("out.parquet.parts/*/*.parquet")}
    assert 0 < len(done) < 10

    scored = []
    stream_piece = stream._score_piece

    def counted(piece, **options):
        scored.append(piece.number)
        return stream_piece(piece, **options)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(stream, "_score_piece", counted)
        stream.score_file(source, out, progress=True)
    assert out.read_bytes() == whole
    assert not {int(path.stem) for path in done} & set(scored)
    lines = capsys.readouterr().err.splitlines()
    assert lines[-1].split()[0] == lines[-1].split()[2]


def test_no_worker_outlives_a_run_that_was_killed(source):
    script = source.with_name("script.py")
    script.write_text(_KILLED)
    run = subprocess.Popen(
        [sys.executable, script, source, source.with_name("out"), "2"],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    assert run.stderr is not None
    run.stderr.readline()
    run.kill()
    begin = time.monotonic()
    run.communicate(timeout=30)  # ends when nobody holds the other end of the pipes
    assert time.monotonic() - begin < 30


def test_a_refused_text_leaves_no_parts(source, small_pieces):
    """The mended file is another input, for which they would be of no use."""
    table = pd.read_parquet(source)
    table.to_parquet(source.with_name("fine.parquet"))
    table.loc[len(table) - 1, "role"] = "nonsense"
    table.to_parquet(source)
    out = source.with_name("out.parquet")
    with pytest.raises(ValueError, match="nonsense"):
        stream.score_file(source, out)
    table.assign(role="body").to_parquet(source)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(stream, "score_rows", _refusing_after(3))
        with pytest.raises(ValueError, match="row 130 cannot be scored"):
            stream.score_file(source, out)
    assert not out.with_name("out.parquet.parts").exists() and not out.exists()


def _refusing_after(parts):
    """What scores some parts, and then refuses a text."""
    done, rightly = [], stream.score_rows

    def scored(rows, where, **options):
        done.append(rows)
        if len(done) > parts:
            raise ValueError("row 130 cannot be scored")
        return rightly(rows, where, **options)

    return scored


def stopped_after_a_part(source, out):
    """Begin to score, and return the part that is left."""

    def stopped(rows):
        raise KeyboardInterrupt

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(stream, "_progress", lambda *_, **__: nullcontext(stopped))
        with pytest.raises(KeyboardInterrupt):
            stream.score_file(source, out)
    [part] = out.with_name(f"{out.name}.parts").glob("*/*.parquet")
    return part


def test_a_part_with_a_wrong_bit_is_made_again(source, small_pieces):
    """Parquet reads most of them as other numbers; the checksums of its pages do not fit."""
    pd.read_parquet(source).head(60).to_parquet(source)
    whole = stream.score_file(source, source.with_name("whole.parquet")).read_bytes()
    for eighth in range(1, 7):
        out = source.with_name(f"out{eighth}.parquet")
        part = stopped_after_a_part(source, out)
        raw = bytearray(part.read_bytes())
        columns = pq.read_metadata(part).row_group(0)
        size = sum(columns.column(i).total_compressed_size for i in range(columns.num_columns))
        raw[size * eighth // 8] ^= 1
        part.write_bytes(raw)
        assert stream.score_file(source, out).read_bytes() == whole


def test_a_text_that_no_worker_can_score_is_named_by_its_row_in_the_file(
    source, small_pieces, monkeypatch
):
    """By its number in the file, whatever the piece that it is in, as `score` names it."""

    def faulty(chunk, *rest):
        if any("bomb" in text for text in chunk.texts):
            raise ValueError("too deep")
        return read(chunk, *rest)

    read = measure.read
    monkeypatch.setattr(measure, "read", faulty)
    table = pd.DataFrame({"article": [f"a{n}" for n in range(99)], "paragraph": 0, "text": "Rain."})
    for row in (0, 39, 40, 98):
        table.assign(text=table["text"].where(table.index != row, "A bomb.")).to_parquet(source)
        reason = rf"row {row} \(article 'a{row}', paragraph 0\) cannot be scored: .*too deep"
        with pytest.raises(ValueError, match=reason):
            stream.score_file(source, source.with_name("out.parquet"))


def test_parts_of_another_lexicon_or_input_are_not_used(source, strait_scores, small_pieces):
    """A part is named by the content of what it was made of."""
    out = source.with_name("out.parquet")
    assert stopped_after_a_part(source, out)
    own = built_in().with_entries("fear", ["strait"])
    scores = pd.read_parquet(stream.score_file(source, out, lexicon=own))
    assert scores["fear"].sum() > strait_scores["fear"].sum()


def copied(monkeypatch, tmp_path):
    """Copies of both packages, of which the hash is taken from here on."""
    ours, vader = tmp_path / "framing", tmp_path / "vaderSentiment"
    for source, target in ((PACKAGE, ours), (Path(vaderSentiment.__file__).parent, vader)):
        shutil.copytree(source, target, ignore=shutil.ignore_patterns("__pycache__"))
    monkeypatch.setattr(stream, "PACKAGE", ours)
    monkeypatch.setattr(stream.vaderSentiment, "__file__", str(vader / "vaderSentiment.py"))
    return ours, vader


def test_a_change_to_any_file_that_decides_a_score_makes_old_parts_useless(monkeypatch, tmp_path):
    """A rule in voices.toml, a reader of dictionaries, vaderSentiment's own lexicon, all of it."""
    ours, vader = copied(monkeypatch, tmp_path)
    rooms = [room for room in FLOORS[: FLOORS.index("scoring") + 1] if room != "corpus"]
    deciding = [f for room in rooms for f in (ours / room).rglob("*.*")]
    deciding += [*ours.glob("[a-z]*.py"), *vader.iterdir()]
    assert {"voices.toml", "english.csv", "yaml.py", "vader_lexicon.txt"} <= {
        file.name for file in deciding
    }
    before = stream.programs.__wrapped__()
    for file in deciding:
        content = file.read_bytes()
        file.write_bytes(content + b"\n")
        assert stream.programs.__wrapped__() != before, file
        file.write_bytes(content)
    assert stream.programs.__wrapped__() == before


def test_a_change_to_a_figure_or_a_reader_of_articles_keeps_old_parts(monkeypatch, tmp_path):
    """What is read is part of the key itself; figures and reports take no part in a score."""
    ours, _ = copied(monkeypatch, tmp_path)
    before = stream.programs.__wrapped__()
    for file in (
        *(ours / "plots").iterdir(),
        *(ours / "corpus").rglob("*.py"),
        ours / "cli" / "reports.py",
    ):
        file.write_bytes(b"")
    assert stream.programs.__wrapped__() == before


@pytest.mark.parametrize("library", ["numpy", "pandas", "pyarrow", "sentencex"])
def test_another_version_of_a_library_makes_old_parts_useless(monkeypatch, library):
    before = stream.programs.__wrapped__()
    other = {library: "0"}
    monkeypatch.setattr(stream, "version", lambda name: other.get(name) or version(name))
    assert stream.programs.__wrapped__() != before


def test_a_worker_with_other_versions_is_refused(source, small_pieces, monkeypatch):
    """Its numbers would stand beside ours, and nobody could tell which."""
    scored = []
    monkeypatch.setattr(stream, "programs", lambda: f"{scored.append(1) or len(scored)}")
    with pytest.raises(RuntimeError, match="other versions of framing or its libraries"):
        stream.score_file(source, source.with_name("out.parquet"))


QUOTES = ["“We may go", "“and stay,” he said.", "It rained.", "“A bad “plan", "“may fail.”"]


@pytest.fixture
def scattered() -> pd.DataFrame:
    """Paragraphs in any order, of which many leave a quotation open that the next one ends."""
    rng = np.random.default_rng(3)
    n = 300
    table = pd.DataFrame(
        {"article": rng.choice([*"abcdefg", ""], n), "text": rng.choice(QUOTES, n)}
    )
    table["paragraph"] = table.groupby("article").cumcount()
    table["role"] = rng.choice(["body", "headline", "caption"], n, p=[0.8, 0.1, 0.1])
    return table.sample(frac=1, random_state=1, ignore_index=True)


@pytest.mark.parametrize("size", [1, 7, 64])
def test_rows_of_an_article_may_lie_apart_or_in_several_pieces(
    scattered, tmp_path, monkeypatch, size
):
    """A quotation that one piece leaves open goes on in another."""
    monkeypatch.setattr(stream, "_ROWS", size)
    rows = scattered.head(60 * size)
    rows.to_parquet(tmp_path / "in.parquet", index=False, row_group_size=50)
    out = stream.score_file(tmp_path / "in.parquet", tmp_path / "out.parquet")
    assert_frame_equal(pd.read_parquet(out), fr.score(rows))


def test_a_row_alone_does_not_know_that_a_quotation_goes_on(scattered):
    expected = fr.score(scattered)
    alone = [fr.score(scattered.iloc[[row]])["words_unknown"].sum() for row in range(100)]
    assert sum(alone) > expected["words_unknown"][:90].sum() > 0


@pytest.mark.parametrize("partitions", [1, 7, 40])
def test_so_may_they_in_partitions_of_dask(scattered, partitions):
    frames = pytest.importorskip("dask.dataframe")
    table = frames.from_pandas(scattered, npartitions=partitions)
    scores = fr.score(table).compute(scheduler="synchronous").reset_index(drop=True)
    assert_frame_equal(scores, fr.score(scattered), check_dtype=False)


@pytest.mark.parametrize("missing", [None, float("nan"), pd.NA])
def test_rows_without_an_article_are_texts_of_their_own(scattered, tmp_path, missing):
    """However it is missing, nothing goes on in the next one, and none is told to be there twice."""
    rows = scattered.astype({"article": object})
    alone = rows["article"] == ""
    rows.loc[alone, ["article", "paragraph"]] = [missing, 0]
    rows.to_parquet(tmp_path / "in.parquet", index=False)
    frames = pytest.importorskip("dask.dataframe")
    table = frames.from_pandas(rows, npartitions=3)
    with warnings.catch_warnings():
        warnings.simplefilter("error", UserWarning)
        scores = fr.score(rows)
        file = pd.read_parquet(stream.score_file(tmp_path / "in.parquet", tmp_path / "out.parquet"))
        parts = fr.score(table).compute(scheduler="synchronous").reset_index(drop=True)
    expected = fr.score(scattered).drop(columns=["article", "paragraph"])
    for found in (scores, file, parts):
        assert found["article"].isna().sum() == (scores["article"].isna()).sum() > 20
        assert_frame_equal(found[expected.columns], expected, check_dtype=False)


def test_a_text_of_no_article_is_named_by_its_row():
    table = pd.DataFrame({"article": ["a", pd.NA], "text": ["It rains.", None]})
    with pytest.raises(TypeError, match=r"^row 1: a text must be a str"):
        fr.score(table)


def test_a_row_that_cannot_be_scored_names_itself(scattered, tmp_path, small_pieces):
    """With its number in the file, not in the piece."""
    scattered.loc[217, ["article", "paragraph", "text", "role"]] = ["z", 5, None, "body"]
    scattered.to_parquet(tmp_path / "in.parquet", index=False)
    where = r"row 217 \(article 'z', paragraph 5\): a text must be a str, got "
    with pytest.raises(TypeError, match=where):
        stream.score_file(tmp_path / "in.parquet", tmp_path / "out.parquet")
    frames = pytest.importorskip("dask.dataframe")
    with pytest.raises(TypeError, match=r"article 'z', paragraph 5\): a text must be a str"):
        fr.score(frames.from_pandas(scattered, npartitions=7)).compute(scheduler="synchronous")


def test_a_paragraph_given_twice_is_reported(scattered, tmp_path, small_pieces):
    twice = pd.concat([scattered, scattered[scattered["article"] == "c"].iloc[:3]])
    twice.to_parquet(tmp_path / "in.parquet", index=False)
    with pytest.warns(UserWarning, match="3 rows repeat a paragraph .* of article 'c'"):
        stream.score_file(tmp_path / "in.parquet", tmp_path / "out.parquet")


def test_parts_that_are_damaged_or_in_the_place_of_others_are_made_again(
    source, small_pieces, monkeypatch
):
    out = source.with_name("out.parquet")
    with monkeypatch.context() as patch, pytest.raises(KeyboardInterrupt):
        patch.setattr(
            stream.pq, "ParquetWriter", lambda *_: (_ for _ in ()).throw(KeyboardInterrupt)
        )
        stream.score_file(source, out)
    parts = sorted(out.with_name("out.parquet.parts").glob("*/*.parquet"))
    parts[1].write_bytes(parts[1].read_bytes()[:99])
    assert len(parts) > 3
    swapped = [part.read_bytes() for part in parts[3:1:-1]]
    for part, content in zip(parts[2:4], swapped, strict=True):
        part.write_bytes(content)
    other = pq.read_table(parts[0])  # of another input, put here by hand, and one too many
    mark = other.schema.metadata[stream._PART].decode().partition(" ")[2]
    pq.write_table(other.replace_schema_metadata({stream._PART: f"x {mark}"}), parts[0])
    shutil.copyfile(parts[0], parts[0].with_name("99999.parquet"))
    made = stream.score_file(source, out).read_bytes()
    assert made == stream.score_file(source, source.with_name("whole.parquet")).read_bytes()


def test_types_of_other_columns_are_kept(tmp_path, small_pieces):
    """Also where the first pieces have nothing in them."""
    table = pd.DataFrame(
        {
            "article": [f"{n // 5}" for n in range(100)],
            "paragraph": range(100),
            "text": "Rain may fall.",
            "topic": pd.Series([None] * 99 + ["sea"], dtype=object),
            "kind": pd.Categorical(["a", "b"] * 50),
            "page": pd.Series([None] * 99 + [3], dtype="Int64"),
        }
    )
    table.to_parquet(tmp_path / "in.parquet", index=False)
    out = stream.score_file(tmp_path / "in.parquet", tmp_path / "out.parquet")
    assert_frame_equal(pd.read_parquet(out)[list(table)], pd.read_parquet(tmp_path / "in.parquet"))


def test_the_command_takes_articles_too(tmp_path, strait_scores):
    ran = CliRunner().invoke(main, ["score", str(STRAIT), "-o", str(tmp_path / "scores.parquet")])
    assert ran.exit_code == 0, ran.output
    scores = pd.read_parquet(tmp_path / "scores.parquet")
    assert_frame_equal(scores, strait_scores)
    assert f"{len(fr.read_corpus(STRAIT).paragraphs):,} rows done" in ran.output


def test_paragraphs_without_a_number_are_not_taken_for_articles(tmp_path):
    """Read as articles, they would have other numbers than the table has; whole articles may."""
    source, out = tmp_path / "in.parquet", tmp_path / "out.parquet"
    text = [
        "“We may fail, he said.",
        "“It could be,” she warned, “by May.”",
        "It rained in the town on Monday.",
    ]
    table = pd.DataFrame({"article": ["a", "a", "b"], "text": text})
    table.to_parquet(source)
    ran = CliRunner().invoke(main, ["score", str(source), "-o", str(out)])
    assert ran.exit_code == 1
    assert not out.exists()
    assert "has the article 'a' in several rows, and no column 'paragraph'" in ran.output
    numbered = table.assign(paragraph=table.groupby("article").cumcount())
    for rows in (numbered, table.assign(article=["a", "b", "c"])):
        rows.to_parquet(source)
        ran = CliRunner().invoke(main, ["score", str(source), "-o", str(out)])
        assert ran.exit_code == 0, ran.output
        assert pd.read_parquet(out)["hedge"].tolist() == fr.score(rows)["hedge"].tolist()


@pytest.mark.parametrize("suffix", ["csv", "xlsx", "dta"])
def test_the_command_writes_the_format_of_the_ending(tmp_path, source, suffix):
    out = tmp_path / f"scores.{suffix}"
    ran = CliRunner().invoke(main, ["score", str(source), "-o", str(out)])
    assert ran.exit_code == 0, ran.output
    read = {"csv": pd.read_csv, "xlsx": pd.read_excel, "dta": pd.read_stata}[suffix]
    expected = pd.read_parquet(stream.score_file(source, tmp_path / "scores.parquet"))
    assert np.allclose(read(out)["tone"], expected["tone"], equal_nan=True)
    assert sorted(path.name for path in tmp_path.iterdir() if "scores" in path.name) == sorted(
        [out.name, "scores.parquet"]
    )


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")  # of zipfile
@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no disk that is always full")
@pytest.mark.parametrize("suffix", ["csv", "xlsx", "dta"])
def test_a_full_disk_names_the_file_and_leaves_nothing(tmp_path, source, suffix, monkeypatch):
    """Whatever library writes it; also nothing among the temporary files."""
    out, write = tmp_path / f"o.{suffix}", FORMATS[suffix]
    (tmp_path / "t").mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "t"))
    monkeypatch.setitem(FORMATS, suffix, lambda table, path: write(table, _full(path)))
    before = set(tmp_path.rglob("*"))
    done = CliRunner().invoke(main, ["score", str(source), "-o", str(out)])
    assert done.exit_code == 1, done.output
    assert str(out) in done.stderr.splitlines()[-1]
    assert set(tmp_path.rglob("*")) == before


def _full(path):
    path.symlink_to("/dev/full")
    return path


def test_an_ending_that_cannot_be_written_is_an_error(tmp_path, source):
    ran = CliRunner().invoke(main, ["score", str(source), "-o", str(tmp_path / "scores.doc")])
    assert ran.exit_code == 1
    assert "must be among csv, parquet, xlsx, dta, sav, got 'doc'" in ran.output
    assert not (tmp_path / "scores.doc").exists()


def test_the_source_is_not_written_over(source):
    ran = CliRunner().invoke(main, ["score", str(source), "-o", str(source)])
    assert ran.exit_code == 1
    assert "which would be overwritten" in ran.output


def test_two_runs_into_one_file_do_not_meet(tmp_path):
    """The second one says who writes; afterwards there is no lock left."""
    paragraphs, out = tmp_path / "p.parquet", tmp_path / "new" / "scores.parquet"
    pd.DataFrame({"article": ["a"], "paragraph": [0], "text": ["It may rain."]}).to_parquet(
        paragraphs
    )
    out.parent.mkdir()
    with (
        locked(out.with_name(f".{out.name}.lock"), out),
        pytest.raises(OSError, match=r"scores\.parquet: locked by process"),
    ):
        stream.score_file(paragraphs, out)
    stream.score_file(paragraphs, out)
    assert [file.name for file in out.parent.iterdir()] == [out.name]


def test_the_folder_of_parts_is_named_by_all_that_they_depend_on(source, monkeypatch):
    file = pq.ParquetFile(source)
    schema = file.schema_arrow
    names = [stream._key(source, schema, "a", "b"), stream._key(source, schema, "a", "c")]
    names.append(stream._key(source, schema.remove(0), "a", "b"))
    monkeypatch.setattr(stream, "programs", lambda: "others")
    names.append(stream._key(source, schema, "a", "b"))
    monkeypatch.undo()
    assert stream._key(source, schema, "a", "b") == names[0]
    source.write_bytes(source.read_bytes() + b"\\0")
    names.append(stream._key(source, schema, "a", "b"))
    assert len({*names}) == 5 and {len(name) for name in names} == {32}


@pytest.mark.parametrize(
    ("most", "size", "rows"), [(40, 10**9, 40), (10**6, 8_000, None), (9, 1, 1)]
)
def test_a_piece_has_so_many_rows_or_bytes(source, monkeypatch, most, size, rows):
    """The mean size of a row decides; a row at least."""
    file = pq.ParquetFile(source)
    whole = sum(file.metadata.row_group(k).total_byte_size for k in range(file.num_row_groups))
    monkeypatch.setattr(stream, "_ROWS", most)
    monkeypatch.setattr(stream, "_BYTES", size)
    expected = rows or size * file.metadata.num_rows // whole
    assert 0 < expected == stream._rows(file)
    assert next(stream._batches(file)).num_rows == expected


def test_progress_is_told_in_lines_where_there_is_no_terminal(source, small_pieces, capsys):
    pd.read_parquet(source).head(90).to_parquet(source)
    stream.score_file(source, source.with_name("out.parquet"), progress=True)
    lines = capsys.readouterr().err.splitlines()
    assert lines == [f"{done} of 90 rows done" for done in (40, 80, 90)]
    stream.score_file(source, source.with_name("new") / "folder" / "again.parquet")
    assert capsys.readouterr().err == ""


def test_partitions_with_nullable_numbers_of_paragraphs_are_scored():
    dd = pytest.importorskip("dask.dataframe")
    table = pd.DataFrame({"article": list("aab"), "paragraph": pd.array([0, 1, 0], "Int64")})
    table["text"] = ["Talks may fail.", "It rained.", "War may come."]
    found = fr.score(dd.from_pandas(table, npartitions=2)).compute(scheduler="sync")
    assert found["hedge"].tolist() == fr.score(table)["hedge"].tolist() == [1, 0, 1]


def test_the_command_tells_which_articles_have_no_text(tmp_path):
    table = pd.DataFrame({"article": ["a", "b"], "text": ["The talks may fail on Monday.", None]})
    table.to_parquet(tmp_path / "articles.parquet")
    source, out = tmp_path / "articles.parquet", tmp_path / "scores.parquet"
    ran = CliRunner().invoke(main, ["score", str(source), "-o", str(out)])
    assert ran.exit_code == 0
    assert "1 skipped" in ran.stderr and "no text" in ran.stderr
