"""Which column of a table holds which field, by names and by what the columns hold."""

from __future__ import annotations

import pytest

from framing.corpus.readers.by_name import are_names_again, is_stamp
from framing.corpus.readers.columns import (
    JOINED,
    MAYBE_DATE,
    MAYBE_PARTS,
    MAYBE_TEXT,
    MAYBE_TITLE,
    Mapper,
)
from framing.corpus.readers.parts import Parts
from framing.corpus.readers.profiles import Profile, profile
from tests.corpus.test_limits import prose


def mapped(profiles, given=(), **known):
    return Mapper(dict(given), profiles, **known).of(tuple(profiles))


@pytest.mark.parametrize(
    ("profiles", "about"),
    [
        ({"zz": Profile(10, 1, files=0.6), "x": Profile(10, 1)}, "zz"),
        ({"zz": Profile(10, 1, files=0.5), "x": Profile(10, 1)}, ""),
        ({"zz": Profile(10, 1, files=0.6), "text": prose(20)}, ""),
        ({"filename": Profile(10, 1), "x": Profile(10, 1)}, "filename"),
    ],
)
def test_a_table_without_a_text_is_about_the_files_that_most_cells_name(profiles, about):
    assert mapped(profiles).about == about


@pytest.mark.parametrize(("words", "text"), [(60, "content"), (61, "zz")])
def test_a_text_merged_into_an_export_has_three_times_its_words(words, text):
    names = {"publishedAt": Profile(10, 1, dates=1), "source.name": Profile(10, 1)}
    profiles = {**names, "source": Profile(), "content": prose(20), "zz": prose(words)}
    assert mapped(profiles).columns["text"] == text
    found = mapped({**names, "source": Profile(), "content": prose(20), "body": prose(words)})
    assert found.columns["text"] == ("body" if words > 60 else "content")


@pytest.mark.parametrize(
    ("profiles", "date"),
    [
        ({"zz": Profile(10, 1, dates=1), "yy": Profile(10, 1, dates=1)}, None),
        ({"zz": Profile(10, 1, dates=1), "crawled": Profile(10, 1, dates=1)}, "zz"),
        ({"zz": Profile(10, 1, dates=1), "date": Profile(10, 1, dates=1)}, "date"),
    ],
)
def test_the_only_column_of_dates_is_that_of_publication(profiles, date):
    assert mapped({"text": prose(20), **profiles}).columns.get("date") == date


@pytest.mark.parametrize(
    ("cells", "titled"),
    [
        (Profile(10, 3), True),
        (Profile(10, 2), False),
        (Profile(10, 60), True),
        (Profile(10, 61), False),
        (Profile(10, 5, same="Rain falls"), False),
        (Profile(10, 5, urls=0.1, files=0.05), True),
        (Profile(10, 5, urls=0.1, files=0.05, dates=0.05), False),
    ],
)
def test_a_title_under_the_name_of_an_article_is_one_by_what_it_holds(cells, titled):
    found = mapped({"text": prose(20), "article": cells})
    assert (found.columns.get("title") == "article") is titled


@pytest.mark.parametrize(
    ("names", "stamps"),
    [
        (["Created", "Created by", "title"], ["Created", "Created by"]),
        (["Created", "title"], []),
        (["Timestamp", "Newspaper?", "title"], ["Timestamp"]),
        (["Timestamp", "title"], []),
    ],
)
def test_a_column_says_when_a_row_was_made_by_what_stands_beside_it(names, stamps):
    assert [name for name in names if is_stamp(name, names)] == stamps


def test_labels_name_columns_that_no_name_has_given_a_field():
    labels = {"q1": "Headline", "q2": "Full text of the article", "title": "Text"}
    found = mapped({"q1": Profile(10, 5), "q2": prose(20), "title": Profile(10, 5)}, labels=labels)
    assert found.columns == {"title": "title", "text": "q2"}


@pytest.mark.parametrize(
    ("profiles", "lead"),
    [
        ({"text": prose(90), "lead": prose(15)}, "lead"),
        ({"text": prose(90), "lead": prose(14)}, ""),
        ({"lead": prose(90)}, ""),
        ({"text": prose(90), "standfirst": prose(20)}, ""),
    ],
)
def test_a_long_lead_beside_a_text_stands_before_it(profiles, lead):
    assert mapped(profiles).lead == lead
    assert mapped(profiles, given={"text": next(iter(profiles))}).lead == ""


@pytest.mark.parametrize(
    ("profiles", "columns"),
    [
        # A text under another name, where the one of the usual name is a label.
        ({"content": Profile(10, 4), "zz": prose(20)}, {"text": "zz"}),
        ({"content": Profile(10, 5), "zz": prose(20)}, {"text": "content"}),
        ({"zz": prose(15)}, {"text": "zz"}),
        ({"zz": prose(14)}, {}),
        ({"zz": prose(20), "yy": prose(20)}, {}),
        # A summary is the text where there is no title.
        ({"title": Profile(10, 5), "summary": prose(20)}, {"title": "title"}),
        ({"zz": Profile(10, 5), "summary": prose(20)}, {"text": "summary"}),
        # Names of fields whose cells are something else.
        ({"text": Profile(10, 1, files=0.6)}, {}),
        ({"text": Profile(10, 1, urls=0.6)}, {}),
        ({"text": Profile(10, 1, urls=0.5, files=0.5)}, {"text": "text"}),
        ({"title": Profile(10, 60), "text": prose(20)}, {"text": "text", "title": "title"}),
        ({"title": Profile(10, 61), "text": prose(20)}, {"text": "text"}),
        ({"title": Profile(10, 5, urls=0.3, files=0.3), "text": prose(20)}, {"text": "text"}),
        ({"date": Profile(10, 60), "text": prose(20)}, {"text": "text", "date": "date"}),
        ({"date": Profile(10, 61), "text": prose(20)}, {"text": "text"}),
        ({"date": Profile(0, 61), "text": prose(20)}, {"text": "text", "date": "date"}),
        ({"url": Profile(10, 1, urls=0.5), "text": prose(20)}, {"text": "text"}),
        ({"url": Profile(10, 1, urls=0.6), "text": prose(20)}, {"text": "text", "url": "url"}),
        ({"url": Profile(0), "text": prose(20)}, {"text": "text", "url": "url"}),
        # Objects that hold an article.
        ({"content.title": Profile(10, 5), "content.body": prose(20)},
         {"text": "content.body", "title": "content.title"}),
        ({"headline.text": prose(20), "headline.kicker": Profile(10, 5)}, {"title": "headline.text"}),
        ({"headline.text": prose(20), "headline.date": Profile(10, 1)},
         {"text": "headline.text", "date": "headline.date"}),
        ({"headline.text": Profile(10, 5), "headline.date": Profile(10, 1)}, {"title": "headline.text"}),
        # An outlet that is the same in all rows, under a vague name, or a database.
        ({"source": Profile(10, 1, same="Gull"), "newspaper": Profile(10, 2), "zz": prose(20)},
         {"text": "zz", "outlet": "newspaper"}),
        ({"source": Profile(10, 1, same="Gull"), "newspaper": Profile(10, 2, same="Post"), "zz": prose(20)},
         {"text": "zz", "outlet": "source"}),
        ({"source": Profile(10, 1, same="Web"), "newspaper": Profile(10, 2, same="Post"), "zz": prose(20)},
         {"text": "zz", "outlet": "newspaper"}),
        ({"source": Profile(10, 1, same="Gull"), "publisher": Profile(10, 2), "zz": prose(20)},
         {"text": "zz", "outlet": "source"}),
        ({"source": Profile(10, 1), "newspaper": Profile(10, 2), "zz": prose(20)},
         {"text": "zz", "outlet": "source"}),
        ({"source": Profile(0), "newspaper": Profile(10, 2), "zz": prose(20)},
         {"text": "zz", "outlet": "newspaper"}),
        # A column of the usual name that is empty, beside one with another word around it.
        ({"title": Profile(), "article_title": Profile(10, 5), "text": prose(20)},
         {"text": "text", "title": "article_title"}),
        ({"content": Profile(), "zz": prose(20)}, {"text": "content"}),
        # A question whose last word asks.
        ({"The story is from newspaper which": Profile(10, 2), "text": prose(20)},
         {"text": "text", "outlet": "The story is from newspaper which"}),
    ],
)  # fmt: skip
def test_fields_are_told_by_names_and_by_what_the_columns_hold(profiles, columns):
    assert mapped(profiles).columns == columns


@pytest.mark.parametrize(
    ("begins", "others", "cut", "whole", "longer", "on"),
    [
        ("abcd", "abcx", 0.6, 0.5, 21, True),
        ("abcd", "abxy", 0.6, 0.5, 21, False),
        ("abcd", "abcx", 0.5, 0.5, 21, False),
        ("abcd", "abcx", 0.6, 0.6, 21, False),
        ("abcd", "abcx", 0.6, 0.5, 20, False),
    ],
)
def test_a_text_goes_on_in_a_longer_column_that_begins_alike(
    begins, others, cut, whole, longer, on
):
    begun = Profile(10, 20, begins=frozenset(begins), cut=cut)
    assert begun.goes_on_in(Profile(10, longer, begins=frozenset(others), cut=whole)) is on


@pytest.mark.parametrize(("whole", "article"), [("doc", "doc"), ("", "id"), ("rain", "id")])
def test_the_column_whose_rows_are_joined_names_the_article(whole, article):
    profiles = {"id": Profile(10, 1), "doc": Profile(10, 1), "text": prose(20)}
    found = mapped(profiles, parts=Parts(whole=whole))
    assert found.columns == {"article": article, "text": "text"}


def test_carried_columns_have_names_that_no_table_has():
    names = ["paragraph", "paragraph_given", " paragraph", "zz", "a", "a.b", "a.b.c", " "]
    found = mapped({"text": prose(20), **dict.fromkeys(names, Profile(10, 1))})
    assert found.carried == {
        "paragraph": "paragraph_given_", "paragraph_given": "paragraph_given",
        " paragraph": " paragraph_given", "zz": "zz", "a.b.c": "a.b.c",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("profiles", "lead"),
    [
        ({"HD": Profile(10, 5), "LP": prose(20), "TD": prose(60)}, "LP"),
        ({"HD": Profile(10, 5), "LP": prose(90), "TD": prose(20)}, "LP"),
        ({"HD": Profile(10, 5), "LP": prose(20), "TD": prose(60), "body": prose(200)}, ""),
    ],
)
def test_the_lead_of_an_export_stands_before_its_own_text(profiles, lead):
    assert mapped(profiles).lead == lead


def test_the_columns_of_long_texts_are_named_in_a_question():
    found = mapped({"yy": prose(20), "zz": prose(20), "rain": Profile(10, 1)})
    assert found.question.startswith("which column is the text? 'yy', 'zz' have long texts")
    assert mapped({"zz": prose(20)}).question == ""


@pytest.mark.parametrize(
    ("cells", "again"),
    [
        (["title", "outlet"], True),
        (["title", "outlet", "x", "y"], True),
        (["title", "outlet", "x", "y", "z"], False),
        (["title"], False),
        (["title", "rain"], False),
        (["title", "headline", "x", "y"], False),  # of one field
        (["outlet", "date"], False),
        (["title", 7], False),
        (["title", "outlet", "x" * 59], True),
        (["title", "outlet", "x" * 60], False),
        (["rain", "hail", ""], True),  # the same names
        (["rain", "sun"], False),
    ],
)
def test_names_of_columns_stand_again_below(cells, again):
    assert are_names_again(cells, ["hail", "rain", ""]) is again


@pytest.mark.parametrize(
    ("profiles", "said"),
    [
        ({"text": prose(20), "zz": prose(70)}, {"zz": "carried"}),
        ({"xx": prose(20), "zz": prose(20)}, dict.fromkeys(["xx", "zz"], MAYBE_TEXT)),
        ({"filename": Profile(10, 1), "zz": prose(70)}, {"filename": "carried", "zz": "carried"}),
        ({"date": Profile(10, 1), "crawled": Profile(10, 1, dates=1)}, {"crawled": "carried"}),
        ({"rain": Profile(10, 1), "crawled": Profile(10, 1, dates=1)},
         {"rain": "carried", "crawled": MAYBE_DATE}),
        ({"rain": Profile(10, 1), "crawled": Profile(10, 1, dates=0.8)},
         {"rain": "carried", "crawled": "carried"}),
        ({"HD": Profile(10, 5), "LP": prose(20), "TD": prose(60), "crawled": Profile(10, 1, dates=1)},
         {"crawled": "carried"}),
        ({"text": prose(20), "zz": Profile(10, 5)}, {"zz": MAYBE_TITLE}),
        ({"text": prose(20), "zz": Profile(10, 3)}, {"zz": MAYBE_TITLE}),
        ({"text": prose(20), "zz": Profile(10, 2)}, {"zz": "carried"}),  # names, places
        ({"text": prose(20), "zz": Profile(10, 60)}, {"zz": MAYBE_TITLE}),
        ({"text": prose(20), "zz": Profile(10, 61)}, {"zz": "carried"}),
        ({"text": prose(20), "zz": Profile(10, 5, dates=0.1, files=0.09)}, {"zz": MAYBE_TITLE}),
        ({"text": prose(20), "zz": Profile(10, 5, urls=0.1, files=0.1)}, {"zz": "carried"}),
        ({"text": prose(20), "zz": Profile(10, 5, same="Rain fell.")}, {"zz": "carried"}),
        ({"text": prose(20), "title": Profile(10, 5), "zz": Profile(10, 5)}, {"zz": "carried"}),
        ({"text": prose(20), "xx": Profile(10, 5), "zz": Profile(10, 5)},
         {"xx": "carried", "zz": "carried"}),
    ],
)  # fmt: skip
def test_a_column_that_may_be_the_text_the_title_or_the_date_is_told(profiles, said):
    found = mapped(profiles)
    assert {c.column: c.how for c in found.listed if c.column in found.carried} == said


def test_only_a_column_that_is_there_is_joined_or_a_doubt():
    profiles = {"text": prose(20), "zz": Profile(10, 1)}
    for part, how in (("zz", JOINED), ("other", "carried")):
        listed = mapped(profiles, parts=Parts(part=part)).listed
        assert {c.column: c.how for c in listed} == {"text": "name", "zz": how}
    listed = mapped(profiles, parts=Parts(doubt="zz")).listed
    assert [c.how for c in listed] == ["name", f"carried; {MAYBE_PARTS}"]


def test_the_host_of_an_address_is_the_outlet_where_no_column_is():
    for more, outlets in (({}, ["url"]), ({"outlet": Profile(10, 1)}, ["outlet"])):
        listed = mapped({"text": prose(20), "url": Profile(10, 1, urls=1), **more}).listed
        assert [c.column for c in listed if c.field == "outlet"] == outlets
    assert mapped({"text": prose(20)}).listed[1:] == ()


@pytest.mark.parametrize(
    ("names", "given", "others"),
    [
        (("text", "text_2", "zz"), {}, ("text_2",)),
        (("text", "text_2"), {"text": "text"}, ()),
        (("zz", "title"), {}, ()),
    ],
)
def test_more_columns_of_the_usual_name_of_a_text_are_others(names, given, others):
    found = mapped(dict.fromkeys(names, prose(20)), given=given)
    assert found.others == others


@pytest.mark.parametrize(
    ("names", "given", "columns"),
    [
        (("headline", "body"), {"text": "headline"}, {"text": "headline"}),
        (("headline", "body"), {"title": "body"}, {"title": "body"}),
        (("headline", "title", "body"), {"text": "title"}, {"text": "title", "title": "headline"}),
    ],
)
def test_a_column_that_the_user_names_holds_no_other_field(names, given, columns):
    found = mapped(dict.fromkeys(names, Profile(10, 5)), given=given).columns
    assert {field: found.get(field) for field in columns} == columns
    assert len(set(found.values())) == len(found)


@pytest.mark.parametrize(("shared", "goes_on"), [(20, True), (19, False)])
def test_a_column_goes_on_in_one_whose_cells_begin_with_the_same_forty_letters(shared, goes_on):
    """Whatever stands between the letters, and however the cells go on."""
    begun = "ab " * shared + "c " * 20 + "…"
    whole = "ab, " * 20 + "d " * 60 + "d."
    found = profile([{"lead": begun, "body": whole}])
    assert found["lead"].goes_on_in(found["body"]) is goes_on
    assert not found["body"].goes_on_in(found["lead"])
