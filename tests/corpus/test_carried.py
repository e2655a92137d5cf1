"""Numbers of columns that are carried along, as the people of a country write them."""

from __future__ import annotations

import pandas as pd
import pytest

import framing as fr
from framing.corpus.carried import with_numbers


def read(columns):
    found, notes = with_numbers({name: pd.Series(cells) for name, cells in columns.items()})
    return {name: cells.tolist() for name, cells in found.items()}, notes


@pytest.mark.parametrize(
    ("cells", "beside", "numbers"),
    [
        (["1.234", "900"], ["0,63", "12,5"], [1234, 900]),
        (["1.234", "900"], ["0.63", "12.5"], [1.234, 900.0]),
        (["1,234", "900"], ["0.63", "12.5"], [1234, 900]),
        (["1,234", "900"], ["0,63", "12,5"], [1.234, 900.0]),
        (["-1.234.567", "8"], ["a", "b"], [-1234567, 8]),
        (["1,234,567.5", "8"], ["a", "b"], [1234567.5, 8.0]),
        (["0,63", "12"], ["a", "b"], [0.63, 12.0]),
        (["0.123", "12"], ["a", "b"], [0.123, 12.0]),
        (["1.234", "900"], ["a", "b"], [1.234, 900.0]),
        (["1.234", "900"], ["12", "1931"], [1.234, 900.0]),
        (["1,234", "900"], ["a", "b"], ["1,234", "900"]),
        (["1,2", "3,4"], ["0.5", "2"], ["1,2", "3,4"]),  # codes, or two ways in one table
        (["007", "1,5"], ["a", "b"], ["007", "1,5"]),
        (["1.23.456", "1"], ["a", "b"], ["1.23.456", "1"]),
        (["12,345,6", "1"], ["a", "b"], ["12,345,6", "1"]),
    ],
)
def test_columns_that_can_be_read_in_one_way_decide_for_the_others(cells, beside, numbers):
    found, _ = read({"this": cells, "other": beside})
    assert found["this"] == numbers
    assert [type(n) for n in found["this"]] == [type(n) for n in numbers]


@pytest.mark.parametrize(
    ("cells", "beside", "note"),
    [
        (["1.234", "900"], ["0,63", "12,5"], "as '1.234', points between thousands"),
        (["1,5", "900"], ["0,63", "12,5"], "as '1,5', decimal commas"),
        (["1,234", "900"], ["0.63", "12.5"], "as '1,234', commas between thousands"),
        (["900", "1.234"], ["12", "1931"],
         "as '1.234', a decimal point, but may have decimals or thousands"),
        (["1,2", "3,4"], ["0.5", "2"], "text, as '1,2' may have decimals or thousands"),
        (["0.123", "12"], ["a", "b"], None),
        (["12", "1931"], ["0,5", "1"], None),
    ],
)  # fmt: skip
def test_numbers_that_are_not_plain_are_told(cells, beside, note):
    assert read({"this": cells, "other": beside})[1].get("this") == note


def test_a_german_table_is_read_as_it_is_meant(tmp_path):
    """Its topics are topics, its numbers numbers, and none of them is a measure."""
    rows = [
        f"Gull;31.01.2031;Fähre {n};Pilots may leave port {n}, the mayor feared.;Meer;1.{n}00;0,{n}3"
        for n in range(1, 7)
    ]
    head = "Medium;Veröffentlicht;Überschrift;Volltext;Thema;Aufrufe;Relevanz"
    (tmp_path / "a.csv").write_text("\n".join([head, *rows]), "cp1252")
    corpus = fr.read_corpus(tmp_path / "a.csv", languages=())
    assert set(corpus.articles["topic"]) == {"Meer"}
    assert sorted(corpus.articles["Aufrufe"]) == [1100, 1200, 1300, 1400, 1500, 1600]
    assert sorted(corpus.articles["Relevanz"]) == [0.13, 0.23, 0.33, 0.43, 0.53, 0.63]
    how = corpus.columns.set_index("column")["how"]
    assert how["Aufrufe"] == "carried; as '1.100', points between thousands"
    with pytest.raises(ValueError, match="no measure 'hedging': did you mean 'hedge'") as told:
        fr.levels(fr.score(corpus.paragraphs), measures=["hedging"])
    assert not {"Aufrufe", "Relevanz"} & set(str(told.value).replace(",", "").split())


@pytest.mark.parametrize(
    "names",
    [
        ["Zeitung", "Erschienen am", "Titel", "Volltext", "Thema", "Ereignis", "Verfasserin"],
        ["Journal", "Publié le", "Titre", "Texte", "Thème", "Événement", "Journaliste"],
        ["Periódico", "Publicado el", "Título", "Texto", "Tema", "Suceso", "Periodista"],
        ["Testata", "Pubblicato il", "Titolo", "Testo", "Argomento", "Evento", "Giornalista"],
        ["Jornal", "Publicado em", "Título", "Texto", "Assunto", "Acontecimento", "Jornalista"],
        ["Krant", "Gepubliceerd op", "Titel", "Tekst", "Onderwerp", "Gebeurtenis", "Journalist"],
    ],
)
def test_names_of_columns_in_the_languages_of_researchers(names):
    cells = ["Gull", "2031-03-12", "Rain", "Rain fell on the harbour.", "sea", "e1", "Ada Vale"]
    table = pd.DataFrame([cells, ["Mail", *cells[1:3], "The rain is over.", *cells[4:]]])
    article = fr.read_corpus(table.set_axis(names, axis=1)).articles.sort_values("outlet").iloc[0]
    fields = ["outlet", "date", "title", "topic", "event", "byline"]
    expected = [cells[0], pd.Timestamp(cells[1]), cells[2], *cells[4:]]
    assert article[fields].tolist() == expected
