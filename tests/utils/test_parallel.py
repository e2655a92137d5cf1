"""Scores are the same however the work is spread."""

from __future__ import annotations

import gc
import os
import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor

import pandas as pd
import pytest
from pandas.testing import assert_frame_equal

import framing as fr
from framing.lexicon.loading import built_in
from framing.text import chunks as pieces
from framing.utils import parallel
from tests.conftest import ROOT


@pytest.fixture
def short_chunks(monkeypatch):
    monkeypatch.setattr(pieces, "_CHUNK_ROWS", 20)


def test_processes_give_the_same_table_in_the_same_order(strait, strait_scores, short_chunks):
    assert_frame_equal(fr.score(strait.paragraphs, workers=2), strait_scores)


def test_a_lexicon_of_ones_own_reaches_the_processes(strait, short_chunks):
    own = built_in().with_entries("sea", ["strait", "harbour*"])
    alone = fr.score(strait.paragraphs, lexicon=own)
    assert alone["sea"].sum() > 0
    assert_frame_equal(fr.score(strait.paragraphs, lexicon=own, workers=2), alone)


def test_results_keep_their_order_and_few_items_are_taken_ahead():
    """Of a long input no more is read than there is work under way."""
    taken = []

    def items():
        for number in range(50):
            taken.append(number)
            yield number

    results = parallel.spread_out(abs, items(), workers=2)
    assert next(results) == 0
    assert 2 <= len(taken) <= 6
    assert list(results) == list(range(1, 50))


def test_this_process_works_while_the_others_are_busy_and_keeps_the_order():
    """What one slow item holds up is done here, up to a limit, and given after it."""
    here = []

    def slow_first(item):
        if item:
            here.append(threading.current_thread() is threading.main_thread())
        else:
            released.wait(60)
        return item

    def items():
        for number in range(9):
            if number == 4:
                released.set()
            yield number

    released = threading.Event()
    with ThreadPoolExecutor(1) as pool:
        assert list(parallel.in_order(pool, slow_first, items(), ahead=2, here=True)) == [*range(9)]
    assert any(here) and not all(here)


def test_no_workers_are_refused():
    with pytest.raises(ValueError, match="a whole number from 1 on, got 0"):
        fr.score(pd.DataFrame({"text": ["a"]}), workers=0)


def test_a_script_without_a_guard_is_told_what_to_do(tmp_path):
    script = tmp_path / "script.py"
    script.write_text(
        "from framing.utils.parallel import spread_out\nprint(list(spread_out(abs, [1], workers=2)))\n"
    )
    ran = subprocess.run(
        [sys.executable, script],
        capture_output=True,
        text=True,
        timeout=120,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    assert "if __name__ == '__main__':" in ran.stderr.splitlines()[-1]


def test_an_error_in_a_worker_is_the_one_that_is_raised():
    with pytest.raises(TypeError, match="bad operand type"):
        list(parallel.spread_out(abs, ["a"], workers=2))


def test_dask_is_not_imported_for_pandas():
    code = "import sys, framing; print('dask' in sys.modules, 'distributed' in sys.modules)"
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ran.stdout.split() == ["False", "False"]


def test_the_garbage_collector_looks_rarely_for_a_while_only():
    before = gc.get_threshold()
    gc.set_threshold(701, 11, 12)
    try:
        with pytest.raises(ValueError, match="broken"), parallel.collecting_rarely():
            assert gc.get_threshold()[0] > 701
            raise ValueError("broken")
        assert gc.get_threshold() == (701, 11, 12)
    finally:
        gc.set_threshold(*before)
