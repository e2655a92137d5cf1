from __future__ import annotations

import warnings

import pandas as pd
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

import framing as fr
from framing.corpus import dates
from framing.corpus.columns import missing_lines
from framing.corpus.dates import (
    _MONTHS,
    YEARS,
    day_month_order,
    find_date,
    is_month,
    read_date,
)


def parse_date(text: str) -> pd.Timestamp:
    return find_date(text).value


@pytest.mark.parametrize(
    "text",
    [
        "2031-03-12", "20310312", "2031/03/12", "2031-03-12T00:00:00Z", "12 March 2031",
        "March 12, 2031", "Mar 12, 2031", "Mar. 12, 2031", "Wednesday, March 12, 2031",
        "March 12, 2031 Wednesday", "12th of March, 2031", "Wed, 12 Mar 2031 00:00:00 GMT",
        "12-Mar-2031", "12. März 2031", "Mittwoch, 12. März 2031", "12 mars 2031",
        "mercredi 12 mars 2031", "12 de marzo de 2031", "miércoles, 12 de marzo de 2031",
        "12 marzo 2031", "12 de março de 2031", "12 maart 2031", "12. marts 2031", "12 marca 2031",
        "12 марта 2031", "12.03.2031", "12.3.2031", "2031.03.12",
    ],
)  # fmt: skip
def test_a_day_in_every_layout(text):
    """The layouts of the exports and of a dozen languages are all the same day."""
    assert parse_date(text).normalize() == pd.Timestamp("2031-03-12")


@pytest.mark.parametrize(
    ("text", "day"),
    [("13/4/2031", "2031-04-13"), ("4/13/2031", "2031-04-13"), ("12/4/2031", ""), ("4/12/2031", ""),
     ("12/12/2031", "2031-12-12"), ("12.4.2031", "2031-04-12")],
)  # fmt: skip
def test_day_and_month_are_in_doubt_where_both_may_be_a_month(text, day):
    """Unless they are the same, or between dots, as only days are written that stand first."""
    found = read_date(text, "")
    assert found.value == pd.Timestamp(day) if day else "day or month first?" in found.reason


def test_a_date_that_is_in_doubt_is_shown_as_it_stands_and_cut_after_forty_characters():
    """With the year of two digits that the cell has."""
    text = "3/4/31 in a cell that goes on and on, and further on"
    assert read_date(text).reason == f"{text[:40]!r}: day or month first?"
    assert read_date(text.replace("/31", "/2031")).reason.startswith("'3/4/2031 in a cell")


@pytest.mark.parametrize(
    ("text", "clock"),
    [
        ("July 1, 2019 Monday 9:20 AM GMT", "09:20"),
        ("July 1, 2019 Monday 9:20 PM GMT", "21:20"),
        ("July 1, 2019 12:05 AM", "00:05"),
        ("2019-07-01 11:02:09.123456", "11:02:09"),
        ("20190701T114500Z", "11:45"),
        ("lundi 1er juillet 2019 - 09:20 UTC +02:00 355 mots, p. 3", "09:20"),
        ("1. Juli 2019, 17.30 Uhr", "17:30"),
        ("July 1, 2019, p. 1245", "00:00"),
    ],
)
def test_the_clock_is_read_where_there_is_one(text, clock):
    """The time of day as it stands, in any time zone; a page number is none."""
    assert parse_date(text) == pd.Timestamp(f"2019-07-01 {clock}")


@pytest.mark.parametrize(
    ("text", "day"),
    [("3-5 May 2024", 5), ("30 April – 2 May 2024", 2), ("April 30 to May 2, 2024", 2),
     ("Friday 3 - Sunday 5 May 2024", 5), ("3. und 4. Mai 2024", 4), ("3/5/24 - 5/5/24", 3),
     ("2024-05-03T10:00Z/2024-05-05", 3)],
)  # fmt: skip
def test_of_several_days_it_is_said_which_one_is_taken(text, day):
    found = read_date(text, "dmy")
    assert found.value.normalize() == pd.Timestamp(2024, 5, day)
    assert found.reason == f"{text!r}: several days, 2024-05-0{day} is taken"


@pytest.mark.parametrize(
    "text",
    ["Issue 3 - 5 May 2024", "5 pages - 3 May 2024", "2024-05-03 - 2024-05-03", "3 May 2024 - 5.30",
     "10:30 - 3 May 2024", "3 May 2024, 5 May 2024", "3 May 2024, p. 5-7", "2024-05-03T10:00-05:00"],
)  # fmt: skip
def test_another_number_beside_a_date_is_no_second_day(text):
    assert read_date(text).reason == "" and not pd.isna(read_date(text).value)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", ""),
        ("0001-01-01", "no year from 1690"),
        ("2050-01-01", "no year from 1690"),
        ("12/1/", "no date"),
        ("12/1/2019", "day or month first"),
        ("February 30, 2019", "no such day"),
        ("9999-99-99", "no year"),
        ("July 2019", "no day"),
        ("2019", "no day"),
        ("never", "no date"),
    ],
)
def test_what_is_no_date_says_why(text, why):
    """Broken and doubtful dates are NaT, with a reason unless there was nothing."""
    found = find_date(text)
    assert pd.isna(found.value)
    assert why in found.reason
    assert bool(found.reason) == bool(text)


@given(st.dates(pd.Timestamp("1700-01-01").date(), pd.Timestamp("2049-12-31").date()))
def test_iso_dates_come_back(day):
    assert parse_date(day.isoformat()) == pd.Timestamp(day)


@given(st.text(max_size=60))
def test_any_text_is_a_date_of_the_range_or_none(text):
    """No text raises, whole or as a cell; what is found lies in the range of years."""
    for found in (parse_date(text), read_date(text).value):
        assert pd.isna(found) or found.year in YEARS
    assert day_month_order(text) in ("dmy", "mdy", "?", "")


@pytest.mark.parametrize(
    "text",
    [
        "12-Mar-31", "12 Mar '31", "3/12/31", "3/12/31 00:00", "12.03.31", "2031-3-12", "2031 年 3 月 12 日", "2031年3月12日", "2031년 3월 12일", "1931040000",
        "1931040000000", "1.93104e9", "47919", "47919.0", "20310312000000",
        "Wed Mar 12 00:00:00 +0000 2031", "12 marſ 2031", "12. MÄRZ 2031",
    ],
)  # fmt: skip
def test_a_day_in_every_layout_of_a_cell(text):
    """Years of two digits, numbers of seconds and days, and Chinese, Japanese and Korean."""
    assert read_date(text, "mdy").value == pd.Timestamp("2031-03-12")


@pytest.mark.parametrize("text", [
    "Updated: March 13, 2031; first published March 12, 2031", "Modified: 2031-03-13; Created: 2031-03-12",
    "Last updated 13 Mar 2031 - First published 12 Mar 2031", "Aktualisiert 13.03.31, veröffentlicht 12.03.31",
    "Published 12 March 2031, updated 13 March 2031", "12 March 2031 (last modified 13 March 2031)",
    "Updated and published 12 March 2031",
])  # fmt: skip
def test_of_a_change_and_of_publication_the_latter_is_the_date(text):
    found = read_date(text)
    assert (found.value, found.reason) == (pd.Timestamp("2031-03-12"), "")


@pytest.mark.parametrize("text", ["Updated 13 March 2031", "Updated 13 March 2031; 12 March 2031",
                                  "Updated 13 March 2031, published online"])  # fmt: skip
def test_a_date_that_may_be_that_of_a_change_has_a_note(text):
    reason = f"{text[:40]!r}: may be the day of a change"
    assert read_date(text)[:2] == (pd.Timestamp("2031-03-13"), reason)


@pytest.mark.parametrize("text", ["1", "12345", "99999", "12345678901234567", "1e400", "0", "2018"])
def test_other_numbers_are_no_dates(text):
    assert pd.isna(read_date(text).value)


LITERAL = ("%Y-%m-%d", "%Y-%m-%dT10:30:00Z", "%Y%m%d", "%B %d, %Y", "%d %b %Y", "%b. %d, %Y")
DAYS = [
    pd.Timestamp(2031, month, day) for month in range(1, 13) for day in range(1 + month % 2, 13, 2)
]


@pytest.mark.parametrize("beside", ["31/3/2031", "3/31/2031"])
@pytest.mark.parametrize("kind", ["csv", "jsonl", "txt", "html"])
def test_days_in_words_or_with_the_year_first_are_literal(tmp_path, kind, beside):
    """In files of all kinds, beside a date that decides which of day and month comes first."""
    dates = [day.strftime(LITERAL[n % len(LITERAL)]) for n, day in enumerate(DAYS)] + [beside]
    rows = pd.DataFrame({"id": [f"a{n:02}" for n in range(len(dates))], "date": dates})
    rows["text"] = [f"The ferry {n} left the harbour in the rain of the night." for n in rows.index]
    if kind == "csv":
        rows.to_csv(tmp_path / "rows.csv", index=False)
    elif kind == "jsonl":
        rows.to_json(tmp_path / "rows.jsonl", orient="records", lines=True)
    layout = {
        "txt": "Outlet: Gull\nDate: {date}\n\n{text}\n",
        "html": "<html><head><meta name='date' content='{date}'><title>Rain</title></head><body>"
        "<article><h1>Rain</h1><p>{text}</p></article></body></html>",
    }.get(kind, "")
    for row in rows.to_dict("records") if layout else ():
        (tmp_path / f"{row['id']}.{kind}").write_text(layout.format(**row), "utf-8")
    articles = fr.read_corpus(tmp_path).articles.sort_values("article")
    assert articles["date"].dt.normalize().tolist() == [*DAYS, pd.Timestamp("2031-03-31")]


@pytest.mark.parametrize(
    ("dates", "open_dates", "read", "order"),
    [
        (["3/4/2031", "31/3/2031"], 0, "04-03", "day first"),
        (["3/4/2031", "3/31/31"], 0, "03-04", "month first"),
        (["3-4-2031", "31-3-2031"], 0, "04-03", "day first"),
        (["3/4/2031", "12 March 2031"], 1, None, ""),
        (["3/4/2031", "31/3/2031", "3/31/2031"], 1, None, "differs"),
    ],
)
def test_one_cell_decides_the_order_for_its_column(tmp_path, dates, open_dates, read, order):
    """It is said which; where cells differ or none decides, the date stays empty."""
    path = tmp_path / "rows.csv"
    rows = [
        {"id": f"a{n}", "date": date, "text": f"It rained. {n}"} for n, date in enumerate(dates)
    ]
    pd.DataFrame(rows).to_csv(path, index=False)
    corpus = fr.read_corpus(path)
    assert corpus.articles["date"].isna().sum() == open_dates
    if read:
        assert corpus.articles["date"].dt.strftime("%m-%d")[0] == read
    how = corpus.columns.set_index("field")["how"]["date"]
    assert order in how
    for order, expected in (("dmy", "04-03"), ("mdy", "03-04")):
        for columns in ({}, {"date": "date"}):
            told = fr.read_corpus(path, columns=columns, dates=order).articles["date"]
            assert told.dt.strftime("%m-%d")[0] == expected
            against = [date for date in dates if day_month_order(date) in {"dmy", "mdy"} - {order}]
            assert told.isna().sum() == len(against)
    with pytest.raises(ValueError, match='dates must be "dmy" or "mdy"'):
        fr.read_corpus(path, dates="ymd")


MIXED = ["15/08/2031", "31/1/2031", "08/15/2031", "3/4/2031", "4/5/2031", "12 May 2031"]


@pytest.mark.parametrize(
    ("dates", "given", "missing", "told", "why"),
    [
        (MIXED, "", 2, "2 with the day first ('15/08/2031') and 1 with the month first "
         "('08/15/2031'): neither fits all; 2 may be either", "first? other dates have either"),
        (MIXED, "dmy", 1, "day first, as given; 1 with the month first ('08/15/2031') contradict it"
         " and are missing; others may be wrong", "no such day in the order given, dmy"),
        (MIXED, "mdy", 2, "month first, as given; 2 with the day first ('15/08/2031') contradict",
         "no such day in the order given, mdy"),
        (["3/4/2031", "4/5/2031"], "", 2, "day or month first? 2 are missing", "month first?"),
        (["3/4/2031", "15/8/2031"], "", 0, "", ""),
        (["8/15/2031", "15/8/2031"], "", 0, "", ""),
        (["3/4/2031", "15/8/2031"], "dmy", 0, "", ""),
    ],
)  # fmt: skip
@pytest.mark.parametrize("as_files", [False, True])
def test_dates_that_contradict_an_order_or_one_another_are_missing_and_told(
    tmp_path, dates, given, missing, told, why, as_files
):
    """In a table as in a folder of files: in a warning, with counts, and in the audit of each."""
    rows = pd.DataFrame({"date": dates})
    rows["text"] = [f"The ferry left the harbour in the rain of night {n}." for n in rows.index]
    for row in rows.itertuples() if as_files else ():
        (tmp_path / f"{row.Index}.txt").write_text(f"Date: {row.date}\n\n{row.text}", "utf-8")
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        corpus = fr.read_corpus(tmp_path if as_files else rows, dates=given)
    caught = [warning for warning in caught if "dates: " in str(warning.message)]
    said = [str(warning.message) for warning in caught]
    assert all(warning.filename == __file__ for warning in caught)
    assert [told in line for line in said] == [True] * bool(told)
    assert corpus.articles["date"].isna().sum() == missing
    assert corpus.audit["reason"].str.contains(why, regex=False).sum() == missing or not why
    if told and not as_files:
        assert told in corpus.columns.set_index("field")["how"]["date"]
        assert ("--dates" in " ".join(missing_lines(*corpus[:3:2]))) == why.endswith("first?")


@given(st.text(max_size=40))
def test_any_cell_has_an_order_or_none(text):
    assert day_month_order(text) in ("dmy", "mdy", "?", "")
    found = read_date(text)
    assert pd.isna(found.value) or found.value.year in YEARS


@pytest.mark.parametrize("language", _MONTHS)
def test_every_name_of_every_month_is_read(language):
    for number, names in enumerate(_MONTHS[language].split(), 1):
        for name in names.split("/"):
            day = pd.Timestamp(2031, number, 28)
            assert parse_date(f"28 {name} 2031") == parse_date(f"{name} 28, 2031") == day
            assert is_month(name.upper())


@given(st.datetimes(pd.Timestamp("1700-01-01"), pd.Timestamp("2049-12-31")))
@settings(max_examples=50)
def test_a_time_is_read_as_it_was_written(moment):
    """In every layout with a clock; of 12 hours the first is 12, and noon is in the afternoon."""
    second, minute = pd.Timestamp(moment).floor("s"), pd.Timestamp(moment).floor("min")
    for layout in ("%Y-%m-%dT%H:%M:%S", "%Y%m%dT%H%M%S", "%d %B %Y %H:%M:%S", "%d.%m.%Y, %H.%M.%S"):
        assert parse_date(second.strftime(layout).zfill(4)) == second, layout
    for layout in ("%B %d, %Y %I:%M %p", "%a %b %d %H:%M:00 +0000 %Y", "%d %b %Y %Hh%M"):
        assert parse_date(minute.strftime(layout)) == minute, layout


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("1/31/49", "2049-01-31"),
        ("1/31/50", "1950-01-31"),
        ("32874", "1990-01-01"),
        ("32873", None),
        ("54788", "2049-12-31"),
        ("54789", None),
        ("100000000", "1973-03-03 09:46:40"),
        ("99999999", None),
        ("2524607999", "2049-12-31 23:59:59"),
        ("2524608000", None),
        ("1517407200000000", "2018-01-31 14:00:00"),
        ("100000000000", "1973-03-03 09:46:40"),
        ("100000000000000", "1973-03-03 09:46:40"),
        ("2524607999999", "2049-12-31 23:59:59"),
        ("43131.5", "2018-01-31 12:00:00"),
    ],
)
def test_years_and_numbers_are_dates_from_here_to_there(text, day):
    found = read_date(text).value
    assert pd.isna(found) if day is None else found == pd.Timestamp(day)


@pytest.mark.parametrize(
    ("clock", "read"),
    [
        ("23:59:59", "23:59:59"),
        ("24:00", "00:00"),
        ("23:60", "00:00"),
        ("22:10:60", "00:00"),
        ("12:00 am", "00:00"),
        ("12:00 pm", "12:00"),
        ("1:00 p.m.", "13:00"),
    ],
)
def test_what_is_no_time_of_day_is_midnight(clock, read):
    assert parse_date(f"2031-03-12 {clock}") == pd.Timestamp(f"2031-03-12 {read}")


@pytest.mark.parametrize(
    ("text", "order"),
    [
        ("12/13/2031", "mdy"),
        ("13/12/2031", "dmy"),
        ("12/12/2031", ""),
        ("12/11/2031", "?"),
        ("13/13/2031", ""),
        ("32/12/2031", ""),
        ("31/12/31", "dmy"),
        ("2031-03-04", ""),
        ("3.4.2031", ""),
    ],
)
def test_the_order_of_a_date_shows_above_twelve(text, order):
    assert day_month_order(text) == order


@given(st.integers(10_000, 54_788))
@example(32_873)  # since 1900 the last day of 1989, since 1960 the first after the known years
def test_days_are_counted_from_1900_only_where_nothing_else_is_plausible(number):
    """Days since 1960 (Stata) or 1970 (R) give the same numbers for other years."""
    found = read_date(str(number))
    since_1960 = pd.Timestamp("1960-01-01") + pd.Timedelta(days=number)
    if since_1960 <= pd.Timestamp(YEARS.stop, 1, 1):
        assert pd.isna(found.value)
        assert "1960 (Stata)" in found.reason
    else:
        assert found.value == pd.Timestamp("1899-12-30") + pd.Timedelta(days=number)


@pytest.mark.parametrize(
    ("text", "day"),
    [("12/4/2031", "2031-12-04"), ("13/4/2031", "2031-04-13"), ("12.4.2031", "2031-04-12")],
)
def test_a_month_stands_first_if_it_may(text, day):
    assert read_date(text, "mdy").value == pd.Timestamp(day)


@pytest.mark.parametrize(
    ("clock", "time"),
    [
        ("23:59:59", "23:59:59"), ("24:00", ""), ("12:60", ""), ("12:00:60", ""), ("0:00", ""),
        ("12:30 AM", "00:30"), ("12:30 PM", "12:30"), ("1:30 pm", "13:30"), ("1430", ""),
    ],
)  # fmt: skip
def test_a_clock_has_24_hours(clock, time):
    found = read_date(f"2031-03-12 {clock}").value
    assert found == pd.Timestamp(f"2031-03-12 {time}".strip())


_PIECES = [
    "2031",
    "1",
    "12",
    "31",
    "20310312",
    "Mar",
    "março",
    "年",
    "月",
    "日",
    "de",
    "th",
    "9:30",
]


@given(st.lists(st.sampled_from([*_PIECES, *" -/.,", "٣"]), max_size=9).map("".join))
@example("2031-03-12")
@example("Mar 12, 2031")
@example("12Mar2031")
@example("20310312")
def test_a_text_in_a_layout_of_a_date_is_looked_through(text):
    """Most texts are not, by the digits in them."""
    patterns = (dates._ISO, *dates._NAMED, *dates._YEAR_FIRST, dates.NUMERIC)
    known = any(pattern.search(text.strip()) for pattern in patterns)
    assert find_date(text).reason.endswith("in a known layout") != (known or not text.strip())
