from __future__ import annotations

import random
import warnings

import pandas as pd
import pytest
from pandas.testing import assert_frame_equal

import framing as fr
from framing.lexicon.loading import built_in
from framing.schema import COLUMN_NAMES, PARAGRAPH_COLUMNS, SCORE_COLUMNS
from framing.scoring import measure as measure_module
from framing.text import chunks as chunks_module
from tests.benchmarks.alone import growth
from tests.benchmarks.texts import shapes
from tests.scoring.test_sentence_tone import PARTS


def test_columns_of_our_tables_are_reserved(strait, strait_scores, strait_cues):
    """A category of that name would take the place of the column."""
    points = fr.recipe_points(strait.paragraphs.head(20), "fear")
    assert {*strait_cues, *points} <= {*COLUMN_NAMES}
    counts = [*built_in().categories, *built_in().indices]
    assert {*strait_scores} <= {*COLUMN_NAMES, *counts}
    assert {*strait.articles} <= {*COLUMN_NAMES}
    assert list(strait_scores) == [
        *PARAGRAPH_COLUMNS, *SCORE_COLUMNS[1:], *dict.fromkeys(counts)
    ]  # fmt: skip
    assert (strait_scores[counts].dtypes == "int64").all()


def test_furniture_never_reaches_the_scores(strait, strait_scores):
    assert set(strait_scores["role"]) == {"headline", "standfirst", "body"}
    kept = strait.paragraphs["role"].isin(["headline", "standfirst", "body"]).sum()
    assert len(strait_scores) == kept


def test_counts_are_those_of_the_cues(strait_scores, strait_cues):
    """Every number of the scores can be recounted from the table of cues."""
    scored = strait_scores.set_index(["article", "paragraph"])
    cues = strait_cues[strait_cues["counted"] & ~strait_cues["negated"]]
    for category in built_in().categories:
        own = cues[cues["category"] == category]
        if category == "boost":
            own = own[own["tag"] != "extreme"]
        counted = own.groupby(["article", "paragraph"]).size()
        assert counted.reindex(scored.index, fill_value=0).equals(scored[category].astype("int64"))


def test_indices_leave_out_their_tags():
    """Belief is no hedge, always and never are no boosters, and nothing is added up."""
    scores = fr.score(
        pd.DataFrame({"text": ["I think it never rains.", "It may, clearly; I fear it."]})
    )
    assert scores[["hedge", "boost", "alarm"]].values.tolist() == [[0, 0, 0], [1, 1, 1]]


def test_a_curly_apostrophe_does_not_turn_the_tone_round():
    straight, curly = fr.score(pd.DataFrame({"text": ["It isn't good", "It isn’t good"]}))[
        "compound"
    ]
    assert straight == curly < 0


def test_only_text_is_needed_and_other_columns_are_carried():
    table = pd.DataFrame({"text": ["Rain may fall."], "mine": [7]}, index=[42])
    scores = fr.score(table)
    assert scores[["mine", "role", "outlet", "words"]].values.tolist() == [
        [7, "body", "unknown", 3]
    ]
    with pytest.raises(ValueError, match=r"no column .text.: .* are: words"):
        fr.score(pd.DataFrame({"words": [1]}))


@pytest.mark.parametrize("space", [" ", "\u00a0", "\u2028\u3000", "\x85", "\u00a0" * 6000])
def test_white_space_alone_has_no_words_and_no_sentence(space):
    """Also in a table where no text has any."""
    scores = fr.score(pd.DataFrame({"text": [space, space]}))
    beside = fr.score(pd.DataFrame({"text": [space, space, "It rains."]})).head(2)
    assert scores[["words", "sentences", "tone"]].eq(0).all(axis=None)
    assert_frame_equal(scores, beside)


def test_empty_input_gives_an_empty_table():
    assert len(fr.score(pd.DataFrame({"text": []}))) == 0
    assert fr.score(pd.DataFrame({"text": [""]}))["tone"].tolist() == [0.0]


@pytest.mark.parametrize("function", [fr.score, fr.find_cues, lambda t: fr.tone(t["text"])])
@pytest.mark.parametrize("value", [None, float("nan"), 7, b"x"])
def test_the_row_of_a_text_that_is_none_is_named(function, value):
    table = pd.DataFrame({"text": ["good", value]}, index=[5, 6])
    with pytest.raises(TypeError, match=r"row 1.*: a text must be a str, got "):
        function(table)


def test_a_row_is_named_by_its_article_and_counted_with_those_that_are_not_scored():
    table = pd.DataFrame(
        {"article": "a1", "text": [None, "x", None], "role": ["caption", "body", "body"]}
    )
    where = r"row 2 \(article 'a1', paragraph 2\): .* got nan .*; .* \(1 in all\)"
    with pytest.raises(TypeError, match=where):
        fr.score(table)
    assert len(fr.score(table[:2])) == 1


@pytest.mark.parametrize(
    ("column", "values", "expected"),
    [
        (
            "role",
            ["body", "Body", None],
            r"row 1 .*role must be one of .*got 'Body' \(str\) \(2 in",
        ),
        ("role", ["body", None, "body"], "row 1 .*got (None|nan)"),
        ("paragraph", [-1, "x", None], r"row 1 .*got 'x' \(str\) beside -1"),
        ("paragraph", pd.array([0, 1, None], "Int64"), "row 2 .*got a NAType beside"),
    ],
)
def test_a_row_that_would_vanish_or_has_no_place_is_named(column, values, expected):
    table = pd.DataFrame({"article": "a", "text": "It may rain.", column: values})
    with pytest.raises((TypeError, ValueError), match=expected):
        fr.score(table)


def test_two_columns_of_one_name_are_refused():
    table = pd.DataFrame([["a", "b", "may"]], columns=["article", "text", "text"])
    with pytest.raises(ValueError, match="two columns have the name 'text'"):
        fr.score(table)


@pytest.mark.parametrize("function", [fr.score, fr.find_cues, fr.tone])
def test_what_is_no_table_is_refused_with_what_to_do(function, strait):
    with pytest.raises(TypeError, match=r"corpus\.paragraphs"):
        function(strait)
    for value in (None, "Talks may fail.", 7):
        with pytest.raises(TypeError, match=f"expected .*, got {value!r}"):
            function(value)


class Panic(BaseException):
    """What a library written in Rust raises."""


@pytest.mark.parametrize("error", [RecursionError, Panic])
@pytest.mark.parametrize("size", [1, 2, 3])
def test_a_text_that_cannot_be_scored_is_named(monkeypatch, size, error):
    """Whatever goes wrong, and however many rows are scored together."""
    monkeypatch.setattr(chunks_module, "_CHUNK_ROWS", size)
    read = measure_module.read

    def faulty(chunk, lexicon):
        if any("bomb" in text for text in chunk.texts):
            raise error("too deep")
        return read(chunk, lexicon)

    monkeypatch.setattr(measure_module, "read", faulty)
    table = pd.DataFrame({"article": "a", "text": ["a", "a bomb", "b"], "paragraph": [1, 4, 9]})
    reason = r"row 1 \(article 'a', paragraph 4\) cannot be scored: .*(Recursion|Panic).*: too deep"
    with pytest.raises(ValueError, match=reason):
        fr.score(table)


def test_a_warning_names_the_line_that_asked():
    """Not one of this package, which nobody has written who reads it."""
    rained = pd.DataFrame({"article": "a", "paragraph": 0, "text": ["It rained."]})
    german = fr.Lexicon(pd.DataFrame({"entry": ["angst"]}))
    with pytest.warns(UserWarning) as found:
        fr.score(pd.concat([rained, rained]))
        fr.score(rained.assign(language="de"), lexicon=german)
        fr.score(fr.score(rained, tone_news=True))
    assert [warning.filename for warning in found] == [__file__] * 3


def test_a_paragraph_given_twice_is_reported():
    """Of several the first is named."""
    rows = [("b", 0), ("b", 1), ("a", 0), ("a", 0), ("b", 1)]
    table = pd.DataFrame(rows, columns=["article", "paragraph"]).assign(text="It rained.")
    with pytest.warns(UserWarning, match="2 rows repeat .* first paragraph 0 of article 'a'"):
        assert len(fr.score(table)) == 5
    with warnings.catch_warnings(action="error"):
        fr.score(table[:3])
        fr.score(pd.DataFrame({"text": ["It rained."] * 2}))


@pytest.mark.parametrize("name", ["risk", "tone", "pos", "sentences"])
def test_a_column_with_the_name_of_a_score_is_not_replaced(name):
    table = pd.DataFrame({"text": ["It may rain."], name: ["high"]})
    with pytest.raises(ValueError, match=f"column '{name}' would be replaced by the score"):
        fr.score(table)


def test_of_scores_nothing_stays_that_is_of_a_former_text():
    """``tone_news`` and the points of recipes were those of the text before."""
    asked = {"tone_news": True, "recipes": ["fear"]}
    scores = fr.score(
        pd.DataFrame({"text": ["If they fail, war will kill our children."]}), **asked
    )
    other = scores.assign(text="It is a lovely breakthrough.")
    alone = fr.score(other[["text"]], **asked)
    with pytest.warns(UserWarning, match="tone_news, recipe_fear would stay as before: left out"):
        again = fr.score(other)
    assert not {"tone_news", "recipe_fear"} & {*again}
    with warnings.catch_warnings(action="error"):
        pd.testing.assert_frame_equal(fr.score(other, **asked)[[*alone]], alone)
    with pytest.warns(UserWarning, match="hedge, .* would stay as before"):
        own = fr.score(other.drop(columns=["tone_news", "recipe_fear"]), lexicon=_only_fear())
    assert "fear" in own
    assert "hedge" not in own


def _only_fear():
    return fr.load_lexicon().only("fear")


def test_some_texts_in_another_language_are_noted():
    german = "Die Gespräche sind am Montag gescheitert, und niemand im Haus war darüber erstaunt"
    english = "The talks have failed on Monday, and the minister said this in the evening"
    texts = [f"{german}, Nummer {n}." for n in range(5)]
    texts += [f"{english}, number {n}." for n in range(20)]
    with pytest.warns(UserWarning, match="Not English: at least 5 of 25 texts .de., .*scored as i"):
        fr.score(pd.DataFrame({"text": texts}))
    with warnings.catch_warnings(action="error"):
        fr.score(pd.DataFrame({"text": texts[5:]}))


def test_half_of_the_texts_in_another_language_is_an_error():
    """Their tone and counts would be those of English words in German sentences."""
    texts = [f"{text} {n}" for n in range(10) for text in (GERMAN[0], ENGLISH[0])]
    with (
        pytest.warns(UserWarning, match="Not English: at least 10 of 20 texts .de., such as '"),
        pytest.raises(ValueError, match="10 of 20 paragraphs are in de, and the lexicon"),
    ):
        fr.score(pd.DataFrame({"text": texts}))


@pytest.mark.parametrize("about", [{}, {"language": "de"}])
def test_recipes_refuse_texts_in_another_language(about, tmp_path):
    """*Die* would be death and *war* violence, also beside a dictionary for these texts."""
    table = pd.DataFrame({"text": GERMAN}).assign(**about)
    entries = pd.DataFrame({"entry": ["gewarnt"], "category": "sorge"})
    lexicon = fr.Lexicon(entries, language="de")
    message = (
        f"{len(GERMAN)} of {len(GERMAN)} paragraphs are in de, and the recipe fear is for 'en'"
    )
    for function in (
        lambda: fr.score(table, lexicon=lexicon, recipes="fear"),
        lambda: fr.open_study(table, lexicon=lexicon, language="any", recipes="fear"),
        lambda: fr.recipe_points(table, "fear"),
    ):
        with pytest.raises(ValueError, match=message):
            function()
    with pytest.warns(UserWarning, match="their tone is missing"):
        scores = fr.score(table, lexicon=lexicon, tone_news=True)
    assert scores["tone_news"].isna().all()


def test_a_recipe_of_ones_own_may_be_for_another_language(tmp_path):
    """If all its entries are its own: points of English entries would be points of their sound."""
    about = 'name = "sorge"\nversion = "1"\nquestion = "Sorge?"\nunit = "points"\n'
    (tmp_path / "sorge.csv").write_text("category,entry,weight\na,könnte*,2\n")
    (tmp_path / "sorge.toml").write_text(f'{about}language = "de"\n')
    made = fr.recipe(tmp_path / "sorge.toml")
    table = pd.DataFrame({"text": GERMAN, "language": "de"})
    entries = pd.DataFrame({"entry": ["könnte*"], "category": "warnung"})
    with pytest.warns(UserWarning, match="their tone is missing"):
        scores = fr.score(table, lexicon=fr.Lexicon(entries, language="de"), recipes=made)
    assert scores["warnung"].sum() > 0
    assert scores["recipe_sorge"].tolist() == (2 * scores["warnung"]).tolist()
    with pytest.raises(ValueError, match="20 of 20 paragraphs are in en, and the recipe sorge"):
        fr.score(pd.DataFrame({"text": ENGLISH[:1] * 20, "language": "en"}), recipes=made)
    for more in ("negates = true", "[categories]\nfear = 1"):
        (tmp_path / "sorge.toml").write_text(f'{about}language = "de"\n{more}\n')
        with pytest.raises(ValueError, match="a recipe for 'de' must have entries of its own only"):
            fr.recipe(tmp_path / "sorge.toml")


@pytest.mark.parametrize("place", [0, 57, 100])
def test_one_text_in_another_language_among_a_hundred_is_told(place):
    """Wherever it stands; a quotation in an English article is none."""
    texts = [f"{ENGLISH[0]} {n}, and so on in the evening of the day." for n in range(100)]
    texts.insert(place, " ".join(GERMAN))
    table = pd.DataFrame({"text": texts})
    message = f"at least 1 of 101 texts .de., such as '{GERMAN[0][:20]}"
    with pytest.warns(UserWarning, match=message):
        scores = fr.score(table.assign(article=[f"a{n}" for n in range(101)]))
    assert scores["tone"].notna().all()
    with pytest.warns(UserWarning, match=message):
        fr.score(table)
    with warnings.catch_warnings(action="error"):
        fr.score(table.assign(article=[f"a{n // 40}" for n in range(101)]))


def test_a_row_without_an_article_stands_for_itself():
    """A quotation left open in one post does not go on in the next one."""
    texts = ["“We may go", "“Stay,” he said."]
    assert fr.score(pd.DataFrame({"text": texts}))["words_unknown"].tolist() == [3, 0]
    table = pd.DataFrame({"text": texts, "article": "a"})
    assert fr.score(table)["words_unknown"].tolist() == [0, 0]
    assert fr.find_cues(table)["voice"].tolist() == ["quoted", "label"]


EDGES = [
    *PARTS, ",", "?", "; ", "say", "did they say", "¿", "...", "Should the talks fail",
    "Should he go?",
]  # fmt: skip


@pytest.mark.parametrize("seed", range(3))
def test_a_row_has_the_same_numbers_and_cues_whatever_stands_in_the_rows_beside_it(seed):
    """So that pieces, partitions and processes may end anywhere."""
    draw = random.Random(seed)
    texts = [" ".join(draw.choices(EDGES, k=draw.randint(0, 6))) for _ in range(400)]
    table = pd.DataFrame({"text": texts, "paragraph": range(400)})
    mixed = table.sample(frac=1, random_state=seed)
    scores, again = fr.score(table), fr.score(mixed)
    pd.testing.assert_frame_equal(again.sort_values("paragraph", ignore_index=True), scores)
    cues, others = fr.find_cues(table), fr.find_cues(mixed)
    others = others.sort_values("paragraph", kind="stable", ignore_index=True)
    pd.testing.assert_frame_equal(others, cues)


def test_texts_in_another_language_than_the_lexicon_are_an_error():
    """The German word for fear has an English look, but is no entry of an English list."""
    table = pd.DataFrame({"text": ["Aus Angst.", "They fear it."], "language": ["de", "en"]})
    for function in (fr.score, fr.find_cues):
        with pytest.raises(
            ValueError, match=r"1 of 2 paragraphs are in de, and the lexicon framing"
        ):
            function(table)
    german = fr.Lexicon(pd.DataFrame({"entry": ["angst"], "category": "furcht"}))
    with pytest.warns(UserWarning, match="1 paragraphs are in de: their tone is missing"):
        scores = fr.score(table, lexicon=german)
    assert scores["furcht"].tolist() == [1, 0]
    assert scores["tone"].isna().tolist() == [True, False]
    assert len(fr.find_cues(table, lexicon=german)) == 1


def test_wherever_rows_are_cut_voices_and_counts_are_the_same(monkeypatch):
    """Headlines, and quotations that go on in the next paragraph, also beyond the first chunk."""
    texts = ["Petrov: talks may fail", "“Talks may fail.", "“War may come,” he said, and may go."]
    rows = pd.DataFrame({"text": texts * 3, "role": ["headline", "body", "body"] * 3})
    rows = rows.assign(article=list("aaabbbccc"), paragraph=[0, 1, 2] * 3)
    whole = fr.score(rows), fr.find_cues(rows)
    assert {"quoted", "reported", "outlet"} <= set(whole[1]["voice"])
    for size in (1, 2, 4):
        monkeypatch.setattr(chunks_module, "_CHUNK_ROWS", size)
        for found, wanted in zip((fr.score(rows), fr.find_cues(rows)), whole, strict=True):
            pd.testing.assert_frame_equal(found, wanted, check_exact=True)


GERMAN = [
    "Das Abkommen könnte noch in dieser Woche scheitern, warnen Diplomaten in Berlin.",
    "Die Minister hatten schon am Sonntag gesagt, dass niemand mit einer Einigung rechnet.",
    "Ob die Gespräche weitergehen, ist nach Angaben der Regierung noch völlig offen.",
]
ENGLISH = [
    "The deal could fail this week, diplomats in Berlin warn, and nobody expects much of it.",
    "Ministers said on Sunday that an agreement was not to be had, whatever the others think.",
    "Whether talks go on is an open question, a spokesman for the government told reporters.",
]


@pytest.mark.parametrize("function", [fr.score, fr.find_cues])
def test_a_table_without_languages_that_is_plainly_not_english_is_an_error(function):
    """German texts had no hedges and a tone of 0 by the English lexicon."""
    german = pd.DataFrame({"text": GERMAN})
    with pytest.raises(ValueError, match=r"3 of 3 paragraphs are in de.*assign\(language='en'"):
        function(german)
    assert len(function(german.assign(language="en"))) >= 0
    for few in (ENGLISH, ENGLISH * 9 + GERMAN[:1], ["Angst vor Krieg"], ["", "12"], []):
        assert len(function(pd.DataFrame({"text": few}, dtype=object))) >= 0


def test_the_tone_of_such_a_table_is_missing_with_a_dictionary_of_its_language():
    own = fr.Lexicon(pd.DataFrame({"entry": ["warn*"], "category": "warnung"}))
    for texts in (GERMAN, GERMAN[::-1]):
        with pytest.warns(UserWarning, match="3 paragraphs are in de: their tone is missing"):
            scores = fr.score(pd.DataFrame({"text": texts}), lexicon=own)
        assert scores["tone"].isna().all()
        assert scores["warnung"].sum() == 1
        assert "language" not in scores
    with warnings.catch_warnings(action="error"):
        assert fr.score(pd.DataFrame({"text": ENGLISH}), lexicon=own)["tone"].notna().all()


@pytest.mark.filterwarnings("ignore:Not English")
def test_of_a_table_in_two_languages_each_text_is_what_it_is():
    """All of it was said to be German, and English texts lost their tone."""
    texts = [f"{text} {n}" for n in range(30) for text in GERMAN]
    texts[::9] = [f"{ENGLISH[0]} {n}" for n in range(10)]
    with pytest.raises(ValueError, match=r"80 of 90 paragraphs are in de, "):
        fr.score(pd.DataFrame({"text": texts}))
    any_language = fr.Lexicon(pd.DataFrame({"entry": ["warn*"], "category": "warnung"}))
    with pytest.warns(UserWarning, match="80 paragraphs are in de: their tone is missing"):
        scores = fr.score(pd.DataFrame({"text": texts}), lexicon=any_language)
    assert scores["tone"].notna().to_numpy().nonzero()[0].tolist() == list(range(0, 90, 9))


def test_half_a_character_in_a_table_without_languages_is_scored():
    texts = [text.replace("a", "\ud83d") for text in ENGLISH]
    assert len(fr.score(pd.DataFrame({"text": texts}, dtype=object))) == 3


@pytest.mark.parametrize(
    ("options", "error", "message"),
    [
        ({"workers": "2"}, ValueError, r"workers must be a whole number from 1 on, got '2'"),
        ({"workers": 1.5}, ValueError, "workers must be a whole number"),
        ({"recipes": None}, TypeError, "recipes must be a list of recipes, got None"),
        ({"tone_news": "no"}, TypeError, r"tone_news must be True or False, got 'no'"),
        ({"normalise": "no"}, TypeError, r"normalise must be True or False, got 'no'"),
    ],
)
def test_options_of_another_kind_are_named(options, error, message):
    with pytest.raises(error, match=message):
        fr.score(pd.DataFrame({"text": ["It may rain."]}), **options)
    with pytest.raises(TypeError, match=r"lexicon must be a Lexicon, .*got 'fear'"):
        fr.tone(["It may rain."], mask="fear")


@pytest.mark.parametrize("shape", shapes(["a"], 9))
def test_every_text_that_the_benchmark_times_is_scored(shape):
    """Also one that is plainly in no language."""
    assert growth(shape, [1000])["1000"] > 0
