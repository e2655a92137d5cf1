"""A Dask DataFrame gets the scores of a pandas one."""

from __future__ import annotations

from contextlib import nullcontext

import pandas as pd
import pytest
from pandas.testing import assert_frame_equal

import framing as fr
from framing.lexicon.loading import built_in
from framing.scoring import large_files
from tests.corpus.test_language import in_languages


@pytest.mark.parametrize(
    ("codes", "refused"),
    [(["en"] * 90 + ["de"] * 10, False), (["en"] * 40 + ["de"] * 40, True), (["de"] * 90, True),
     ([""] * 50 + ["en"] * 30 + ["fr"] * 2, False)],
)  # fmt: skip
@pytest.mark.filterwarnings("ignore:Not English")
def test_partitions_and_pieces_are_refused_as_the_table_is(codes, refused, tmp_path, monkeypatch):
    """Each decided for itself: a table that was scored was refused, and the other way round."""
    frames = pytest.importorskip("dask.dataframe")
    monkeypatch.setattr(large_files, "_ROWS", 10)
    table = in_languages(*codes)
    table.to_parquet(tmp_path / "in.parquet")
    for scored in (
        lambda: fr.score(table),
        lambda: fr.score(frames.from_pandas(table, npartitions=8)).compute(scheduler="synchronous"),
        lambda: large_files.score_file(tmp_path / "in.parquet", tmp_path / "out.parquet"),
    ):
        with pytest.raises(ValueError, match="paragraphs are in") if refused else nullcontext():
            scored()


class TestDask:
    """Every scheduler gives the numbers that pandas gives."""

    @pytest.fixture
    def partitions(self, strait):
        frames = pytest.importorskip("dask.dataframe")
        return frames.from_pandas(strait.paragraphs, npartitions=5)

    @pytest.mark.parametrize("scheduler", ["threads", "processes", "synchronous"])
    def test_local_schedulers(self, partitions, strait_scores, scheduler):
        scores = fr.score(partitions).compute(scheduler=scheduler)
        assert_frame_equal(scores.reset_index(drop=True), strait_scores, check_dtype=False)

    def test_what_is_promised_is_what_comes(self, partitions):
        """Names and types are known before anything is computed, and hold in each partition."""
        scores = fr.score(partitions)
        for part in range(partitions.npartitions):
            computed = scores.partitions[part].compute(scheduler="synchronous")
            assert computed.dtypes.equals(scores.dtypes)

    def test_separate_processes_of_a_cluster(self, partitions, strait, strait_scores):
        distributed = pytest.importorskip("distributed")
        own = built_in().with_entries("sea", ["strait"])
        with (
            distributed.LocalCluster(
                n_workers=2, threads_per_worker=1, dashboard_address=None
            ) as cluster,
            distributed.Client(cluster),
        ):
            scores = fr.score(partitions).compute().reset_index(drop=True)
            sea = fr.score(partitions, lexicon=own)["sea"].sum().compute()
        assert_frame_equal(scores, strait_scores, check_dtype=False)
        assert sea == fr.score(strait.paragraphs, lexicon=own)["sea"].sum() > 0

    def test_text_alone_is_numbered_through_all_partitions(self):
        frames = pytest.importorskip("dask.dataframe")
        table = pd.DataFrame({"text": ["Rain may fall."] * 7})
        scores = fr.score(frames.from_pandas(table, npartitions=3)).compute(scheduler="threads")
        assert_frame_equal(scores.reset_index(drop=True), fr.score(table), check_dtype=False)
