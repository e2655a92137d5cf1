"""The short form of the fault test; ``make faults`` is the long one."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.faults.harness import Study, at_every_write, random_kills


@pytest.fixture(scope="module")
def study(tmp_path_factory: pytest.TempPathFactory) -> Study:
    return Study(Path(tmp_path_factory.mktemp("faults")).resolve(), 6)


def test_a_write_that_fails_leaves_nothing_torn_and_nothing_false(study):
    """Some write points, killed, out of space, or with an I/O error; then run again."""
    found = at_every_write(study, step=8)
    assert found["write_points"] > 20
    assert found["torn"] == found["false_done"] == found["differently"] == 0


def test_random_kills_leave_nothing_torn_and_nothing_running(study):
    """Drivers, servers, reports, compilers; then run again."""
    found = random_kills(study, 5, seed=1)
    assert found["kills"] == 5
    assert found["torn"] == found["false_done"] == found["differently"] == 0
    assert found["left_behind"] == 0
