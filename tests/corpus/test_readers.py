"""Every format that researchers bring, in its real layout with made-up text."""

from __future__ import annotations

import gzip
import io
import json
import shutil
import zipfile
from pathlib import Path
from xml.sax.saxutils import escape

import pandas as pd
import pytest

import framing as fr
from framing.corpus.summary import account
from tests.conftest import ROOT, read_file, read_in

FIXTURES = ROOT / "tests" / "fixtures" / "readers"
TANKER = "Boarding of tanker raises fears for strait traffic"
TALKS = "Talks may resume, says minister"
FIRST = "Armed men boarded a tanker in the strait on Wednesday, officials in Port Ansel said."
NEXIS = [
    "User Name:\xa0Reader", "Date and Time:\xa0Friday, March 14, 2031 10:05:00 AM GMT",
    "Job Number:\xa0123456789", "Documents (2)", f"1. {TANKER}", "Client/Matter:\xa0-None-",
    "Search Terms:\xa0strait", "Search Type:\xa0Terms and Connectors", "Narrowed by:",
    "Content Type", "Narrowed by", "News", "Timeline: Mar 01, 2031 to Mar 14, 2031",
    f"2. {TALKS}", "",
    TANKER, "The Standard Review", "March 12, 2031 Wednesday 9:20 AM GMT",
    "Copyright 2031 Standard Review Newspapers All Rights Reserved", "Section:\xa0NEWS; Pg. 6",
    "Length:\xa062 words", "Byline:\xa0Ada Holm", "Highlight:\xa0Crew held for a morning",
    "Body", "", FIRST, "“We fear that it will not be the last such case,” said a spokeswoman.",
    "Shipping went on.", "Classification", "Language:\xa0ENGLISH", "Subject:\xa0SHIPPING (90%)",
    "Load-Date:\xa0March 12, 2031", "", "End of Document", "",
    TALKS, "Meridian Wire", "13. März 2031 Donnerstag",
    "Copyright 2031 Meridian Wire", "Länge:\xa031 Wörter", "Volltext",
    "Talks may resume next week, the minister said on Thursday.",
    "Load-Date:\xa0March 13, 2031", "Ende des Dokuments",
]  # fmt: skip


def docx(lines: list[str]) -> bytes:
    """A document as Nexis Uni and Word write it: runs of text in paragraphs, no styles."""
    paragraphs = "".join(
        f'<w:p><w:r><w:t xml:space="preserve">{escape(line[:9])}</w:t></w:r>'
        f'<w:r><w:t xml:space="preserve">{escape(line[9:])}</w:t></w:r></w:p>'
        for line in lines
    )
    document = (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?><w:document xmlns:w="http://'
        f'schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>{paragraphs}</w:body>'
        "</w:document>"
    )
    return zipped({"[Content_Types].xml": b"<Types/>", "word/document.xml": document.encode()})


def zipped(members: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return out.getvalue()


def warc(*pages: tuple[str, str, bytes]) -> bytes:
    """Response records, as Common Crawl writes them: each compressed for itself."""
    from warcio.statusandheaders import StatusAndHeaders
    from warcio.warcwriter import WARCWriter

    out = io.BytesIO()
    writer = WARCWriter(out, gzip=True)
    for url, kind, body in pages:
        headers = StatusAndHeaders("200 OK", [("Content-Type", kind)], protocol="HTTP/1.1")
        record = writer.create_warc_record(
            url, "response", payload=io.BytesIO(body), http_headers=headers,
            warc_headers_dict={"WARC-Date": "2031-03-20T00:00:00Z"},
        )  # fmt: skip
        writer.write_record(record)
    return out.getvalue()


def place(folder: Path, name: str) -> Path:
    """The fixture of a format as a file in a folder; those that are not text are made here."""
    made = {
        "nexis.docx": lambda: docx(NEXIS),
        "crawl.warc.gz": lambda: warc(
            ("https://www.standardreview.example/boarding", "text/html; charset=utf-8",
             (FIXTURES / "page.html").read_bytes()),
            ("https://www.standardreview.example/a.jpg", "image/jpeg", b"\xff\xd8"),
        ),
    }  # fmt: skip
    if name in made:
        (folder / name).write_bytes(made[name]())
    else:
        shutil.copy(FIXTURES / name, folder / name)
    return folder / name


# Of every format: outlet, day, byline, title, paragraphs of the body and status of each article,
# and how many inputs were skipped and failed. The first article is the same in all of them.
REVIEW = ("The Standard Review", "2031-03-12", "Ada Holm", TANKER, 3, "full")
WIRE = ("Meridian Wire", "2031-03-13", "", TALKS, 1, "full")
EXPECTED = {
    "nexis.docx": ([REVIEW, WIRE], 0, 0),
    "nexis.rtf": ([REVIEW], 0, 0),
    "lexisnexis.txt": (
        [
            ("The Standard Review (Lorne)", "2031-03-12", "Ada Holm, Defence Correspondent",
             TANKER, 3, "full"),
            ("Meridian Wire", "2031-03-13", "M. Wire", TALKS, 1, "full"),
        ], 0, 1,
    ),
    "factiva.html": (
        [
            ("The Standard Review", "2031-03-12", "By Ada Holm", TANKER, 3, "full"),
            ("Tarnovarer Tageblatt", "2031-03-13", "", "Ministerin hält neue Gespräche für möglich",
             1, "full"),
            ("Meridian Wire", "2031-03-13", "By M. Wire", TALKS, 1, "full"),
        ], 0, 0,
    ),
    "proquest.txt": (
        [
            ("The Standard Review; Port Ansel", "2031-03-12", "Holm, Ada", TANKER, 3, "full"),
            ("Meridian Wire; Tarnovar", "2031-03-13", "", TALKS, 0, "missing"),
        ], 0, 0,
    ),
    "europresse.html": (
        [
            REVIEW,
            ("Le Courrier du Détroit (site web)", "2031-03-13", "",
             "La ministre juge possible une reprise", 1, "full"),
        ], 0, 0,
    ),
    "europresse_old.html": ([("The Standard Review", "2031-03-12", "", TANKER, 3, "full")], 0, 0),
    "mediacloud.csv": (
        [
            ("meridianwire.example", "2031-03-13", "", TALKS, 0, "missing"),
            ("standardreview.example", "2031-03-12", "", TANKER, 0, "missing"),
        ], 0, 0,
    ),
    "gdelt.json": (
        [
            ("meridianwire.example", "", "", TALKS, 0, "missing"),
            ("standardreview.example", "", "", TANKER, 0, "missing"),
        ], 0, 0,
    ),
    "newsapi.json": (
        [
            ("Meridian Wire", "2031-03-13", "", TALKS, 0, "missing"),
            ("The Standard Review", "2031-03-12", "Ada Holm", TANKER, 0, "truncated"),
        ], 0, 0,
    ),
    "trafilatura.json": ([REVIEW], 0, 0),
    "page.html": ([(*REVIEW[:4], 7, "full")], 0, 0),
    "crawl.warc.gz": ([(*REVIEW[:4], 7, "full")], 1, 0),
}  # fmt: skip


def seen(corpus: fr.Corpus) -> list[tuple[object, ...]]:
    bodies = corpus.paragraphs[corpus.paragraphs["role"] == "body"]["article"].value_counts()
    days = corpus.articles["date"].dt.strftime("%Y-%m-%d").fillna("")
    return sorted(
        (row.outlet, day, row.byline, row.title, bodies.get(row.article, 0), row.body_status)
        for row, day in zip(corpus.articles.itertuples(), days, strict=True)
    )


def adds_up(corpus: fr.Corpus) -> None:
    """Inputs and blocks of the account are those of the tables."""
    inputs = corpus.audit[corpus.audit["block"].isna()]
    removed = corpus.audit[corpus.audit["block"].notna()]
    scored = inputs[inputs["outcome"] == "scored"]
    assert sorted(scored["article"]) == sorted(corpus.articles["article"])
    assert set(inputs["outcome"]) <= {"scored", "skipped", "failed"}
    assert inputs.loc[inputs["outcome"] != "scored", "reason"].str.len().gt(0).all()
    assert inputs["blocks"].sum() == len(corpus.paragraphs)
    assert inputs["blocks"].sum() - inputs["kept"].sum() == len(removed)
    assert corpus.articles["article"].is_unique
    assert inputs["source"].is_unique


@pytest.mark.parametrize("name", EXPECTED)
def test_an_export_gives_what_stands_in_it(tmp_path, name):
    """Articles, outlets, dates, titles, bylines, paragraphs and status, and an account."""
    articles, skipped, failed = EXPECTED[name]
    corpus = fr.read_corpus(place(tmp_path, name), languages=())
    assert seen(corpus) == sorted(articles)
    adds_up(corpus)
    outcomes = corpus.audit[corpus.audit["block"].isna()]["outcome"].value_counts()
    assert (outcomes.get("skipped", 0), outcomes.get("failed", 0)) == (skipped, failed)


def test_all_exports_in_one_folder_zip_and_gzip(tmp_path):
    """The same articles come out of a folder, of a zip of it, and of a zip of gzipped files."""
    folder = tmp_path / "folder"
    folder.mkdir()
    files = [place(folder, name) for name in EXPECTED]
    members = {f"../{file.name}": file.read_bytes() for file in files}
    (tmp_path / "all.zip").write_bytes(zipped(members))
    packed = {
        f"in/{name}.gz": gzip.compress(data) if not name.endswith(".gz") else data
        for name, data in members.items()
    }
    (tmp_path / "packed.zip").write_bytes(zipped({"inner.zip": zipped(packed)}))
    want = fr.read_corpus(folder, languages=())
    adds_up(want)
    assert len(want.articles) == sum(len(articles) for articles, _, _ in EXPECTED.values())
    for path in (tmp_path / "all.zip", tmp_path / "packed.zip"):
        got = fr.read_corpus(path, languages=())
        adds_up(got)
        assert seen(got) == seen(want)
        assert not got.audit["source"].str.contains("..", regex=False).any()


@pytest.mark.parametrize("name", EXPECTED)
def test_a_format_is_known_by_what_it_is_not_by_its_name(tmp_path, name):
    """Under a name without an ending the same comes out."""
    place(tmp_path, name).rename(tmp_path / "download")
    assert seen(fr.read_corpus(tmp_path / "download", languages=())) == sorted(EXPECTED[name][0])


def test_the_text_of_an_export_is_that_of_the_article(tmp_path):
    """No label, cover list, caption or copyright is in a body; wrapped lines are whole again."""
    for name in ("nexis.docx", "nexis.rtf", "proquest.txt", "factiva.html", "europresse.html"):
        paragraphs = fr.read_corpus(place(tmp_path, name)).paragraphs
        body = paragraphs[paragraphs["role"] == "body"]["text"].tolist()
        assert FIRST in body, name
        assert "Shipping went on." in body, name
    paragraphs = fr.read_corpus(place(tmp_path, "lexisnexis.txt")).paragraphs
    assert (
        "Armed men boarded a tanker in the strait on Wednesday, officials in Port Ansel said, and "
        "held its crew of nineteen on the bridge for most of the morning before they left by boat."
    ) in paragraphs["text"].tolist()


def test_ids_of_the_export_are_kept(tmp_path):
    """Accession numbers of Factiva, ProQuest and Europresse are the articles' ids."""
    ids = {
        name: sorted(fr.read_corpus(place(tmp_path, name), languages=()).articles["article"])
        for name in ("factiva.html", "proquest.txt", "europresse.html", "europresse_old.html")
    }
    assert ids == {
        "factiva.html": [
            "MWIRE00020310313e73d0003z", "STDREV0020310312e73c0001x", "TARTAG0020310313e73d0002y",
        ],
        "proquest.txt": ["2501234567", "2501234568"],
        "europresse.html": ["news·20310312·SR·0006", "news·20310313·LC·0093"],
        "europresse_old.html": ["news·20310312·SR·0006"],
    }  # fmt: skip


def test_the_section_of_an_export_is_the_topic(tmp_path):
    """Without the page, the day and the place that stand beside it."""
    topics = {
        name: sorted(fr.read_corpus(place(tmp_path, name), languages=()).articles["topic"])
        for name in ("lexisnexis.txt", "proquest.txt", "europresse.html")
    }
    assert topics == {
        "lexisnexis.txt": ["", "NEWS"],
        "proquest.txt": ["", "News"],
        "europresse.html": ["International", "World"],
    }


def test_the_date_of_a_crawl_is_no_date(tmp_path):
    """GDELT's seendate is taken only where the researcher says so; the account says why."""
    path = place(tmp_path, "gdelt.json")
    corpus = fr.read_corpus(path)
    assert corpus.articles["date"].isna().all()
    assert corpus.audit["reason"].str.contains("seendate").all()
    told = fr.read_corpus(path, columns={"date": "seendate"})
    assert told.articles["date"].min() == pd.Timestamp("2031-03-12 11:45")


def test_a_truncated_body_is_not_scored(tmp_path):
    """NewsAPI's 200 characters end as fragments; the headline may be scored."""
    corpus = fr.read_corpus(place(tmp_path, "newsapi.json"))
    assert set(corpus.paragraphs["role"]) == {"headline", "fragment"}
    assert set(fr.score(corpus.paragraphs)["role"]) == {"headline"}
    assert corpus.audit["reason"].str.contains("truncated").any()


def test_columns_are_told_or_guessed_aloud(tmp_path):
    """A guess warns and names the columns; what is told is taken and does not warn."""
    path = tmp_path / "rows.csv"
    path.write_text("medium,headline,artikel,day\nHerald,Rain fell,It rained all day.,2031-03-12\n")
    with pytest.warns(UserWarning, match="outlet from 'medium', title from 'headline'") as told:
        guessed = fr.read_corpus(path)
    assert told[0].filename == __file__  # the line of the user, not one of ours
    assert guessed.articles["body_status"].tolist() == ["missing"]
    columns = {"text": "artikel", "date": "day", "outlet": "medium", "title": "headline"}
    told = fr.read_corpus(path, columns=columns)
    assert told.articles[["outlet", "body_status"]].to_numpy().tolist() == [["Herald", "full"]]
    with pytest.raises(ValueError, match=r"no field 'tekst' \(did you mean 'text'\?\)"):
        fr.read_corpus(path, columns={"tekst": "artikel"})


@pytest.mark.parametrize(
    ("options", "told"),
    [
        ({"columns": {"text": None}}, "columns must give a name for 'text', got None"),
        ({"columns": ["text"]}, "columns must be a dict of names, got a list"),
        ({"outlets": {"Sun": 3}}, r"outlets must give a name for 'Sun', got 3 \(int\)"),
    ],
)
def test_an_option_that_names_no_name_is_an_error(options, told):
    with pytest.raises(TypeError, match=told):
        fr.read_corpus("corpora/strait", **options)


def test_a_sidecar_table_tells_of_the_files_beside_it(tmp_path):
    """Its rows win over the path; one about no file fails, and none is lost."""
    (tmp_path / "raw").mkdir()
    (tmp_path / "raw" / "a.txt").write_text(f"{TANKER}\n\n{FIRST}")
    (tmp_path / "raw" / "b.txt").write_text(f"{TALKS}\n\nTalks may resume next week, she said.")
    (tmp_path / "about.csv").write_text(
        "file,outlet,date,event\na.txt,NA,2031-03-12,e1\nraw/b,007,2031-03-13,e1\nc.txt,X,,\n"
    )
    corpus = fr.read_corpus(tmp_path)
    adds_up(corpus)
    assert corpus.articles["outlet"].tolist() == ["NA", "007"]
    assert corpus.articles["event"].tolist() == ["e1", "e1"]
    inputs = corpus.audit[corpus.audit["block"].isna()].set_index("source")
    assert inputs.loc["about.csv, row 3", "outcome"] == "failed"
    assert inputs.loc["about.csv, row 3", "reason"] == "no such file: 'c.txt'"
    assert account(corpus).startswith(
        "3 inputs: 2 read, 1 failed\n  2 rows of metadata read with the files that they describe\n"
        "  failed: 1 × no such file: 'c.txt'\n"
    )
    box = str(fr.methods(corpus, fr.score(corpus.paragraphs)))
    assert "Input. 3 inputs: 1 failed (1 × no such file), 2 scored" in box


@pytest.mark.parametrize("suffix", ["csv", "xlsx", "jsonl"])
@pytest.mark.parametrize("names", [("0000", "0001"), ("0000.txt", "raw/0001.txt"), ("0", 1)])
@pytest.mark.parametrize("column", ["Datei", "Beleg", "Dokument"])
@pytest.mark.parametrize("titled", [True, False])
def test_a_column_that_names_the_files_beside_a_table_is_that_whatever_its_name(
    tmp_path, suffix, names, column, titled
):
    """With or without their endings, and with or without a column of titles."""
    (tmp_path / "raw").mkdir()
    (tmp_path / "raw" / "0000.txt").write_text(FIRST)
    (tmp_path / "raw" / "0001.txt").write_text("Talks may resume next week, she said.")
    table = pd.DataFrame({column: names, "Zeitung": ["Bote", "Kurier"], "Datum": "2031-03-12"})
    table = table.assign(Titel=[TANKER, TALKS]) if titled else table
    write = {"csv": table.to_csv, "xlsx": table.to_excel}.get(suffix)
    if write:
        write(tmp_path / f"list.{suffix}", index=False)
    else:
        table.to_json(tmp_path / "list.jsonl", orient="records", lines=True)
    corpus = fr.read_corpus(tmp_path)
    adds_up(corpus)
    assert corpus.articles["outlet"].tolist() == ["Bote", "Kurier"]
    assert corpus.articles["title"].tolist() == ([TANKER, TALKS] if titled else ["", ""])
    assert corpus.articles["body_status"].tolist() == ["full", "full"]


def test_json_in_every_shape(tmp_path):
    """Lines, an array, an object with a list, one object; paragraphs as a list; a broken end."""
    rows = [{"id": str(n), "outlet": "Sun", "text": ["Rain fell.", "It dried."]} for n in range(2)]
    shapes = {
        "a.jsonl": "\n".join(map(json.dumps, rows)),
        "b.json": json.dumps(rows),
        "c.json": json.dumps({"status": "ok", "results": rows}, indent=1),
        "d.json": "\n".join(map(json.dumps, rows)),
        "e.json": json.dumps(rows)[:-30],
    }
    for name, text in shapes.items():
        corpus = read_file(tmp_path / name, text)
        adds_up(corpus)
        assert len(corpus.articles) == (1 if name == "e.json" else 2), name
        assert corpus.paragraphs["text"].tolist()[:2] == ["Rain fell.", "It dried."]


@pytest.mark.parametrize("delimiter", [",", ";"])  # between tabs a mark is one of the text
@pytest.mark.parametrize("column", [0, 1, 2])
def test_a_quotation_mark_that_joins_rows_costs_one_row(tmp_path, column, delimiter):
    """It opens in one row and closes in another; the rows between are no part of a name."""
    rows = [
        ["Gull", f"Title {n}", f"Ministers said that rain fell on {n} ports."] for n in range(20)
    ]
    rows[3][column] = f'"{rows[3][column]}'
    rows[12][column] += '"'
    lines = [delimiter.join(row) for row in [["outlet", "title", "text"], *rows]]
    found = read_in(tmp_path, "a.csv", "\n".join(lines) + "\n")
    failed = found.audit[found.audit["outcome"] == "failed"]
    assert failed["source"].tolist() == ["a.csv, row 4"]
    assert "line 5: a quotation mark joins it with the rows below" in failed["reason"].iloc[0]
    assert len(found.articles) == 19
    assert sorted(found.articles["title"].str.extract(r"(\d+)")[0].astype(int)) == [
        n for n in range(20) if n != 3
    ]


@pytest.mark.parametrize("delimiter", [",", ";"])
@pytest.mark.parametrize("gap", range(5))
@pytest.mark.parametrize("column", range(4))
def test_a_quotation_mark_that_may_join_a_few_rows_is_told(tmp_path, column, gap, delimiter):
    rows = [
        [str(n), "Gull", f"Title {n}", f"Ministers said that rain fell on {n} ports."]
        for n in range(20)
    ]
    rows[3][column] = f'"{rows[3][column]}'
    rows[4 + gap][column] += '"'
    lines = [delimiter.join(row) for row in [["id", "outlet", "title", "text"], *rows]]
    found = read_in(tmp_path, "a.csv", "\n".join(lines) + "\n")
    told = found.audit[found.audit["reason"].str.contains("may join it with the rows below")]
    assert told["source"].tolist() == ["a.csv, row 4"] and len(found.articles) == 19 - gap
    assert told["reason"].iloc[0].endswith(f"up to line {6 + gap}")


@pytest.mark.parametrize("first", ["outlet", "text"])
@pytest.mark.parametrize(
    "lines",
    [["Rain fell on port A", "Rain fell on port B"], ["1,Gull,39", "2,Sun,36", "3,Herald,30"],
     ["Red rain,grey rain,no rain", "Red ports,grey ports,no ports"] * 2,
     ["The rate rose by 3,5 percent to 4,75 percent"] * 3, ["“Rain,” she said of ports,” he said"]],
)  # fmt: skip
def test_of_few_lines_of_a_text_it_is_not_told(tmp_path, lines, first):
    """Verses, tables and numbers as many languages write them."""
    names = ["title", *({"outlet", "text"} - {first})]
    row = {"outlet": "Gull", "title": "Rain", "text": "\n".join(["He said:", *lines, "So it was."])}
    table = pd.DataFrame([row] * 2)[[first, *names]]
    found = read_in(tmp_path, "a.csv", table.to_csv(index=False))
    assert len(found.articles) == 2 and not found.audit["reason"].str.contains("rows below").any()


@pytest.mark.parametrize("between", ["\n\n", ", he said.\n", "\nNo row, is this, at all\n"])
def test_lines_of_a_text_are_no_rows(tmp_path, between):
    text = between.join(f"Rain fell on port {n}" for n in range(9))
    found = read_in(tmp_path, "a.csv", f'outlet,title,text\nGull,Rain,"{text}."\n')
    assert "failed" not in set(found.audit["outcome"]) and len(found.articles) == 1


@pytest.mark.parametrize("delimiter", [",", "\t"])
@pytest.mark.parametrize("last", ["text", "outlet"])
def test_texts_of_many_lines_are_whole_in_a_file_longer_than_the_sample(tmp_path, delimiter, last):
    """Between tabs each began a row; of a text that the sample cuts off, the first line counted."""
    text = "\n".join(f"Rain fell on port {n}, he said." for n in range(7))
    rows = pd.DataFrame({"title": [f"Title {n}" for n in range(300)], "outlet": "Gull"})
    rows = rows.assign(text=text)[["title", *({"text", "outlet"} - {last}), last]]
    found = read_in(tmp_path, "a.csv", rows.to_csv(sep=delimiter, index=False))
    assert found.audit["outcome"].ne("failed").all() and len(found.articles) == 300
    assert found.paragraphs["text"].str.count("Rain fell").sum() == 7 * 300


def test_a_stray_quotation_mark_costs_one_row(tmp_path):
    """The row with it fails with its line number; those before and after are read."""
    path = tmp_path / "rows.csv"
    path.write_text('outlet,text\nSun,"Rain, again."\nSun,"Hail\nSun,"Snow,\nat last."\nSun,Fog.\n')
    corpus = fr.read_corpus(path)
    adds_up(corpus)
    inputs = corpus.audit[corpus.audit["block"].isna()].set_index("source")["outcome"]
    assert inputs.to_dict() == {
        "rows.csv, row 1": "scored", "rows.csv, row 2": "failed", "rows.csv, row 3": "scored",
        "rows.csv, row 4": "scored",
    }  # fmt: skip


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("ends", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_tables_in_the_dialects_of_spreadsheets(tmp_path, delimiter, ends, encoding):
    """Delimiters, line ends and encodings as spreadsheets write them."""
    path = tmp_path / "rows.csv"
    lines = [delimiter.join(row) for row in (("id", "outlet", "text"), ("007", "Café", "It’s on."))]
    path.write_bytes(ends.join([*lines, ""]).encode(encoding))
    corpus = fr.read_corpus(path)
    assert corpus.articles[["article", "outlet"]].to_numpy().tolist() == [["007", "Café"]]
    assert corpus.paragraphs["text"].tolist() == ["It’s on."]


ROWS = [
    {"id": "1", "outlet": "Sun", "text": "It rained all day in the town, officials said."},
    {"id": "2", "outlet": "Sun", "text": ""},
    {"id": "3", "outlet": "Sun", "text": "Es regnete den ganzen Tag in der Stadt, und nicht einmal die "
     "Leute auf dem Markt waren davon mit ihren Schirmen überrascht, sagte ein Sprecher."},
    {"id": "3", "outlet": "Sun", "text": "It dried in the end, they say.\n\nLeave a comment"},
]  # fmt: skip
TABLES = {
    "rows.csv": lambda table: table.to_csv(index=False).encode(),
    "rows.tsv": lambda table: table.to_csv(index=False, sep="\t").encode("utf-16"),
    "rows.json": lambda table: table.to_json(orient="records").encode(),
    "rows.jsonl": lambda table: table.to_json(orient="records", lines=True).encode(),
    "rows.jsonl.gz": lambda table: gzip.compress(TABLES["rows.jsonl"](table)),
    "rows.parquet": lambda table: table.to_parquet(),
    "texts.zip": lambda table: zipped(
        {f"{n}.txt": text.encode() for n, text in enumerate(table["text"])}
    ),
}


EMPTY = {"texts.zip": "an empty file"}


@pytest.mark.parametrize("name", TABLES)
def test_every_row_is_accounted_for(tmp_path, name):
    """Of four rows or files two are scored, one is empty and one in another language."""
    corpus = read_file(tmp_path / name, TABLES[name](pd.DataFrame(ROWS)))
    adds_up(corpus)
    inputs = corpus.audit[corpus.audit["block"].isna()]
    assert len(inputs) == 4
    assert sorted(inputs["reason"]) == [
        "", "", *sorted(["language 'de', by its text: not scored", EMPTY.get(name, "no text")]),
    ]  # fmt: skip
    assert len(corpus.articles) == 2
    assert corpus.audit["block"].notna().sum() == 1


FRONT = """---
title: "Talks may resume, says minister"
author: [Ada Holm]
sitename: Meridian Wire
date: 2031-03-13
tags:
  - strait
---
"""
MARKDOWN = f"""
# {TALKS}

**By Ada Holm**

{FIRST[:40]}[{FIRST[40:60]}](https://x.example "a title"){FIRST[60:]}

> “We *fear* that it will not be the last such case,” said a spokeswoman.

![a ship](a.png)

- Shipping went on in a 2 * 3 mile zone that some call the my_own_zone * strip.
"""


@pytest.mark.parametrize("name", ["clip.md", "page.txt"])
def test_front_matter_is_metadata_and_marks_are_no_text(tmp_path, name):
    """A clip in Markdown, and what trafilatura writes with its metadata."""
    plain = f"{TALKS}\n{FIRST}\n“We fear that it will not be the last.”\n"
    corpus = read_file(tmp_path / name, FRONT + (MARKDOWN if name == "clip.md" else plain))
    article = corpus.articles.iloc[0]
    assert (article["outlet"], article["title"], article["byline"]) == (
        "Meridian Wire",
        TALKS,
        "Ada Holm",
    )
    assert str(article["date"])[:10] == "2031-03-13"
    text = corpus.paragraphs.loc[corpus.paragraphs["role"] == "body", "text"].tolist()
    assert text[0] == FIRST
    assert not any(
        mark in " ".join(text) for mark in ("---", "sitename", "](", "![", "> ", "*fear")
    )
    if name == "clip.md":
        assert text[-1].endswith("2 * 3 mile zone that some call the my_own_zone * strip.")


def test_three_hyphens_that_are_no_front_matter_stay_text(tmp_path):
    for n, text in enumerate(
        (f"---\n\n{FIRST}\n\n---\n\n{FIRST} Again.", f"---\nnot: [yaml\n---\n{FIRST}")
    ):
        (tmp_path / f"{n}.txt").write_text(text)
    corpus = fr.read_corpus(tmp_path)
    assert len(corpus.articles) == 2
    assert corpus.paragraphs["text"].str.contains("Armed men").sum() == 3


def test_the_notes_of_a_clipper_are_read_without_its_marks(tmp_path):
    (tmp_path / "clip.md").write_text(
        "---\ntitle: Talks fail\nsource: https://gull.example/1\nsite: Daily Gull\n"
        'author: ["[[Ada Roe]]"]\npublished: 2031-03-12\n---\n![[map.png|300]]\n\n'
        "> [!quote]+ Rain fell on ==the harbour== and [[Tolver|the town]] [@roe2031, p. 3]. ^b1\n\n"
        "%%check this%%\n\n#clip #harbour/rain\n",
        encoding="utf-8",
    )
    corpus = fr.read_corpus(tmp_path / "clip.md")
    row = corpus.articles.iloc[0]
    assert (row["outlet"], row["byline"]) == ("Daily Gull", "Ada Roe")
    assert row["url"] == "https://gull.example/1"
    body = corpus.paragraphs.loc[corpus.paragraphs["role"] == "body", "text"]
    assert body.tolist() == ["Rain fell on the harbour and the town."]
