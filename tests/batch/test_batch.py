"""Many reports: whole or not there, made once, and each failing alone."""

import hashlib
import json
import os
import re
import signal
import subprocess
import sys
import tempfile
import time
from dataclasses import replace
from pathlib import Path

import nbformat
import nbformat.v4 as v4
import pandas as pd
import psutil
import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdf import PdfReader

import framing as fr
from framing.batch import kept, plan, pool
from framing.batch.batch import run_batch
from framing.batch.new_study import new_study
from framing.batch.plan import file_name
from framing.cli import main
from framing.report import record
from framing.report.job import Report
from framing.report.prepare import prepare
from framing.report.processes import Worker
from framing.scoring.study import write_study
from framing.utils.files import locked, sha256, sha256_of_rows
from tests.conftest import ROOT

pytestmark = pytest.mark.usefixtures("kept_servers")
STRAIT = ROOT / "corpora" / "strait"
PARAMETERS = 'kind = "well"\nsize = 1  # of nothing\ntables = ""\n'
CELLS = [
    "import os, sys, time, subprocess",
    "if kind == 'raises': 1 / 0",
    "if kind == 'dies': os.kill(os.getpid(), 9)",
    "if kind == 'leaves': os._exit(0)",
    "if kind == 'exits': sys.exit(0)",
    "if kind == 'hangs': subprocess.Popen(['sleep', '987']); time.sleep(600)",
    "if kind == 'gulps': waste = bytearray(10**10)",
    "if kind == 'daemons': subprocess.Popen(['sleep', '986'], start_new_session=True)",
    "if kind == 'meddles':\n    for handle in range(3, 99):\n        try:\n            "
    'os.write(handle, b\'{"ended": 0}\\n{"pid": 1}\\ntorn\')\n            os.close(handle)\n'
    "        except OSError:\n            pass",
    "if kind == 'forks' and (child := os.fork()):\n    os.waitpid(child, 0)",
    "print('made', kind, size)",
    "os.makedirs(tables); open(tables + '/t.csv', 'w').write(f'{size}\\n');",
]
FAILURES = {
    "raises": ("cell 3", "ZeroDivisionError"),
    "dies": ("cell 4", "died: SIGKILL (the plan limits memory to 0.6 GB)"),
    "leaves": ("cell 5", "died: its process ended itself with status 0"),
    "exits": ("cell 6", "the cells after it did not run"),
    "hangs": ("cell 7", "took longer than the 7 seconds"),
    "gulps": ("cell 8", "MemoryError (the plan limits memory to 0.6 GB)"),
}


@pytest.fixture(autouse=True)
def own_cache(tmp_path_factory, monkeypatch):
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path_factory.mktemp("cache")))


@pytest.fixture
def study(tmp_path):
    """A folder with a notebook that can fail in several ways, and a plan of two reports."""
    cells = [v4.new_code_cell(source) for source in [PARAMETERS, *CELLS]]
    cells[0].metadata["tags"] = ["parameters"]
    nbformat.write(v4.new_notebook(cells=cells), tmp_path / "n.ipynb")
    planned(tmp_path, '[[report]]\nnotebook = "n.ipynb"\neach.size = [1, 2]\n')
    return tmp_path


def planned(folder, text):
    path = folder / "reports.toml"
    path.write_text('output = "out"\ntimeout = 60\nmemory = "600 MB"\n' + text, encoding="utf-8")
    return path


def contents(folder):
    """What every file is made of."""
    files = sorted(file for file in folder.rglob("*") if file.is_file())
    return {str(f.relative_to(folder)): hashlib.sha256(f.read_bytes()).hexdigest() for f in files}


def asleep(seconds):
    """The processes that a cell left behind."""
    wanted = ["sleep", str(seconds)]
    return [p for p in psutil.process_iter(["cmdline"]) if p.info["cmdline"] == wanted]


def test_what_is_up_to_date_is_not_made_again_and_what_changed_is_said(study):
    """Content decides: of the notebook, the parameters, the files that were made."""
    first = run_batch(study / "reports.toml", workers=2)
    assert list(first["outcome"]) == ["done", "done"]
    made = contents(study / "out")
    assert set(run_batch(study / "reports.toml")["outcome"]) == {"up to date"}
    (study / "n.ipynb").touch()
    assert set(run_batch(study / "reports.toml", dry_run=True)["outcome"]) == {"up to date"}
    table = min((study / "out").glob("*-tables/t.csv"))
    table.write_text("other")
    dry = run_batch(study / "reports.toml", dry_run=True)
    assert list(dry["outcome"]) == ["would run", "up to date"]
    assert "t.csv was changed or deleted" in dry["why"].iloc[0]
    assert table.read_text() == "other"
    again = run_batch(study / "reports.toml")
    assert list(again["outcome"]) == ["done", "up to date"]
    assert contents(study / "out") == made
    (study / "n.ipynb").write_text((study / "n.ipynb").read_text().replace("nothing", "it"))
    assert set(run_batch(study / "reports.toml", dry_run=True)["why"]) == {"notebook"}
    planned(study, '[[report]]\nnotebook = "n.ipynb"\neach.size = [1, 2]\nparameters.kind = "so"\n')
    whys = set(run_batch(study / "reports.toml", dry_run=True)["why"])
    assert whys == {"notebook, parameters"}


@pytest.mark.parametrize("kernel", [False, True])
def test_failures_stay_where_they_are(study, kernel):
    """Each is told with its cell, leaves a log and no PDF; the healthy ones are delivered."""
    kinds = [*FAILURES, "well", "daemons", *([] if kernel else ["meddles", "forks"])]
    report = '[[report]]\nnotebook = "n.ipynb"\neach.kind = {}\n'
    kinds.remove("hangs")
    path = planned(study, report.format(["hangs"]) + "timeout = 7\n" + report.format(kinds))
    found = run_batch(path, workers=2, kernel=kernel)
    for kind, row in zip(["hangs", *kinds], found.itertuples(), strict=True):
        pdf, log = study / "out" / f"{row.report}.pdf", study / "out" / f"{row.report}.failed.log"
        if kind in FAILURES:
            assert (row.outcome, pdf.exists()) == ("failed", False), kind
            cell, says = FAILURES[kind]
            assert cell in row.error, (kind, row.error)
            if not (kernel and kind in ("dies", "leaves", "exits")):  # there the kernel has died
                assert says in row.error, (kind, row.error)
            assert log.exists(), kind
        else:
            assert (row.outcome, pdf.exists(), log.exists()) == ("done", True, False), kind
    assert not asleep(987)
    assert not asleep(986)
    assert not list((study / "out").glob(".*"))


def test_limits_of_any_size_are_limits(study):
    """No limit that is too large for the system fails a report; a small one ends it."""
    report = '[[report]]\nnotebook = "n.ipynb"\nname = "{}"\ntimeout = {}\nmemory = "{}"\n'
    limits = [("a", "1e300", "999999999 GB"), ("b", "inf", "9 GB"), ("c", "1e-9", "1 GB")]
    (study / "reports.toml").write_text("".join(report.format(*limit) for limit in limits))
    found = run_batch(study / "reports.toml")
    assert found["outcome"].tolist() == ["done", "done", "failed"], found["error"].tolist()
    assert "took longer than the 1e-09 seconds" in found["error"][2]


def test_a_report_is_done_only_with_its_pdf(study, monkeypatch):
    """Whatever its process says, or if it ends in silence: the record and its files decide."""
    monkeypatch.setattr(Worker, "run", lambda *_, **__: "died: its process ended itself")
    found = run_batch(study / "reports.toml", only="*1*")
    assert list(found["outcome"]) == ["failed"]
    assert "ended itself" in found["error"][0]


DAMAGED = [
    b"",
    b"{}",
    b"[1, null]",
    b"[" * 99_999,
    bytes(range(256)),
    b'{"framing": "0", "outputs": 3}',
]


@pytest.mark.parametrize("content", [*DAMAGED, None], ids=range(len(DAMAGED) + 1))
def test_a_file_in_the_way_of_one_report_costs_no_other(study, content):
    """It may be somebody's, and stays as it is; a dry run says what the run does."""
    run_batch(study / "reports.toml")
    record, other = sorted((study / "out").glob("*.json"))
    other.with_suffix(".pdf").unlink()
    record.unlink()
    record.mkdir() if content is None else record.write_bytes(content)
    dry = run_batch(study / "reports.toml", dry_run=True)
    found = run_batch(study / "reports.toml")
    assert dry["outcome"].tolist() == ["would fail", "would run"]
    assert found["outcome"].tolist() == ["failed", "done"]
    assert found["error"][0].startswith(f"{record} is not the record of a report")
    assert found["error"].tolist() == dry["error"].tolist()
    assert other.with_suffix(".pdf").exists()
    assert record.is_dir() if content is None else record.read_bytes() == content


def test_nothing_of_a_report_is_replaced_if_a_part_of_it_cannot_be(study):
    """A folder has the name of its table: the former report stays whole."""
    run_batch(study / "reports.toml", only="*1*")
    table = next((study / "out").glob("*-tables/t.csv"))
    table.unlink()
    (table / "mine").mkdir(parents=True)
    before = contents(study / "out")
    found = run_batch(study / "reports.toml", only="*1*")
    assert "t.csv is a folder, or read by the report" in found["error"][0]
    assert before.items() <= contents(study / "out").items()


def test_a_full_disk_is_named(study):
    """The error of the system says no space, and not where."""
    cells = nbformat.read(study / "n.ipynb", 4)
    cells.cells[1].source = "import os; raise OSError(28, os.strerror(28))"
    nbformat.write(cells, study / "n.ipynb")
    found = run_batch(study / "reports.toml", only="*1*")
    assert f"(the disk of {study / 'out'} or of " in found["error"][0]


def test_both_ways_of_running_give_the_same_bytes(tmp_path):
    """Figures, tables, prints, warnings, widgets of text: process and kernel show the same."""
    cells = [
        "import framing as fr, pandas as pd, matplotlib.pyplot as plt, sys, warnings",
        "print('a'); print('b', file=sys.stderr); print('c')\nplt.plot([1, 2]); plt.title('t')",
        "fr.use_style(); plt.figure(); plt.plot([2, 1]); plt.show(); print('after')",
        "from IPython.display import display, HTML, clear_output, Markdown\nprint('gone'); "
        "clear_output(); h = display(Markdown('*x*'), display_id=True); h.update(Markdown('**y**'))",
        "warnings.warn('careful'); pd.DataFrame({'x': range(99)})",
        "{'set': {1, 2}}, [i for i in range(200)]",
        "pd.DataFrame({'x': [.1]}).style.background_gradient()",
        "import asyncio\nawait asyncio.sleep(0)\nget_ipython().__class__.__name__.endswith('Shell')",
        "%%html\n<b>bold</b>",
        "1;",
        "_ is None, Out[6] is not None",
    ]
    made = v4.new_notebook(cells=[v4.new_code_cell(cell) for cell in cells])
    nbformat.write(made, tmp_path / "n.ipynb")
    options = {"keep_notebook": True, "html": True}
    one = fr.render(tmp_path / "n.ipynb", tmp_path / "one.pdf", **options)
    two = fr.render(tmp_path / "n.ipynb", tmp_path / "two.pdf", kernel=True, **options)
    shown = [nbformat.read(path.with_suffix(".ipynb"), 4) for path in (one, two)]
    for ours, kernels in zip(*(notebook.cells for notebook in shown), strict=True):
        shows, wanted = (  # a report shows nothing of standard error
            [output for output in cell.get("outputs", []) if output.get("name") != "stderr"]
            for cell in (ours, kernels)
        )
        numbers = re.compile(r"T_[0-9a-f]{5}|0x[0-9a-f]+")  # drawn by chance
        assert numbers.sub("", json.dumps(shows)) == numbers.sub("", json.dumps(wanted))
        assert ours.execution_count == kernels.execution_count
    assert one.read_bytes() == two.read_bytes()
    assert one.with_suffix(".html").read_bytes() == two.with_suffix(".html").read_bytes()


def test_the_second_batch_in_a_folder_is_locked_out(study):
    """It says by whom, and makes nothing."""
    (study / "out").mkdir()
    with locked(study / "out" / ".framing.lock"):
        done = CliRunner().invoke(main, ["batch", str(study / "reports.toml")])
    assert done.exit_code == 1
    assert f"locked by process {os.getpid()} on " in done.stderr
    assert not list((study / "out").glob("*.pdf"))


def test_a_folder_that_cannot_be_written_is_told_before_anything_runs(study):
    """A file stands where the folder should be."""
    (study / "out").write_text("")
    with pytest.raises(OSError, match="out: cannot be written to"):
        run_batch(study / "reports.toml")


def test_killed_and_run_again_ends_as_if_never_killed(study):
    """SIGKILL to the driver: nothing goes on, nothing torn has a final name, the rest is made."""
    text = '[[report]]\nnotebook = "n.ipynb"\neach.size = [1, 2, 3, 4]\n'
    path = planned(study, text)
    run_batch(path, workers=2)
    whole = contents(study / "out")
    (study / "out").rename(study / "whole")
    driver = subprocess.Popen(
        [sys.executable, "-m", "framing", "batch", str(path), "--workers", "1"],
        cwd=Path(fr.__file__).parent.parent,
        stderr=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
    )
    while not list((study / "out").glob("*.json")):
        time.sleep(0.02)
    below = psutil.Process(driver.pid).children(recursive=True)
    driver.send_signal(signal.SIGKILL)
    driver.wait()
    assert not psutil.wait_procs(below, timeout=5)[1]
    found = contents(study / "out")
    finals = {name for name in found if not name.startswith(".")}
    assert finals < set(whole)
    assert all(found[name] == whole[name] for name in finals)
    again = run_batch(path, workers=2)
    assert set(again["outcome"]) == {"done", "up to date"}
    assert contents(study / "out") == whole


def test_the_list_of_reports_is_made_up_for_after_a_kill(study):
    """A batch that is killed after its last report leaves the list of the batch before."""
    run_batch(study / "reports.toml", workers=2)
    page = study / "out" / "_index.html"
    whole = page.read_text()
    assert whole.count("<a href") == 2
    assert "their tests together are the family" in whole
    page.write_text("of the batch before")
    os.utime(page, ns=(0, 0))
    assert set(run_batch(study / "reports.toml")["outcome"]) == {"up to date"}
    assert page.read_text() == whole
    made = page.stat().st_mtime_ns
    run_batch(study / "reports.toml")
    assert page.stat().st_mtime_ns == made
    page.unlink()
    run_batch(study / "reports.toml")
    assert page.read_text() == whole


def test_the_list_has_the_parameters_of_the_report_that_is_there(study):
    """A report that fails after a change of the plan leaves the one before, made otherwise."""
    plan = study / "reports.toml"
    plan.write_text('output = "out"\n[[report]]\nnotebook = "n.ipynb"\nparameters.size = 7\n')
    run_batch(plan)
    plan.write_text(plan.read_text().replace("size = 7", 'size = 8\nparameters.kind = "raises"'))
    assert run_batch(plan)["outcome"].tolist() == ["failed"]
    assert "<td>size: 7; kind: well</td>" in (study / "out" / "_index.html").read_text()


def test_nothing_outlives_a_killed_batch(study):
    """Not a report that is in compiled code, which sees no signal, nor a program it detached."""
    cells = nbformat.read(study / "n.ipynb", 4)
    cells.cells[1].source = (
        "import re, subprocess\nsubprocess.Popen(['sleep', '983'], start_new_session=True)\n"
        "open('up', 'w').close()\nre.match('(a+)+$', 'a' * 60 + 'b')"
    )
    nbformat.write(cells, study / "n.ipynb")
    command = [sys.executable, "-m", "framing", "batch", "reports.toml", "--only", "*1*"]
    path = os.environ | {"PYTHONPATH": str(ROOT)}
    driver = subprocess.Popen(command, cwd=study, env=path, stderr=subprocess.DEVNULL)
    while not (study / "up").exists() or not asleep(983):  # a program has its name a little later
        time.sleep(0.02)
    below = psutil.Process(driver.pid).children(recursive=True)
    assert len(below) == 3
    driver.kill()
    driver.wait()
    assert not psutil.wait_procs(below, timeout=10)[1]
    assert not asleep(983)


def test_the_record_says_what_a_report_was_made_of(study):
    """Hashes, parameters, versions, and a command that makes the same bytes."""
    run_batch(study / "reports.toml", only="*1*")
    out = next((study / "out").glob("*.pdf"))
    record = json.loads(out.with_suffix(".json").read_text())
    notebook = (study / "n.ipynb").read_bytes()
    assert record["notebook"]["sha256"] == hashlib.sha256(notebook).hexdigest()
    assert record["parameters"] == {"kind": "well", "size": 1}
    assert record["outputs"][out.name] == hashlib.sha256(out.read_bytes()).hexdigest()
    assert record["versions"]["vaderSentiment"] == "3.3.2"
    words = record["command"].replace(out.name, "again.pdf").split()
    subprocess.run([sys.executable, "-m", "framing", *words[1:]], cwd=out.parent, check=True,
                   env=os.environ | {"PYTHONPATH": str(Path(fr.__file__).parent.parent)})  # fmt: skip
    assert (out.parent / "again.pdf").read_bytes() == out.read_bytes()


def test_the_command_of_a_record_names_the_fonts(tmp_path):
    """Without them, the report made again would have other glyphs."""
    out = tmp_path / "out" / "n.pdf"
    report = Report(tmp_path / "n.ipynb", out, fonts=tmp_path / "my fonts")
    assert "--fonts '../my fonts'" in record.command(report, {})


def test_an_installed_package_has_its_lock_file(tmp_path, monkeypatch):
    """There is no checkout beside it."""
    (tmp_path / "framing").mkdir()
    (tmp_path / "framing" / "constraints.txt").write_text("numpy==1\n")
    monkeypatch.setattr(record, "PACKAGE", tmp_path / "framing")
    lock = record.versions.__wrapped__()["lock file"]
    assert lock == hashlib.sha256(b"numpy==1\n").hexdigest()


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("[[report]]\nnotbook = 'n.ipynb'", "report 1: unknown key 'notbook': did you mean 'not"),
        ("[[report]]\nnotebook = 'm.ipynb'", "report 1: m.ipynb: no such notebook"),
        ("[[report]]\nnotebook = 'n.ipynb'\nparameters.siz = 1", "'siz': did you mean 'size'"),
        (
            "[[report]]\nnotebook = 'n.ipynb'\nparameters.size = 'x'",
            "'size' must be a whole number",
        ),
        ("[[report]]\nnotebook = 'n.ipynb'\n[report.parameters]\n'x=1;y' = 1", "no parameter 'x=1"),
        ("[[report]]\nnotebook = 'n.ipynb'\neach.size = 'al'", 'must be "all" or a list'),
        ("[[report]]\nnotebook = 'n.ipynb'\neach.size = 'all'", "needs a corpus"),
        ("[[report]]\nnotebook = 'n.ipynb'\npaper = 'a5'", "paper must be one of a4"),
        ("[[report]]\nnotebook = 'n.ipynb'\nhtml = 'no'", "html must be"),
        ("[[report]]\nnotebook = 'n.ipynb'\nmemory = '2'", "memory must be at least"),
        ("[[report]]\nnotebook = 'n.ipynb'\nmemory = '299 MB'", 'must be at least "300 MB", in MB'),
        ("[[report]]\nnotebook = 'n.ipynb'\nmemory = '0.0000001 MB'", "memory must be at least"),
        ("[[report]]\nnotebook = 'n.ipynb'\nmemory = '9e99 GB'", "memory must be at least"),
        ("corpus = ''\n[[report]]\nnotebook = 'n.ipynb'", "corpus names no file or folder, got ''"),
        ("[[report]]\nnotebook = 'n.ipynb'\ncorpus = ' '", "report 1: corpus names no file"),
        ("[[report]]\nnotebook = 'n.ipynb'\ntimeout = nan", "timeout must be more than 0"),
        ("[[report]]\nnotebook = 'n.ipynb'\ncorpus = 'no'", "n.ipynb has no parameter 'corpus'"),
        ("[[report]]\nnotebook = 'n.ipynb'\n[[report]]\nnotebook = 'n.ipynb'", "two reports have"),
        ("lexicon = 'l.csv'\n[[report]]\nnotebook = 'n.ipynb'", "or write parameters.lexicon"),
        ("report = [1]", "report 1: must be a table that starts with [[report]], got 1"),
        ("[report]\nnotebook = 'n.ipynb'", "report must be [[report]], got"),
        ("[[report]]\nnotebook = 'n.ipynb'\nmemory = '0 GB'", "memory must be at least"),
        ("[[report]]\nnotebook = 'n.ipynb'\ntimeout = -1", "timeout must be more than 0"),
        ("[[report]]\nnotebook = 'n.ipynb'\ntimeout = true", "timeout must be a number, got True"),
        ("", "no reports; add"),
        ("x = ", "not TOML"),
        ('corpus = "data\\strait"', "(at line 4, column 17); write paths with /"),
    ],
)
def test_mistakes_in_a_plan_are_told_before_anything_runs(study, text, says):
    """Where, what came, and what would be right."""
    with pytest.raises((ValueError, FileNotFoundError)) as caught:
        run_batch(planned(study, text))
    assert says in str(caught.value)
    assert not (study / "out").exists()


def test_all_is_what_the_articles_have(tmp_path):
    """each.outlet = "all": one report an outlet, hostile names too, each in the folder."""
    names = ["../../x", "<script>", "CON", "Вісник", "x" * 300, "a", "A", "NA"]
    rows = [{"outlet": name, "text": f"Talks may fail, said {i}."} for i, name in enumerate(names)]
    (tmp_path / "c.jsonl").write_text("\n".join(map(json.dumps, rows)))
    first = v4.new_code_cell('corpus = ""\noutlets = []')
    first.metadata["tags"] = ["parameters"]
    body = "import framing as fr\nlen(fr.read_corpus(corpus).only(outlets=outlets).articles)"
    made = v4.new_notebook(cells=[first, v4.new_code_cell(body)])
    nbformat.write(made, tmp_path / "n.ipynb")
    path = planned(tmp_path, 'corpus="c.jsonl"\n[[report]]\nnotebook="n.ipynb"\neach.outlet="all"')
    found = run_batch(path, workers=2)
    assert set(found["outcome"]) == {"done"}
    assert len(found) == len(names)
    records = [json.loads(f.read_text()) for f in (tmp_path / "out").glob("*.json")]
    assert sorted(r["parameters"]["outlets"][0] for r in records) == sorted(names)
    assert {p.name for p in tmp_path.iterdir()} == {"out", "c.jsonl", "n.ipynb", "reports.toml"}


def test_every_event_can_have_a_report(tmp_path):
    """each.event = "all" sets `events` of the notebooks that compare outlets; one of them runs."""
    text = '[[report]]\nnotebook = "{}"\ntimeout = 600\neach.event = "all"\n'
    reports = "".join(map(text.format, ["outlets", "headlines"]))
    path = planned(tmp_path, f"corpus = {str(STRAIT)!r}\n" + reports)
    dry = run_batch(path, dry_run=True)
    events = fr.read_corpus(STRAIT).articles["event"].unique()
    assert len(dry) == 2 * len(events) == 24
    found = run_batch(path, only="outlets-leak-*")
    assert list(found["outcome"]) == ["done"]
    out = next((tmp_path / "out").glob("*.pdf"))
    assert json.loads(out.with_suffix(".json").read_text())["parameters"]["events"] == ["leak"]
    scores = pd.read_csv(out.with_name(f"{out.stem}-tables") / "scores.csv")
    assert set(scores["event"]) == {"leak"}


def test_any_column_chooses_the_articles_of_a_report(tmp_path):
    """A value that is not there is told before anything is made."""
    text = f"""corpus = {str(STRAIT)!r}
    [[report]]
    notebook = "portrait"
    each.where = ["event=leak", "event=lek"]
    """
    found = run_batch(planned(tmp_path, text)).set_index("outcome")
    assert "no event 'lek'; the nearest: 'leak'" in found["error"]["failed"]
    out = next((tmp_path / "out").glob("*.pdf"))
    assert json.loads(out.with_suffix(".json").read_text())["parameters"]["where"] == ["event=leak"]
    scores = pd.read_csv(out.with_name(f"{out.stem}-tables") / "scores.csv")
    assert set(scores["event"]) == {"leak"}


def test_a_report_says_what_it_is_made_of(tmp_path):
    """The hashes of its record stand in its box of methods and in its metadata."""
    out = fr.render("article", tmp_path / "o.pdf", corpus=STRAIT)
    record = json.loads(out.with_suffix(".json").read_text())
    pdf = PdfReader(out)
    text = "".join("".join(page.extract_text() for page in pdf.pages).split()).replace("\u200b", "")
    assert record["corpus"]["corpus"] == sha256(STRAIT)
    assert record["lexicon"]["sha256"] == fr.load_lexicon().hash
    for line in (
        f"corpus {record['corpus rows']}",
        f"notebook {record['notebook']['sha256']}",
        f"lexicon {record['lexicon']['sha256']}",
        f"lock file {record['versions']['lock file']}",
    ):
        assert line in pdf.metadata.subject
        assert line.split()[-1] in text


def test_rows_have_one_hash_in_any_order(tmp_path):
    """A file with other rows, or one of them twice, has another."""
    hashes = []
    for rows in ("a\nb\n", "b\r\na", "a\na\nb\n", "a\nc\n"):
        (tmp_path / "f").write_text(rows, newline="")
        hashes.append(sha256_of_rows(tmp_path / "f"))
    assert hashes[0] == hashes[1]
    assert len(set(hashes)) == 3


def test_a_cluster_makes_the_same_bytes(study):
    """Workers of Dask that see the same files; what fails there is told, with its log, here."""
    distributed = pytest.importorskip("distributed")
    kinds = '[[report]]\nnotebook = "n.ipynb"\neach.kind = ["well", "fine", "raises"]\n'
    path = planned(study, kinds)
    run_batch(path, workers=2)
    local = contents(study / "out")
    (study / "out").rename(study / "here")
    with distributed.LocalCluster(
        n_workers=2, threads_per_worker=1, processes=True, dashboard_address=None
    ) as cluster:
        found = run_batch(path, dask=cluster.scheduler_address)
    assert list(found["outcome"]) == ["done", "done", "failed"]
    assert "ZeroDivisionError" in found["error"].iloc[2]
    remote = contents(study / "out")
    assert set(remote) == set(local)
    made = [name for name in local if not name.startswith("n-raises")]  # that tells times
    assert len(made) == 7
    assert all(remote[name] == local[name] for name in made)


def test_a_worker_with_other_versions_makes_nothing(study):
    """Its record would not be true."""
    job = prepare(Report(study / "n.ipynb", study / "o.pdf"))
    job = replace(job, record={"versions": {"pandas": "0.1", "framing code": "x"}})
    with pytest.raises(RuntimeError, match=r"the worker on .* has Python .*, not none; .*pandas"):
        pool._make_there(job)


def test_the_command_puts_back_what_sigterm_did(study):
    """Somebody who calls it from a program of their own keeps their handler."""
    before = signal.getsignal(signal.SIGTERM)
    done = CliRunner().invoke(main, ["batch", str(study / "reports.toml"), "--dry-run"])
    assert done.exit_code == 0
    assert signal.getsignal(signal.SIGTERM) is before


@settings(max_examples=200)
@given(st.lists(st.text(), min_size=2, max_size=2, unique=True))
def test_names_are_safe_and_differ_where_values_differ(values):
    """Also on file systems that know no case: letters a–z, digits, dashes, never too long."""
    names = [file_name("outlets", [("outlet", value)]) for value in values]
    assert names[0] != names[1]
    for name in names:
        assert plan._PLAIN.fullmatch(name[:60])
        assert len(name) < 80


def test_a_batch_reads_and_scores_a_corpus_once(tmp_path, monkeypatch):
    """Reports get its study folder, with the same bytes as alone; they name the user's corpus."""
    asked = []
    monkeypatch.setattr(
        "framing.scoring.study.write_study",
        lambda *args, **options: asked.append(args) or write_study(*args, **options),
    )
    first = tmp_path / "first"
    first.mkdir()
    text = (
        f"corpus = {str(STRAIT)!r}\nkeep_notebook = true\n[[report]]\n"
        'notebook = "article"\neach.article = ["meridian-wire/2031-04-22-leak", '
        '"standard-review/2031-04-22-leak"]\n'
    )
    path = planned(first, text)
    found = run_batch(path, cache=tmp_path / "cache")
    assert list(found["outcome"]) == ["done", "done"], list(found["error"])
    assert len(asked) == 1
    run_batch(path, dry_run=True, cache=tmp_path / "cache")
    out = min((first / "out").glob("*.pdf"))
    notebook = out.with_suffix(".ipynb").read_text()
    assert f'corpus = \\"{STRAIT}\\"' in notebook
    assert str(asked[0][1].parent) in notebook
    record = json.loads(out.with_suffix(".json").read_text())
    assert str(tmp_path / "cache") not in json.dumps(record)
    alone = fr.render("article", tmp_path / "alone.pdf", corpus=STRAIT,
                      parameters={"article": record["parameters"]["article"]})  # fmt: skip
    assert alone.read_bytes() == out.read_bytes()
    tables = contents(alone.with_name("alone-tables"))
    assert tables == contents(out.with_name(f"{out.stem}-tables"))


def test_old_studies_are_deleted_and_nothing_else(tmp_path):
    studies = tmp_path / "studies"
    (studies / "old").mkdir(parents=True)
    (studies / "new").mkdir()
    (tmp_path / "mine").mkdir()
    month = time.time() - 31 * 24 * 3600
    for folder in (studies / "old", tmp_path / "mine"):
        os.utime(folder, (month, month))
    kept.forget_old(tmp_path)
    assert {p.name for p in (*tmp_path.iterdir(), *studies.iterdir())} == {"mine", "studies", "new"}


def test_a_report_without_tables(study):
    """``tables = ""`` in a plan saves none; another folder would be written to by every report."""
    path = planned(study, '[[report]]\nnotebook = "n.ipynb"\nparameters.tables = ""\n')
    cells = nbformat.read(study / "n.ipynb", 4)
    cells.cells[-1].source = "assert tables == ''"
    nbformat.write(cells, study / "n.ipynb")
    assert list(run_batch(path)["outcome"]) == ["done"]
    assert {p.name for p in (study / "out").iterdir()} == {"n.pdf", "n.json", "_index.html"}
    path = planned(study, '[[report]]\nnotebook = "n.ipynb"\nparameters.tables = "t"\n')
    with pytest.raises(ValueError, match=r'parameters\.tables must be ""'):
        run_batch(path)


def test_a_new_study_has_a_plan_that_holds(tmp_path):
    """Every report of its plan is found, with its parameters; a full folder is refused."""
    folder = new_study(tmp_path / "mine")
    dry = run_batch(folder / "reports.toml", dry_run=True)
    assert len(dry) == 3
    assert set(dry["outcome"]) == {"would run"}
    with pytest.raises(FileExistsError, match="is not empty"):
        new_study(folder)


NAMES = """
[[report]]
notebook = "outlets"
each.outlets = [["Daily Clarion", "Meridian Wire"], ["Daily Clarion", "Meridan Wire"]]
[[report]]
notebook = "outlets"
name = "measures"
each.measures = [["hedge"], ["hegde"]]
[[report]]
notebook = "portrait"
each.outlet = ["Clarion Daily"]
[[report]]
notebook = "timeline"
each.recipes = [["fears"]]
each.event = ["no-such"]
[[report]]
notebook = "article"
parameters.article = ""
[[report]]
notebook = "mine/outlets.ipynb"
name = "own"
parameters.outlets = ["Nobody"]
"""


def test_a_dry_run_tells_names_that_are_not_there_as_the_run_does(tmp_path, monkeypatch):
    """Each corpus is read once. What a notebook of one's own does with a name is not known."""
    asked: list[Path] = []
    monkeypatch.setattr(
        "framing.scoring.study.write_study",
        lambda corpus, folder, **how: asked.append(corpus) or write_study(corpus, folder, **how),
    )
    (tmp_path / "mine").mkdir()
    own = nbformat.read(ROOT / "notebooks" / "outlets.ipynb", 4)
    own.cells.append(v4.new_code_cell("1"))
    nbformat.write(own, tmp_path / "mine" / "outlets.ipynb")
    path = planned(tmp_path, f"corpus = {str(STRAIT)!r}\n{NAMES}")
    dry = run_batch(path, dry_run=True, cache=tmp_path / "cache").set_index("report")
    assert len(asked) == 1
    fails = dry[dry["outcome"] == "would fail"]
    assert len(dry) == 8 and set(dry["outcome"][dry["error"] == ""]) == {"would run"}
    assert [re.split("[;:]", error)[0] for error in fails["error"]] == [
        "no outlet 'Meridan Wire'", "no measure 'hegde'", "no outlet 'Clarion Daily'",
        "no recipe 'fears'", "74 articles",
    ]  # fmt: skip
    ran = run_batch(path, only="measures*", cache=tmp_path / "cache").set_index("report")
    failed = ran[ran["outcome"] == "failed"]
    assert len(failed) == 1 and len(asked) == 1
    told = [error.split("\n")[0] for error in failed["error"]]
    assert told == list(fails["error"].loc[failed.index])
    command = ["batch", str(path), "--dry-run", "--cache", str(tmp_path / "cache")]
    done = CliRunner().invoke(main, [*command, "--only", "portrait*"])
    assert done.exit_code == 1 and "no outlet 'Clarion Daily'; the nearest" in done.stdout


def test_a_dry_run_tells_columns_and_events_that_are_not_there(tmp_path):
    """Events may be numbers; one that another outlet wrote on is there, not in this one."""
    rows = [{"outlet": o, "event": e, "text": f"War may come to {o}."} for o, e in ("A7", "B8")]
    (tmp_path / "c.jsonl").write_text("\n".join(map(json.dumps, rows)))
    text = (
        'corpus = "c.jsonl"\n[[report]]\nnotebook = "outlets"\neach.event = [7]\n'
        'each.by = ["outlet", "outlett"]\n[[report]]\nnotebook = "portrait"\n'
        'parameters.outlet = "A"\nparameters.events = ["8"]\n'
    )
    dry = run_batch(planned(tmp_path, text), dry_run=True, cache=tmp_path / "cache")
    assert dry["outcome"].tolist() == ["would run", "would fail", "would fail"]
    assert "articles have no column 'outlett' to compare by" in dry["error"][1]
    assert dry["error"][2] == "no event '8' in outlet 'A'; the nearest: '7'"


def test_a_batch_that_is_stopped_has_an_index_of_what_is_done(study, monkeypatch):
    path = planned(study, '[[report]]\nnotebook = "n.ipynb"\neach.size = [1, 2]\n')

    def stopped(workers, jobs):
        yield next(made(workers, jobs[:1]))
        raise KeyboardInterrupt

    made = pool.made
    monkeypatch.setattr(pool, "made", stopped)
    done = CliRunner().invoke(main, ["batch", str(path)])
    assert done.exit_code == 1 and "Stopped. Reports that are done stay" in done.stderr
    assert "n-1-" in (study / "out" / "_index.html").read_text("utf-8")


def test_a_dry_run_tells_a_recipe_for_another_language(tmp_path):
    """Of the articles that are chosen; English ones beside them have no such error."""
    german = [
        "Die Minister hatten schon am Sonntag vor dem Streit gewarnt, der die Stadt trifft.",
        "Niemand rechnet noch mit einer Einigung, bevor der lange Winter in das Land kommt.",
    ]
    rows = [{"outlet": "Z", "text": text} for text in german]
    rows += [{"outlet": "A", "text": f"The ministers may fear {n} long strikes."} for n in range(3)]
    (tmp_path / "c.jsonl").write_text("\n".join(map(json.dumps, rows)))
    (tmp_path / "l.csv").write_text("category,entry\nangst,*warn*\n")
    text = (
        'corpus = "c.jsonl"\nparameters.language = "any"\nparameters.lexicon = "l.csv"\n'
        '[[report]]\nnotebook = "portrait"\neach.outlet = ["A", "Z"]\nlanguages = ["any"]\n'
        'parameters.recipes = ["fear"]\n'
    )
    path = planned(tmp_path, text)
    dry = run_batch(path, dry_run=True, cache=tmp_path / "cache")
    assert dry["outcome"].tolist() == ["would run", "would fail"], dry["error"].tolist()
    assert "2 of 2 paragraphs are in de, and the recipe fear is for 'en'" in dry["error"][1]
    found = run_batch(path, only="*-z-*", cache=tmp_path / "cache")
    assert found["error"][0].split("\n")[0] == dry["error"][1]


def test_the_command_tells_outcomes_and_fails_if_one_did(study):
    """The cell and the error in two lines, the counts at the end, the status 1."""
    path = planned(study, '[[report]]\nnotebook = "n.ipynb"\neach.kind = ["well", "raises"]\n')
    done = CliRunner().invoke(main, ["batch", str(path), "--workers", "2"])
    assert done.exit_code == 1, done.output
    lines = done.stdout.splitlines()
    assert lines[-1] == "1 done, 1 failed"
    place = next(i for i, line in enumerate(lines) if line.startswith("failed"))
    assert lines[place + 1].strip() == "ZeroDivisionError: division by zero"
    assert "cell 3: if kind == 'raises': 1 / 0" in lines[place + 2]
    assert done.stderr.count(" of 2: ") == 2
    fine = CliRunner().invoke(main, ["batch", str(path), "--only", "n-well*", "--dry-run"])
    assert (fine.exit_code, fine.stdout.splitlines()[-1]) == (0, "1 up to date")


HOSTILE = (
    '<script>alert(1)</script><img src=x onerror="alert(1)"><a href="javascript:alert(1)">x</a>'
)


def test_a_web_page_runs_and_loads_nothing(tmp_path):
    """Scripts, handlers and addresses outside are gone from HTML; printed text is text."""
    cells = [
        v4.new_markdown_cell("# A " + HOSTILE),
        v4.new_code_cell(f"from IPython.display import HTML; HTML({HOSTILE!r})"),
        v4.new_code_cell(f"print({HOSTILE!r})"),
        v4.new_code_cell("import matplotlib.pyplot as plt; plt.plot([1]);"),
    ]
    nbformat.write(v4.new_notebook(cells=cells), tmp_path / "n.ipynb")
    page = fr.render(tmp_path / "n.ipynb", tmp_path / "o.pdf", html=True).with_suffix(".html")
    from bs4 import BeautifulSoup

    soup = BeautifulSoup(page.read_text(), "html.parser")
    assert not soup.find_all("script")
    assert not [tag for tag in soup.find_all(True) if "onerror" in tag.attrs]
    assert not soup.find_all("a", href=True)
    assert all(image.get("src", "data:").startswith("data:") for image in soup.find_all("img"))
    assert soup.find("img", src=True)
    assert HOSTILE in soup.find("pre").get_text()
    assert "default-src 'none'" in soup.find("meta", {"http-equiv": True})["content"]


def test_nothing_stays_in_the_temporary_folder_of_a_server_that_is_killed(tmp_path, monkeypatch):
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.setattr(tempfile, "tempdir", None)
    worker = Worker()
    worker.start()
    while not any(tmp_path.glob("framing-*")):
        time.sleep(0.05)
    worker._server.kill()
    worker.close()
    assert not any(tmp_path.iterdir())
