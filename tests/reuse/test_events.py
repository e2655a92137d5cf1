from __future__ import annotations

import itertools

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import framing as fr
from framing.reuse import events as module
from framing.reuse.events import (
    _centres,
    _clustered,
    _openings,
    _similarities,
    _vectors,
    _word_counts,
)


def agreement(found: pd.DataFrame, truth: pd.Series) -> tuple[float, float]:
    """Of the pairs of articles put together, how many belong together; and the other way."""
    true = truth.reindex(found["article"]).to_numpy()
    pairs = list(itertools.combinations(range(len(found)), 2))
    event = found["event"].to_numpy()
    together = {(i, j) for i, j in pairs if event[i] == event[j]}
    belong = {(i, j) for i, j in pairs if true[i] == true[j]}
    both = len(together & belong)
    return both / len(together), both / len(belong)


def test_the_events_of_the_example_are_found(strait):
    """Twelve events in 74 articles: nearly all pairs put together are right, nine in ten found."""
    found = fr.find_events(strait.articles, paragraphs=strait.paragraphs)
    right, recalled = agreement(found, strait.articles.set_index("article")["event"])
    assert right >= 0.98 and recalled >= 0.85


def test_words_alone_tell_events_of_one_story_apart(strait):
    """All on one day, one story, a stricter threshold: two pairs in three are right and found."""
    articles = strait.articles.assign(date=pd.Timestamp("2031-03-04"))
    found = fr.find_events(articles, paragraphs=strait.paragraphs, threshold=0.12)
    right, recalled = agreement(found, strait.articles.set_index("article")["event"])
    assert right >= 0.65 and recalled >= 0.65


def test_no_event_is_longer_than_its_window(strait):
    articles = strait.articles.assign(title="the same title everywhere")
    for days in (0, 2, 10):
        found = fr.find_events(articles, days=days)
        spans = found.groupby("event")["date"].agg(lambda d: (d.max() - d.min()).days)
        assert spans.max() <= days


def test_order_of_rows_does_not_matter_and_input_stays(strait):
    before = strait.articles.copy(deep=True)
    shuffled = strait.articles.sample(frac=1, random_state=2)
    one = fr.find_events(strait.articles, paragraphs=strait.paragraphs)
    two = fr.find_events(shuffled, paragraphs=strait.paragraphs.sample(frac=1, random_state=3))
    pd.testing.assert_frame_equal(one, two, check_exact=True)
    pd.testing.assert_frame_equal(strait.articles, before)


def test_events_are_numbered_from_0_so_that_columns_added_by_position_are_of_their_rows(strait):
    """Rows of a table given last to first do not keep their old numbers."""
    found = fr.find_events(strait.articles[::-1], paragraphs=strait.paragraphs)
    assert found.index.tolist() == list(range(len(strait.articles)))


def test_an_article_that_just_reaches_the_threshold_joins():
    """At 0 also what has no word in common: all articles of a window are one event."""
    articles = pd.DataFrame({"article": list("abc"), "title": ["Cable cut", "Storm", "Vote"]})
    articles["date"] = pd.to_datetime(["2031-01-01", "2031-01-03", "2031-01-04"])
    found = fr.find_events(articles, days=2, threshold=0)
    assert found.groupby("event")["article"].agg(list).tolist() == [["a", "b"], ["c"]]


def test_articles_without_date_get_no_event():
    dates = pd.to_datetime(["2031-01-01", None])
    articles = pd.DataFrame({"article": ["1", "2"], "date": dates, "title": "Cable cut"})
    assert fr.find_events(articles).set_index("article").loc["2", "event"] == ""
    with pytest.raises(ValueError, match="no article has a date"):
        fr.find_events(articles.iloc[1:])


def test_vectors_are_unit_tf_idf_counted_by_hand():
    """Two texts, `a b` and `a c c`: a weighs log 2 · log 2, c log 3 · log 3."""
    table, vocabulary = _vectors([_word_counts("a b"), _word_counts("a c c")])
    assert vocabulary == ["a", "b", "c"]
    raw = np.array([np.log(2) * np.log(2), 0, np.log(3) * np.log(3)])
    assert table.toarray()[1] == pytest.approx(raw / np.sqrt((raw**2).sum()))


def test_names_count_again_but_not_at_the_start_of_a_sentence():
    words = _word_counts("Talks with Lorne. Karesh waits")
    assert words["lorne␀"] == 1 and "karesh␀" not in words and "talks␀" not in words


def test_openings_are_title_and_first_words():
    articles = pd.DataFrame({"article": ["1"], "title": ["T"]})
    rows = {"article": "1", "paragraph": [1, 0], "role": "body", "text": ["three four", "one two"]}
    assert _openings(articles, pd.DataFrame(rows), 3) == ["T . one two three"]


def test_corrected_events_are_read_back(tmp_path, strait):
    found = fr.find_events(strait.articles, paragraphs=strait.paragraphs)
    fr.save_tables(tmp_path, events=found)
    file = tmp_path / "events.csv"
    first = found["event"].iloc[0]
    file.write_text(file.read_text("utf-8").replace(first, "mended by hand"), "utf-8")
    back = fr.set_events(strait.articles, file)
    want = found.set_index("article")["event"].replace(first, "mended by hand")
    assert back.set_index("article")["event"].to_dict() == want.to_dict()


def test_events_of_unknown_or_doubled_articles_are_refused():
    table = pd.DataFrame({"article": ["1", "2"]})
    with pytest.raises(
        ValueError, match=r"2 of 2 articles are not in the table, first '3' \(str\); .* such as '1'"
    ):
        fr.set_events(table, pd.DataFrame({"article": ["3", "4"], "event": ["e", "e"]}))
    with pytest.raises(ValueError, match="'1' is in two rows"):
        fr.set_events(table, pd.DataFrame({"article": ["1", "1", "2", "2"], "event": "e"}))
    with pytest.raises(ValueError, match="no column 'event'"):
        fr.set_events(table, pd.DataFrame({"article": ["1"]}))


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"days": -1}, "days must be a number of at least 0, got -1"),
        ({"threshold": 10}, "threshold must be a number from 0 to 1, got 10"),
        ({"opening": "150"}, "opening must be a number of at least 1, got '150'"),
    ],
)
def test_numbers_that_group_nothing_are_errors(strait, options, message):
    with pytest.raises(ValueError, match=message):
        fr.find_events(strait.articles, **options)


def test_a_date_that_could_be_one_of_two_is_an_error(strait):
    """pandas alone would read 04/03/2031 as the third of April."""
    for table, find in ((strait.articles, fr.find_events), (strait.paragraphs, fr.find_copies)):
        dmy = table.assign(date=table["date"].dt.strftime("%d/%m/%Y"))
        with pytest.raises(ValueError, match="column 'date' must hold dates such as 2024-03-29"):
            find(dmy)


def test_dates_that_are_empty_texts_are_none(strait):
    with pytest.raises(ValueError, match="no article has a date"):
        fr.find_events(strait.articles.assign(date=""))


def plain_clusters(alike: np.ndarray, day: list[int], days: int, threshold: float) -> list[int]:
    """Single-pass clustering, an article at a time: the best event of those recent enough."""
    events: list[list[int]] = []
    for row in range(len(day)):
        recent = [[i for i in event if day[row] - day[i] <= days] for event in events]
        means = [alike[row, near].mean() if near else -1.0 for near in recent]
        best = int(np.argmax(means)) if means else -1
        if not means or means[best] < threshold or day[row] - day[events[best][0]] > days:
            events.append([row])
        else:
            events[best].append(row)
    return [next(n for n, event in enumerate(events) if row in event) for row in range(len(day))]


@given(
    st.lists(st.sampled_from("abcdef"), min_size=1, max_size=14),
    st.lists(st.integers(0, 7), min_size=14, max_size=14),
    st.integers(0, 3),
    st.sampled_from([0.2, 0.5]),
    st.randoms(use_true_random=False),
)
@settings(max_examples=60)
def test_events_are_those_of_single_pass_clustering(kinds, day, days, threshold, draw):
    """Blocks of three articles at a time, and a similarity that is the mean of cosines."""
    texts = [f"{kind} {kind}x {draw.choice('uvwxyz')} {draw.choice('uvwxyz')}" for kind in kinds]
    day = sorted(day[: len(texts)])
    vectors, _ = _vectors([_word_counts(text) for text in texts])
    alike = (vectors @ vectors.T).toarray()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(module, "_BLOCK", 3)
        found = _clustered(vectors, np.array(day), days=days, threshold=threshold)
    assert found.tolist() == plain_clusters(alike, day, days, threshold)
    want = []
    for row, event in enumerate(found):
        others = [i for i in range(len(found)) if found[i] == event and i != row]
        want.append(alike[row, others].mean() if others else np.nan)
    assert _similarities(vectors, _centres(vectors, found), found) == pytest.approx(
        want, abs=2e-6, nan_ok=True
    )


def test_an_event_is_named_by_its_first_day_and_three_words_and_by_a_number_if_need_be():
    """Two events of the same words ten days apart have two days; on one day, a number."""
    title = "Cable cut; Hask dark, Dovek, Hask"
    rows = [("1", "2031-01-01", title), ("2", "2031-01-02", title), ("3", "2031-01-12", title)]
    articles = pd.DataFrame(rows, columns=["article", "date", "title"])
    articles["date"] = pd.to_datetime(articles["date"])
    found = fr.find_events(articles)
    assert found["event"].tolist() == [
        "2031-01-01 cable cut hask", "2031-01-01 cable cut hask", "2031-01-12 cable cut hask",
    ]  # fmt: skip
    assert found["similarity"].tolist() == pytest.approx([1, 1, np.nan], nan_ok=True)
    alike = articles.assign(
        date=articles["date"][0],
        title=["hask cable cut", "hask cable cable cut", "hask cable cut cut"],
    )
    assert fr.find_events(alike, threshold=1)["event"].tolist() == [
        "2031-01-01 cable cut hask", "2031-01-01 cable cut hask 1", "2031-01-01 cable cut hask 2",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("given", "found"),
    [
        ([7], ["7", "", ""]),
        ([" cable ", None], ["cable", "", ""]),
        ([7, np.nan], ["7", "", ""]),  # pandas reads a whole number beside an empty cell as 7.0
    ],
)
def test_events_may_be_numbers_and_empty_ones_are_none(given, found):
    table = pd.DataFrame({"article": ["1", "2", "3"], "event": "old"})
    events = pd.DataFrame({"article": ["1", "2"][: len(given)], "event": given})
    assert fr.set_events(table, events)["event"].tolist() == found


def test_events_that_differ_in_case_only_are_told():
    """By the first of them: a study of hundreds would hide all other warnings behind them."""
    names = ["Kabul", "kabul ", "Vote", "Hask", "HASK", "hask"]
    events = pd.DataFrame({"article": list("123456"), "event": names})
    with pytest.warns(UserWarning) as told:
        fr.set_events(events[["article"]], events.iloc[::-1])
    [message] = [str(warning.message) for warning in told]
    assert "'hask' and 'HASK' and 'Hask' are different events" in message
    assert told[0].filename == __file__


def test_days_may_be_texts_and_tables_of_paragraphs_are_refused(strait):
    """A table of paragraphs had an event for each."""
    iso = strait.articles.assign(date=strait.articles["date"].dt.strftime("%Y-%m-%d"))
    pd.testing.assert_series_equal(
        fr.find_events(iso)["event"], fr.find_events(strait.articles)["event"]
    )
    with pytest.raises(ValueError, match="is in several rows: give a table of articles"):
        fr.find_events(strait.paragraphs)


@pytest.mark.parametrize("sep", ["", ",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8-sig", "cp1252"])
def test_events_are_read_back_as_a_spreadsheet_saves_them(tmp_path, sep, encoding):
    """Excel saves a workbook, or, in half of Europe, cells apart by semicolons."""
    table = pd.DataFrame({"article": ["001", "002"], "event": ["Grüße, b; c", "nan"]})
    path = tmp_path / ("events.csv" if sep else "events.xlsx")
    if sep:
        table.to_csv(path, index=False, sep=sep, encoding=encoding)
    else:
        table.to_excel(path, index=False)
    found = fr.set_events(pd.DataFrame({"article": ["002", "001"]}), path)
    assert found["event"].tolist() == ["nan", "Grüße, b; c"]
    with pytest.raises(ValueError, match="1 of 2 articles are not in the table, first '001'"):
        fr.set_events(pd.DataFrame({"article": ["002"]}), path)
