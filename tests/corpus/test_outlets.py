"""Outlets that look alike, versions of one page, languages."""

from __future__ import annotations

import json

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

import framing as fr
from framing.corpus.language import code_of, language_of
from framing.corpus.outlets import lookalikes
from framing.corpus.summary import account, read_to
from framing.corpus.versions import page_of

ENGLISH = (
    "The talks failed on Monday, officials said, and nobody in the town was surprised by it, for "
    "there had been no progress in a week."
)
OTHERS = {
    "de": "Die Gespräche sind am Montag gescheitert, und niemand in der Stadt war darüber erstaunt, "
    "dass es nach einer Woche ohne einen Erfolg so kam, sagte ein Sprecher des Hafens.",
    "fr": "Les négociations ont échoué lundi et personne dans la ville ne s'en est étonné, car il "
    "n'y avait pas eu de progrès depuis une semaine, selon un porte-parole du port.",
    "es": "Las conversaciones fracasaron el lunes y nadie en la ciudad se sorprendió, porque no "
    "había habido avances en una semana, según dijo un portavoz del puerto.",
    "nl": "De gesprekken zijn maandag mislukt en niemand in de stad was daar verbaasd over, want er "
    "was in een week geen vooruitgang geboekt, zei een woordvoerder van de haven.",
    "da": "Forhandlingerne brød sammen mandag, og ingen i byen var overrasket over det, for der var "
    "ikke sket fremskridt i en uge, sagde en talsmand for havnen til avisen.",
    "ru": "Переговоры сорвались в понедельник, и никто в городе не был этому удивлён, так как за "
    "неделю не было никаких успехов, сказал представитель порта, и он это не первый раз.",
    "fi": "Ministeri sanoi maanantaina, että lauttaneuvottelut voivat epäonnistua ja että lakon "
    "riski on suuri kaikilla saarilla. Ammattiliitot varoittivat, että ne lähtevät lakkoon, "
    "jos tarjousta ei tule viikon loppuun mennessä.",
    "id": "Menteri mengatakan pada hari Senin bahwa pembicaraan feri mungkin gagal dan bahwa "
    "risiko pemogokan tinggi bagi semua pulau. Serikat pekerja memperingatkan bahwa mereka "
    "akan mogok jika tidak ada tawaran pada akhir pekan.",
    "ro": "Ministrul a declarat luni că negocierile privind feriboturile ar putea eșua și că "
    "riscul unei greve este mare pentru toate insulele. Sindicatele au avertizat că vor "
    "pleca dacă nu vine nicio ofertă până la sfârșitul săptămânii.",
    "vi": "Bộ trưởng cho biết hôm thứ Hai rằng các cuộc đàm phán về phà có thể thất bại và nguy cơ "
    "đình công là cao đối với tất cả các đảo. Các công đoàn cảnh báo rằng họ sẽ đình công "
    "nếu không có đề nghị nào vào cuối tuần.",
    "cs": "Ministr v pondělí uvedl, že jednání o trajektech mohou selhat a že riziko stávky je na "
    "všech ostrovech vysoké. Odbory varovaly, že zastaví práci, pokud do konce týdne "
    "nepřijde nabídka.",
    "hu": "A miniszter hétfőn azt mondta, hogy a kompokról folytatott tárgyalások meghiúsulhatnak, "
    "és hogy a sztrájk veszélye minden szigeten nagy. A szakszervezetek figyelmeztettek, "
    "hogy leállnak, ha a hét végéig nem érkezik ajánlat.",
    "el": "Ο υπουργός δήλωσε τη Δευτέρα ότι οι συνομιλίες για τα πλοία μπορεί να αποτύχουν και ότι "
    "ο κίνδυνος απεργίας είναι υψηλός σε όλα τα νησιά. Τα συνδικάτα προειδοποίησαν ότι θα "
    "σταματήσουν την εργασία αν δεν έρθει προσφορά.",
    "zh": "部长周一表示，渡轮谈判可能失败，所有岛屿发生罢工的风险都很高。工会警告说，如果在本周末之前没有提出报价，他们将停止工作。",
    "ar": "قال الوزير يوم الاثنين إن المحادثات بشأن العبارات قد تفشل وإن خطر الإضراب مرتفع في جميع "
    "الجزر. وحذرت النقابات من أنها ستتوقف عن العمل إذا لم يأت عرض قبل نهاية الأسبوع.",
    "tr": "Bakan pazartesi günü feribot görüşmelerinin başarısız olabileceğini ve tüm adalar için "
    "grev riskinin yüksek olduğunu söyledi. Sendikalar, hafta sonuna kadar bir teklif "
    "gelmezse iş bırakacakları konusunda uyardı.",
    "sw": "Waziri alisema Jumatatu kwamba mazungumzo kuhusu vivuko yanaweza kushindwa na kwamba "
    "hatari ya mgomo ni kubwa kwa visiwa vyote. Vyama vya wafanyakazi vilionya kwamba "
    "vitaacha kazi ikiwa hakuna ofa itakayokuja kabla ya mwisho wa wiki.",
}  # fmt: skip


def rows(tmp_path, *articles: dict[str, str]):
    path = tmp_path / "rows.jsonl"
    path.write_text("\n".join(json.dumps({"text": ENGLISH} | article) for article in articles))
    return path


@pytest.mark.parametrize("code", OTHERS)
def test_a_language_is_recognised(code):
    """Whatever the source declares."""
    assert language_of([OTHERS[code]], declared="en")[0] == code
    assert language_of([ENGLISH * 2], declared=code)[0] == "en"


def test_english_shows_in_the_whole_text_where_its_beginnings_are_lists():
    """Names and numbers tell no language; one English paragraph makes no German text English."""
    names = [f"Skarn {n}, Orlen {n}, Tarn {n}" for n in range(8)]
    listed = [block for name in names for block in (name, ENGLISH)]
    assert language_of(listed[::2] + listed[1::2])[0] == "en"
    quoting = [OTHERS["de"], f"{ENGLISH} " * 9] * 4  # each part begins with a quotation
    assert language_of(quoting)[0] == "en"
    assert language_of([OTHERS["de"], ENGLISH, *[OTHERS["de"]] * 3])[0] == "de"


def test_few_words_are_what_the_source_says_and_unknown_without():
    assert language_of(["Talks fail"], declared="en-GB")[0] == "en"
    assert language_of(["Volkswagen Dieselgate fines"], declared="en")[0] == "en"
    assert language_of(["Gespräche sind am Montag gescheitert"], declared="en")[0] == "de"
    assert language_of(["Gespräche scheitern"], declared="German")[0] == "de"
    assert language_of(["Talks fail"]) == ("", "language '', says the source: not scored")
    assert [code_of(name) for name in ("ENGLISH", "eng", "en_US", "Deutsch", "", "ja")] == [
        "en", "en", "en", "de", "", "ja",
    ]  # fmt: skip


@given(st.lists(st.text(max_size=80), max_size=4), st.text(max_size=9))
def test_any_text_has_a_language_or_none(blocks, declared):
    language, _ = language_of(blocks, declared=declared)
    assert isinstance(language, str)


def test_other_languages_are_set_apart_with_a_reason(tmp_path):
    """They are inputs that are skipped; languages=() reads them all."""
    path = rows(tmp_path, {"id": "a"}, *({"id": code, "text": OTHERS[code]} for code in OTHERS))
    corpus = fr.read_corpus(path)
    assert corpus.articles["article"].tolist() == ["a"]
    left = corpus.audit[corpus.audit["outcome"] == "skipped"].set_index("article")["reason"]
    assert left["de"] == "language 'de', by its text: not scored"
    assert len(left) == len(OTHERS)
    every = fr.read_corpus(path, languages=()).articles.set_index("article")["language"]
    assert every.to_dict() == {"a": "en"} | {code: code for code in OTHERS}
    pd.testing.assert_frame_equal(
        fr.read_corpus(path, languages="any").articles, fr.read_corpus(path, languages=()).articles
    )
    assert len(fr.read_corpus(path, languages=("en", "fr")).articles) == 2
    english = fr.read_corpus(path, languages="fr").audit.set_index("article")["reason"]["a"]
    assert english == "language 'en', by its text: not scored"


def test_a_german_corpus_has_cues_and_no_tone(tmp_path):
    """With a dictionary of one's own; what is English beside it keeps its tone."""
    path = rows(tmp_path, {"id": "a", "outlet": "Sun"}, {"id": "b", "outlet": "Gull"},
                {"id": "c", "outlet": "Tag", "text": OTHERS["de"]})  # fmt: skip
    (tmp_path / "words.csv").write_text("category,entry\nfailure,gescheitert\nfailure,failed\n")
    corpus = fr.read_corpus(path, languages=("en", "de"))
    lexicon = fr.load_lexicon(tmp_path / "words.csv")
    with pytest.warns(UserWarning, match="1 paragraphs are in de: their tone is missing"):
        scores = fr.score(corpus.paragraphs, lexicon=lexicon).set_index("article")
    assert scores["failure"].to_dict() == {"a": 1, "b": 1, "c": 1}
    assert scores[["tone", "compound", "tone_masked", "neg"]].isna().any(axis=1).to_dict() == {
        "a": False, "b": False, "c": True,
    }  # fmt: skip
    assert "language" not in fr.read_corpus(path).paragraphs


def test_outlets_are_merged_by_the_table_and_by_nothing_else(tmp_path):
    """FOX, fox and Fox News stay three outlets until a table says that they are one."""
    names = ["FOX", "fox", "Fox News", "Fox News", "The Sun", "NA"]
    path = rows(tmp_path, *({"id": str(n), "outlet": name} for n, name in enumerate(names)))
    corpus = fr.read_corpus(path)
    assert sorted(corpus.articles["outlet"]) == sorted(names)
    found = lookalikes(corpus.articles)
    assert found.to_numpy().tolist() == [["FOX", 1, "Fox News", 2], ["fox", 1, "Fox News", 2]]
    table = dict(found[["outlet", "like"]].to_numpy().tolist())
    merged = fr.read_corpus(path, outlets=table)
    assert merged.articles["outlet"].value_counts()["Fox News"] == 4
    assert merged.articles["article"].tolist() == corpus.articles["article"].tolist()
    assert set(merged.paragraphs["outlet"]) == {"Fox News", "The Sun", "NA"}


def test_ids_made_of_the_text_do_not_change_when_outlets_are_merged(tmp_path):
    path = rows(tmp_path, {"outlet": "FOX"}, {"outlet": "Sun"})
    before = fr.read_corpus(path).articles["article"].tolist()
    assert fr.read_corpus(path, outlets={"FOX": "Fox News"}).articles["article"].tolist() == before


def test_versions_of_a_page_are_linked_to_the_earliest(tmp_path):
    urls = {
        "a": ("2031-03-03", "https://www.x.example/1?utm_source=mail"),
        "b": ("2031-03-01", "http://x.example/1/"),
        "c": ("2031-03-02", "https://x.example/1#top"),
        "d": ("", "https://x.example/2"),
        "e": ("", ""),
        "f": ("", "https://x.example/"),
        "g": ("", "https://x.example"),
    }
    path = rows(tmp_path, *({"id": i, "date": d, "url": u} for i, (d, u) in urls.items()))
    linked = fr.read_corpus(path).articles.set_index("article")["version_of"].to_dict()
    assert linked == {"a": "b", "b": "", "c": "b", "d": "", "e": "", "f": "", "g": ""}


@given(st.text(max_size=60))
def test_any_text_is_a_page_or_none(url):
    assert isinstance(page_of(url), str)
    assert page_of(f"https://x.example/{'a' * 9}?id=1") == "x.example/aaaaaaaaa?id=1"


def test_blocks_that_are_kept_are_scored_as_body(tmp_path):
    """keep= makes body of the roles that it names, but never of a body that was cut off."""
    text = f"{ENGLISH}\n\nPhotograph: Ada Holm/EPA\n\nRead more: Talks may resume soon\n\nNATO."
    path = rows(tmp_path, {"title": "Talks fail", "text": text})
    left = [
        fr.read_corpus(path, keep=keep).paragraphs["role"].tolist() for keep in ((), ["caption"])
    ]
    assert left[0] == ["headline", "body", "caption", "related", "fragment"]
    assert left[1] == ["headline", "body", "body", "related", "fragment"]
    corpus = fr.read_corpus(path, keep=["related", "fragment"])
    assert corpus.audit["kept"].iloc[0] == 4
    cut = rows(tmp_path, {"title": "Talks fail", "text": "It ends here [+999 chars]"})
    corpus = fr.read_corpus(cut, keep=["fragment"])
    assert corpus.articles["body_status"].tolist() == ["truncated"]
    assert corpus.paragraphs["role"].tolist() == ["headline", "fragment"]
    with pytest.raises(ValueError, match="keep must be among caption, related"):
        fr.read_corpus(path, keep=["body"])


def test_a_corpus_is_written_with_an_account(tmp_path):
    """What is on disk is what was read, and the account counts it."""
    articles = [{"id": str(n), "outlet": name} for n, name in enumerate(["FOX", "Fox News", ""])]
    path = rows(tmp_path, *articles, {"id": "4", "text": OTHERS["de"]}, {"text": ""})
    told = read_to(path, tmp_path / "out", workers=1, progress=False)
    assert told.splitlines()[:3] == [
        "5 inputs: 3 read, 2 skipped",
        "  skipped: 1 × language 'de', by its text: not scored",
        "  skipped: 1 × an empty row",
    ]
    assert "looks like" in told
    assert "3 without a date" in told
    corpus = fr.read_corpus(path)
    for name in ("articles", "paragraphs"):
        on_disk = pd.read_parquet(tmp_path / "out" / f"{name}.parquet")
        pd.testing.assert_frame_equal(on_disk, getattr(corpus, name))
    audit = pd.read_csv(tmp_path / "out" / "audit.csv", keep_default_na=False)
    assert audit["source"].tolist() == corpus.audit["source"].tolist()
    assert sorted(p.name for p in (tmp_path / "out").iterdir()) == [
        "articles.parquet", "audit.csv", "audit.parquet", "columns.parquet", "paragraphs.parquet",
            "study.json",
    ]  # fmt: skip
    assert told == account(corpus)


def test_a_folder_that_cannot_be_written_to_is_told_before_reading(tmp_path):
    (tmp_path / "file").write_text("x")
    with pytest.raises(OSError, match="file"):
        read_to("no such path", tmp_path / "file")


@pytest.mark.filterwarnings("ignore:.*guessed outlet")
def test_workers_do_not_change_the_tables(tmp_path, capfd):
    """One process or two, the same tables; progress comes in plain lines without a terminal."""
    path = rows(tmp_path, *({"text": f"{ENGLISH} {n}."} for n in range(40)))
    for n in range(4):
        (tmp_path / f"2031-03-0{n + 1}_Sun_x.txt").write_text(f"{ENGLISH} Nr. {n}.")
    with pytest.warns(UserWarning, match="guessed outlet"):
        one = fr.read_corpus(tmp_path)
    two = fr.read_corpus(tmp_path, workers=2, progress=True)
    for a, b in zip(one, two, strict=True):
        pd.testing.assert_frame_equal(a, b)
    assert path.exists()
    assert "Inputs read: 44\n" in capfd.readouterr().err
