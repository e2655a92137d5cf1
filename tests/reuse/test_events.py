from __future__ import annotations

import itertools

import numpy as np
import pandas as pd
import pytest

import framing as fr
from framing.reuse.events import _openings, _vectors, _word_counts


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
    with pytest.raises(ValueError, match="article '3' is not in the table"):
        fr.set_events(table, pd.DataFrame({"article": ["3"], "event": ["e"]}))
    with pytest.raises(ValueError, match="'1' is in two rows"):
        fr.set_events(table, pd.DataFrame({"article": ["1", "1"], "event": ["e", "f"]}))
    with pytest.raises(ValueError, match="no column 'event'"):
        fr.set_events(table, pd.DataFrame({"article": ["1"]}))
