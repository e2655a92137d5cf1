"""The benchmark of web pages, on pages made of the example corpus."""

from __future__ import annotations

import gzip
import html
import json
import re

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml.html import fromstring
from trafilatura import load_html

import framing as fr
from framing.corpus.readers import pages
from framing.corpus.readers.page_gaps import with_gaps_filled
from framing.corpus.readers.page_without_article import whole_article
from framing.corpus.readers.pages import _marked_blocks, page_article
from tests.benchmarks.pages import Found, compared, overlap
from tests.conftest import read_file, read_in

# As pages carry them; `{}` is the text.
_MARKUP = {
    "headline": "<h1>{}</h1>",
    "standfirst": "<p class='standfirst'>{}</p>",
    "body": "<p>{}</p>",
    "caption": "<figure><img src='a.jpg'><figcaption>{}</figcaption></figure>",
    "related": "<aside><ul><li><a href='/x'>{}</a></li></ul></aside>",
    "furniture": "<div class='meta'>{}</div>",
    "fragment": "<h2>{}</h2>",
}


def test_overlap_counts_words_as_often_as_they_stand():
    """Two of three words found are right, and two of four of the page were found."""
    found = overlap("Talks fail fail", "The talks fail now")
    assert found == Found(2 / 3, 2 / 4)
    assert found.f1 == pytest.approx(4 / 7)
    assert overlap("", "Talks").f1 == 0


@pytest.mark.parametrize("marked", [True, False])
def test_no_word_of_the_body_of_a_page_is_lost(strait, tmp_path, marked):
    """Of pages with a mark for each role, and of others all of paragraphs: trafilatura or more."""
    (tmp_path / "html").mkdir()
    known = {}
    for n, (_, blocks) in enumerate(strait.paragraphs.groupby("article")):
        rows = zip(blocks["role"], blocks["text"], strict=True)
        said = [
            _MARKUP[role if marked or role == "headline" else "body"].format(html.escape(text))
            for role, text in rows
        ]
        page = f"<html><body><main><article>{''.join(said)}</article></main></body></html>"
        (tmp_path / "html" / f"{n}.html.gz").write_bytes(gzip.compress(page.encode(), mtime=0))
        body = blocks["text"][blocks["role"].isin(["body", "standfirst"])]
        known[str(n)] = {"articleBody": "\n".join(body)}
    (tmp_path / "ground-truth.json").write_text(json.dumps(known), "utf-8")
    theirs, ours = compared(tmp_path).to_dict("records")
    assert ours["pages"] == theirs["pages"] == len(known)
    assert ours["word F1"] > theirs["word F1"]
    assert ours["recall"] >= theirs["recall"] > 0.999


def test_items_of_a_list_in_the_story_are_body(tmp_path):
    """An item without a final mark looks like the title of another story, and is none."""
    story = "".join(f"<p>On day {n} they talked until late, officials said.</p>" for n in range(9))
    items = "<ul><li>Both navies keep five miles apart</li><li>Ships pay less from May</li></ul>"
    page = f"<html><body><article><h1>Talks end</h1>{story}{items}{story}</article></body></html>"
    (tmp_path / "page.html").write_text(page.replace("<p>On", "<p>Here on", 9), "utf-8")
    paragraphs = fr.read_corpus(tmp_path).paragraphs
    listed = paragraphs[paragraphs["text"].str.startswith("• ")]
    assert listed["role"].tolist() == ["body", "body"]


def test_dates_scores_places_and_rows_of_a_table_are_body(tmp_path):
    """A page marks its paragraphs: short lines without a final mark are no links to other stories."""
    story = "".join(f"<p>On day {n} they talked until late, officials said.</p>" for n in range(9))
    lines = [
        "Monday, March 3",
        "Gull 2, Herring 1",
        "Port Ansel",
        "Tickets: from the harbour office",
    ]
    table = "<table><tr><th>Ship</th><th>Crew</th></tr><tr><td>Alda</td><td>19</td></tr></table>"
    middle = "".join(f"<p>{line}</p>" for line in lines) + table
    page = f"<html><body><article><h1>Talks end</h1>{story}{middle}{story}</article></body></html>"
    (tmp_path / "page.html").write_text(page.replace("<p>On", "<p>Here on", 9), "utf-8")
    paragraphs = fr.read_corpus(tmp_path).paragraphs
    body = paragraphs.loc[paragraphs["role"] == "body", "text"].tolist()
    assert [line for line in [*lines, "Ship | Crew", "Alda | 19"] if line not in body] == []


def _story(words: str, n: int = 9) -> str:
    return "".join(
        f"<p>On day {day} {words}, officials said in the harbour.</p>" for day in range(n)
    )


def _roles(folder, page):
    (folder / "page.html").write_text(f"<html><body>{page}</body></html>", "utf-8")
    found = fr.read_corpus(folder).paragraphs
    return dict(zip(found["text"], found["role"], strict=True))


@pytest.mark.parametrize(
    ("shown", "why"),
    [
        ("<noscript>Turn on JavaScript to use Gull News.</noscript><div id='app'></div>", "JavaScript"),
        ("<h1>Your choice</h1><p>Our partners and we use cookies to show advertising.</p>"
         "<p>You can change your settings at any time.</p><button>Reject</button>", "cookies"),
        ("<h1>Gull News</h1><div id='app'></div>", "no "),
    ],
)  # fmt: skip
def test_a_page_that_shows_a_notice_only_is_no_article(tmp_path, shown, why):
    """It fails with the reason, and a story below the same notice is read."""
    title = "<title>Gull News</title>"
    (tmp_path / "a.html").write_text(f"<html><head>{title}</head><body>{shown}</body></html>")
    (tmp_path / "b.html").write_text(
        f"<html><head>{title}</head><body>{shown}<article>{_story('they talked')}</article></body></html>"
    )
    corpus = fr.read_corpus(tmp_path)
    assert set(corpus.paragraphs["article"]) == {"b"}
    row = corpus.audit.set_index("source").loc["a.html"]
    assert row["outcome"] == "failed" and why in row["reason"]


@pytest.mark.parametrize(
    ("title", "shown", "why"),
    [
        ("404 Not Found", "<p>nginx</p>", "error"),
        ("Page not found | Gull News", "<p>The page may have moved. You can search our site.</p>", "error"),
        ("Oops! Page not found", "<p>The page you are looking for may have moved.</p>", "error"),
        ("Access Denied", "You don't have permission to see \"http://a.example/1\".<p>Reference #1.2", "error"),
        ("451: Unavailable for legal reasons", "<p>We do not serve readers in your country.</p>", "error"),
        ("Are you a robot?", "<p>Please click the box below to continue.</p><p>Block ID: 12</p>", "robot"),
        ("Sign in - Library of Ansel", "<p>Your session is over. Please use your card.</p>", "log in"),
        ("Log in to continue", "<p>You need an account to read this page.</p>", "log in"),
    ],
)  # fmt: skip
def test_a_page_in_the_place_of_an_article_is_none_whatever_its_name(tmp_path, title, shown, why):
    """It fails with the reason; with the sentence of a story, or a date, it is an article."""
    head, date = (
        f"<title>{title}</title>",
        '<meta property="article:published_time" content="2018-01-31">',
    )
    h1 = f"<h1>{title.split(' - ')[0].split(' | ')[0]}</h1>"
    story = "<p>Pilots waited in vain on Monday as the ferry line changed its pages.</p>"
    for name, body in {
        "a.html": f"<head>{head}</head><body>{h1}{shown}</body>",
        "a.csv": f"<head>{head}</head><body>{h1}{shown}</body>",
        "b.html": f"<head>{head}</head><body>{h1}{shown}{story}</body>",
        "c.html": f"<head>{head}{date}</head><body>{h1}<p>You have seen it: please wait.</p></body>",
    }.items():
        (tmp_path / name).write_text(f"<!DOCTYPE html><html>{body}</html>")
    audit = fr.read_corpus(tmp_path).audit.drop_duplicates("source").set_index("source")
    assert audit["outcome"].to_dict() == {
        "a.html": "failed", "a.csv": "failed", "b.html": "scored", "c.html": "scored",
    }  # fmt: skip
    assert why in audit.loc["a.csv", "reason"]


@pytest.mark.parametrize("title", ["Log in to vote", "Are you a robot?", "Access denied"])
@pytest.mark.parametrize(
    "story",
    ["Citizens may log in to vote in May, and critics feared fraud.",
     "Browsers need JavaScript to show the ferry times, and pilots without it waited in vain.",
     "“We use cookies to see who reads us,” the editor said, and she apologised to the readers.",
     "The regulator fined the ferry line, whose site had set cookies without consent."],
)  # fmt: skip
def test_a_short_story_about_pages_is_an_article(tmp_path, title, story):
    text = f"<article><h1>{title}</h1><p>{story}</p><p>It rained all day in Ansel.</p></article>"
    assert _roles(tmp_path, text)[story] == "body"


def test_a_line_of_a_page_is_related_if_it_links_to_another_page(tmp_path):
    """Not what only looks like a title, nor a table of contents, nor a linked sentence."""
    lines = {
        "<p>Ships Wait Outside the Harbour of Ansel</p>": "body",
        "<p><a href='/ferries'>Ferry Owners Ask for Their Money Back</a></p>": "related",
        "<p><a href='#later'>What the Pilots Saw in the Morning</a></p>": "body",
        "<p><a href='/fund'>They ask for help, and any sum is welcome.</a></p>": "body",
    }
    story = _story("they talked until late")
    found = _roles(
        tmp_path, f"<article><h1>Talks</h1>{story}{''.join(lines)}{story[40:]}</article>"
    )
    texts = [re.sub("<.*?>", "", line) for line in lines]
    assert [found[text] for text in texts] == list(lines.values())


def test_a_quotation_pulled_out_of_a_page_is_read_once(tmp_path):
    """And what stands in one paragraph only, or in two lines of their own, is no quotation."""
    story = _story("they talked until late")
    quote = "Nobody has seen the pilots since"
    said = f"“{quote}”, the harbour master of Ansel said on Monday night to a crowd."
    top = "<p>By Ada Holm<br>Wednesday, March 5, 2031; A01</p>"
    found = _roles(
        tmp_path, f"<article><h1>Talks</h1>{top}{story}<div class='pull-quote'><p>{quote}.</p></div>"
        f"<p>{said}</p></article>"
    )  # fmt: skip
    assert (found[f"{quote}."], found[said]) == ("furniture", "body")
    assert found["By Ada Holm Wednesday, March 5, 2031; A01"] == "furniture"
    assert list(found.values()).count("furniture") == 2


def test_teasers_beside_the_article_of_a_page_are_no_part_of_it(tmp_path):
    """Four before it; articles inside the article, and those without links, stay."""
    teaser = "<article><h3><a href='/{0}'>Ship {0} is late</a></h3><p>The crew of ship {0} was seen at noon.</p></article>"
    teasers = "".join(teaser.format(name) for name in ("Alda", "Berit", "Cora", "Dagny"))
    part = "<article><h3><a href='#p'>At noon</a></h3><p>The pilots came back to the quay at noon.</p></article>"
    found = _roles(
        tmp_path, f"{teasers}<article><h1>Talks end</h1>{_story('they talked')}{part}</article>"
    )
    assert not any("crew of ship" in text for text in found)
    assert found["The pilots came back to the quay at noon."] == "body"


@pytest.mark.parametrize(
    ("address", "story", "why"),
    [
        ("/talks", "", "lists articles and shows none: save the pages of these"),
        ("/talks", "<p>The ferries of the north did not leave the harbour on Monday.</p>", ""),
        ("#talks", "", ""),
    ],
)
def test_a_page_that_only_lists_articles_is_none(tmp_path, address, story, why):
    """One sentence beside the list makes an article, and so do sections with links to themselves."""
    days = ("Monday", "Tuesday", "Thursday", "Sunday")
    listed = (
        f"<div><h2><a href='{address}'>The pilots are back on {day}</a></h2>"
        f"<p>The pilots came back to the quay on {day}, and the crews of the ferries saw them.</p></div>"
        for day in days
    )
    page = f"<html><body><h1>World</h1>{story}{''.join(listed)}</body></html>"
    found = page_article(page.encode(), "index.html")
    assert (found.outcome, found.reason) == ("failed" if why else "scored", why)


def test_the_outlet_of_an_archived_page_is_the_archived_site(tmp_path):
    url = "https://web.archive.org/web/20310303100000/https://www.gull.example/talks"
    for name, site in (("a", ""), ("b", "<meta property='og:site_name' content='Daily Gull'>")):
        head = f"<meta property='og:url' content='{url}'>{site}"
        page = (
            f"<html><head>{head}</head><body><article>{_story('they met')}</article></body></html>"
        )
        (tmp_path / f"{name}.html").write_text(page, "utf-8")
    assert fr.read_corpus(tmp_path).articles["outlet"].tolist() == ["gull.example", "Daily Gull"]


_FROM_GULL = '<script type="application/ld+json">{"publisher": {"@type": "A", "name": "St. Gull"}}'


@pytest.mark.parametrize(
    ("title", "head", "outlet"),
    [
        ("U.S. backs harbour wall - The Herald", "", "gull"),
        ("Harbour wall – U.S. backs it", "", "gull"),
        ("Wall would cost 3.5 million | The Herald", "<link rel='canonical' href='URL'>", "herald.example"),
        ("Why the U.K. waits - St. Gull", "", "gull"),
        ("Why they wait - St. Gull", "<meta property='og:site_name' content='St. Gull'>", "St. Gull"),
        ("Why they wait - St. Gull", f"{_FROM_GULL}</script>", "St. Gull"),
        ("Why the U.K. waits - St. Gull", f"{_FROM_GULL}</script>", "St. Gull"),
        ("Why they wait - Gull.com", "", "Gull.com"),
    ],
)  # fmt: skip
def test_a_part_of_the_title_with_a_point_is_no_outlet(tmp_path, title, head, outlet):
    """It may be the headline; a name that the page declares, or a domain, is one."""
    (tmp_path / "gull").mkdir()
    head = f"<title>{title}</title>{head.replace('URL', 'https://www.herald.example/wall')}"
    page = f"<html><head>{head}</head><body><article>{_story('they met')}</article></body></html>"
    (tmp_path / "gull/a.html").write_text(page, "utf-8")
    assert fr.read_corpus(tmp_path).articles["outlet"].tolist() == [outlet]


def test_the_name_of_the_site_above_a_short_story_is_not_its_title(tmp_path):
    head = (
        "<meta property='og:title' content='Ferry talks fail'>"
        "<meta property='og:site_name' content='Daily Gull'>"
    )
    story = "The ferry crews and the harbour office met on Monday, and when rain fell met again."
    page = f"<html><head>{head}</head><body><div><h1>Daily Gull</h1>{story}</div></body></html>"
    articles = read_in(tmp_path, "a.html", page).articles
    assert articles["title"].tolist() == ["Ferry talks fail"]


def test_a_menu_above_the_title_is_no_part_of_the_story(tmp_path):
    """In an old layout of tables, in which the title of the page is a cell."""
    story = _story("they talked until late")
    page = f"<table><tr><td>Home<br>Sport</td><td><h1>Talks end</h1>{story}</td></tr></table>"
    found = _roles(tmp_path, f"<title>Talks end</title>{page}")
    assert [found[text] for text in ("Home", "Sport") if text in found] == ["furniture"] * 2
    body = fr.read_corpus(tmp_path).paragraphs
    assert body.loc[body["text"] == "Talks end", "role"].tolist() == ["headline", "furniture"]


def test_a_listing_is_a_block_and_marked_words_between_blocks_are_not():
    page = (
        "<p>They met.</p><code>depth = 4</code><p>He was <hi>loud</hi>.</p>She <hi>left</hi> soon."
    )
    blocks = ["They met.", "depth = 4", "He was loud.", "She left soon."]
    assert _marked_blocks(fromstring(f"<body>{page}</body>")) == blocks


def test_code_and_line_ends_in_a_paragraph_do_not_cut_its_sentences(tmp_path):
    story = _story("they talked until late")
    odd = (
        "<p>The pilots call the channel <code>K2</code> and the quay <code>Q</code> on the radio.</p>"
        "<p>Harbour Commission<br>3 Quay Street<br>Port Ansel</p>"
        "<p>They left.<br>Nobody saw them go.</p>"
        "<ul><li><p>Alda</p><table><tr><th>Crew</th><td>19</td></tr></table></li></ul>"
    )
    found = _roles(tmp_path, f"<article><h1>Talks end</h1>{story}{odd}{story[40:]}</article>")
    assert {
        "The pilots call the channel K2 and the quay Q on the radio.",
        "Harbour Commission 3 Quay Street Port Ansel",
        "They left.",
        "Nobody saw them go.",
        "Crew | 19",
    } <= found.keys()


@pytest.mark.parametrize(
    ("around", "whole"),
    [
        ("<div class='story-content'>{}</div><div class='story-content'>{}</div>", True),
        ("<article>{}</article><div>{}</div>", False),
        ("<div class='story-content'>{}</div><div class='reader-comments'>{}</div>", False),
        ("<div class='story-content'>{}</div><div><h1>Another story</h1>{}</div>", False),
    ],
)
def test_an_article_in_several_parts_is_whole(tmp_path, around, whole):
    """Unless the page says where it ends, or what follows are comments or another article."""
    first, rest = (
        _story("they talked until late"),
        _story(
            "ships waited at the quay because none of the pilots had come to the harbour that morning, and the crews asked for their pay",
            30,
        ),
    )
    page = load_html(f"<html><body><h1>Talks end</h1>{around.format(first, rest)}</body></html>")
    found = re.findall("(?<=<p>)[^<]+", first)
    others = re.findall("(?<=<p>)[^<]+", rest)
    assert whole_article(found, page)[-39:] == found + others * whole


# Invented articles: short lines, dates, scores, a list, and no final mark where none is needed.
_OTHERS = {
    "de": [
        "Die Gespräche über die Meerenge sind am Montag gescheitert, und niemand war überrascht.",
        "„Wir haben alles versucht.“",
        "Montag, 3. März",
        "• Fähren fahren nur noch am Tag",
        "• Kutter bleiben im Hafen von Ansel",
        "Das Watch: so heißt die Wache, die seit dem Morgen auf der Mole steht und alle Schiffe zählt.",
        "Was danach geschah",
        "Am Abend lagen elf Schiffe vor der Einfahrt, und die Lotsen warteten auf ein Zeichen aus Karesh.",
        "Möwen gegen Heringe 2:1",
        "By Strand fährt morgen wieder.",
    ],
    "fr": [
        "Les pourparlers sur le détroit ont échoué lundi, et personne n’en a été surpris au port.",
        "« Nous avons tout essayé. »",
        "Lundi 3 mars",
        "• Les bacs ne circulent plus que le jour",
        "• Les chalutiers restent au port d’Ansel",
        "Image : c’est le mot que le ministre a répété, devant des marins qui attendaient une réponse.",
        "Ce qui s’est passé ensuite",
        "Le soir, onze navires attendaient devant la passe, et les pilotes guettaient un signe de Karesh.",
        "Mouettes 2, Harengs 1",
        "Ils ont dormi.",
    ],
    "es": [
        "Las conversaciones sobre el estrecho fracasaron el lunes, y nadie se sorprendió en el puerto.",
        "«Lo hemos intentado todo».",
        "Lunes, 3 de marzo",
        "• Los transbordadores navegan solo de día",
        "• Los pesqueros se quedan en el puerto de Ansel",
        "Video: esa fue la palabra que el ministro repitió ante los marineros que esperaban respuesta.",
        "Lo que ocurrió después",
        "Por la noche once barcos esperaban ante la bocana, y los prácticos aguardaban una señal.",
        "Gaviotas 2, Arenques 1",
        "Nadie durmió.",
    ],
    "zh": [
        "海峡会谈星期一失败了，港口里没有人感到惊讶，船长们早就知道结果会是这样。",
        "“我们什么都试过了。”",
        "三月三日，星期一",
        "• 渡船只在白天航行",
        "• 渔船留在安塞尔港",
        "部长在等待答复的水手面前重复了同一句话，然后离开了码头，没有回答任何问题。",
        "后来发生的事",
        "到了晚上，十一艘船停在港口外面，领航员们等待着来自卡雷什的信号，谁也没有睡。",
        "海鸥二比一胜鲱鱼",
        "没有人说话。",
    ],
    "ru": [
        "Переговоры о проливе в понедельник провалились, и в порту этому никто не удивился.",
        "«Мы испробовали всё».",
        "Понедельник, 3 марта",
        "• Паромы ходят только днём",
        "• Рыбаки остаются в порту Ансель",
        "Фото: это слово министр повторил перед моряками, которые ждали ответа, и ушёл с причала.",
        "Что было потом",
        "Вечером одиннадцать судов стояли у входа в гавань, и лоцманы ждали сигнала из Кареша.",
        "Чайки — Сельди 2:1",
        "Никто не спал.",
    ],
    "ja": [
        "海峡をめぐる会談は月曜日に決裂し、港では誰もそのことに驚かなかった。",
        "「私たちはすべてを試した」。",
        "三月三日、月曜日",
        "• 渡し船は昼間だけ運航する",
        "• 漁船はアンセル港にとどまる",
        "大臣は答えを待つ船員たちの前で同じ言葉を繰り返し、質問には答えずに波止場を去った。",
        "その後に起きたこと",
        "夜になると十一隻の船が港の外に停泊し、水先人たちはカレシュからの合図を待っていた。",
        "かもめ二対一にしん",
        "誰も眠らなかった。",
    ],
    "ar": [
        "فشلت المحادثات بشأن المضيق يوم الاثنين، ولم يفاجأ أحد في الميناء بهذه النتيجة.",
        "«لقد جربنا كل شيء».",
        "الاثنين، الثالث من مارس",
        "• العبارات تعمل في النهار فقط",
        "• قوارب الصيد تبقى في ميناء أنسل",
        "كرر الوزير الكلمة نفسها أمام البحارة الذين كانوا ينتظرون جوابا، ثم غادر الرصيف مسرعا.",
        "ما حدث بعد ذلك",
        "في المساء انتظرت إحدى عشرة سفينة أمام المدخل، وكان المرشدون يترقبون إشارة من كارش.",
        "النوارس تهزم الرنجة",
        "لم ينم أحد.",
    ],
}  # fmt: skip


@pytest.mark.parametrize("language", _OTHERS)
@pytest.mark.parametrize("form", ["html", "txt"])
def test_rules_made_for_english_do_not_run_in_other_languages(tmp_path, language, form):
    """No sentence of an article in another language is lost; of a page no short line either."""
    blocks = _OTHERS[language]
    if form == "html":
        marked = [f"<p>{b}</p>" if b[0] != "•" else f"<ul><li>{b[2:]}</li></ul>" for b in blocks]
        page = f"<h1>{blocks[6]}</h1>{''.join(marked)}"
        text = f"<html lang='{language}'><body><article>{page}</article></body></html>"
    else:
        text = "\n\n".join(blocks)
    (tmp_path / f"a.{form}").write_text(text, "utf-8")
    corpus = fr.read_corpus(tmp_path, languages=())
    assert corpus.articles["language"].tolist() == [language]
    kept = set(corpus.paragraphs.loc[corpus.paragraphs["role"] == "body", "text"])
    wanted = blocks if form == "html" else [b for b in blocks if b[-1] in ".”“»。"]
    assert [b for b in wanted if b not in kept and b != blocks[6]] == []


FERRY = "<p>The ferry may stop on Monday, the board of the harbour said.</p>" * 1 + (
    "<p>It has run since 1911, and 400 people cross the strait with it on a working day.</p>"
    "<p>The mayor called the plan a blow to the island, and promised to ask the capital for help.</p>"
)
CHANGED = '<meta property="article:modified_time" content="2031-07-01T09:00:00Z">'


def ferry_page(tmp_path, head, line):
    page = f"<html lang='en'><head><title>Ferry may stop</title>{head}</head><body><article>"
    page += f"<h1>Ferry may stop</h1><p class='dates'>{line}</p>{FERRY}</article></body></html>"
    return read_in(tmp_path, "a.html", page)


@pytest.mark.parametrize(
    ("head", "line", "day"),
    [
        (CHANGED, "Published 04/05/2031 06:00 | Updated 01/07/2031 10:00", "2031-05-04"),
        (CHANGED, "First published 4 May 2031; last updated 1 July 2031", "2031-05-04"),
        (CHANGED, "", "NaT"),
        (f"{CHANGED}<meta name='date' content='2031-07-01'>", "", "2031-07-01"),
        (f'{CHANGED}<script type="application/ld+json">{{"@type": "NewsArticle", "datePublished": '
         '"2031-05-04T06:00:00Z", "dateModified": "2031-07-01T09:00:00Z"}</script>', "", "2031-05-04"),
        ('<meta property="article:published_time" content="2031-05-04T06:00:00Z">', "", "2031-05-04"),
        ('<script type="application/ld+json">{"@type": "NewsArticle", "dateModified": '
         '"2031-07-01T09:00:00Z", "datePublished": "2031-05-04T06:00:00Z"}</script>', "", "2031-05-04"),
    ],
)  # fmt: skip
def test_the_day_of_publication_counts_not_that_of_a_change(tmp_path, head, line, day):
    corpus = ferry_page(tmp_path, head, line)
    assert str(corpus.articles["date"].dt.date.item()) == day
    assert set(corpus.paragraphs["role"]) <= {"headline", "body", "furniture"}
    kept = corpus.paragraphs.loc[corpus.paragraphs["role"] == "body", "text"]
    assert len(kept) == 3 and not kept.str.contains("ublished").any()


@pytest.mark.parametrize(
    ("head", "line", "day"),
    [
        ('<script type="application/ld+json">{"datePublished" : "2031-05-04"}</script>', "05.04.2031",
         "2031-05-04"),
        ("<meta name='article:published_time' content='05-04-2031'>", "Published May 4, 2031",
         "2031-05-04"),
        ("<meta name='article:published_time' content='05-04-2031'>", "", "NaT"),
        ("<meta name='article:published_time' content='05-04-2031'><i>07/31/2031</i>", "", "2031-05-04"),
        ("<meta name='article:published_time' content='05-04-2031'><i>31/07/2031</i>", "", "2031-04-05"),
        ("<div class='date'>2031-06-02</div>", "<time datetime='2031-05-04T06:00'>4/5/2031</time>",
         "2031-05-04"),
        ("<div class='date'>2031-06-02</div><p>Harbour</p><div>May 4, 2031 - 11 minutes</div>", "",
         "2031-05-04"),
        ("<div class='today'>Sunday, May 4, 2031</div>", "", "NaT"),
        ("", "Last updated: <b>May 4, 2031</b>", "NaT"),
        ("<div class='date updated'>Updated on May 4, 2031</div>", "", "NaT"),
        ("<time class='entry-date published updated' datetime='2031-05-04'>x</time>", "", "2031-05-04"),
        ('<script>{"uploadDate": "2031-05-04T06:00:00Z"}</script>', "", "NaT"),
        ('<meta property="og:image" content="https://gull.example/rain-2031-05-04.png">', "", "NaT"),
    ],
)  # fmt: skip
def test_a_day_in_doubt_is_that_of_the_headline_in_the_order_of_the_page(tmp_path, head, line, day):
    """A day of another article, of a film, a picture, a change or of today is none."""
    assert str(ferry_page(tmp_path, head, line).articles["date"].dt.date.item()) == day


@pytest.mark.parametrize(
    ("title", "lines"),
    [
        ("www.gull.example", ["Checking if the site connection is secure",
                              "www.gull.example needs to review the security of your connection."]),
        ("gull.example", ["Please enable JS and disable any ad blocker"]),
        ("Gull - Are you a robot?", ["Please make sure your browser supports cookies."]),
        ("gull.example", ["Verifying you are human. This may take a few seconds."]),
    ],
)  # fmt: skip
def test_what_a_scraper_gets_instead_of_an_article_is_none(tmp_path, title, lines):
    said = "".join(f"<p>{line}</p>" for line in lines)
    page = f"<html><head><title>{title}</title></head><body><h1>{title}</h1>{said}</body></html>"
    with pytest.raises(ValueError, match="no article"):
        read_in(tmp_path, "a.html", page)


_PARAGRAPHS = _story("they talked until late")
_ASIDES = [
    "<p class='article__caption'>A crane above the quay on the morning after</p>",
    "<div class='photoCredit'><p>Ada Holm</p></div>",
    "<div data-component='image-caption'><p>The ferry at anchor. It has not moved since.</p></div>",
    "<div class='c-newsletter-promo'><p>The harbour in five minutes. It comes on Fridays.</p></div>",
    "<section data-testid='SignUpCard'><h3>Liked it?</h3><p>We write on Sundays, too.</p></section>",
    "<div class='share_buttons'><p>Send it to a friend who sails</p></div>",
    "<div class='author-bio'><p>Ivo Strand has written on ferries for nine years.</p></div>",
    "<div class='inline-related-stories'><p><a href='/b'>Crane falls</a></p></div>",
    "<div class='readMore'><p>Pilots wait for their pay since May</p></div>",
]


@pytest.mark.parametrize("aside", _ASIDES)
@pytest.mark.parametrize("at_end", [True, False])
def test_what_a_page_names_as_no_part_of_its_story_is_none(tmp_path, aside, at_end):
    story = f"{_PARAGRAPHS}{aside}" if at_end else _PARAGRAPHS.replace("</p>", f"</p>{aside}", 1)
    plain = _roles(tmp_path, f"<article><h1>Talks end</h1>{_PARAGRAPHS}</article>")
    found = _roles(tmp_path, f"<article><h1>Talks end</h1>{story}</article>")
    assert {text for text, role in found.items() if role == "body"} == {
        text for text, role in plain.items() if role == "body"
    }


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("<div class='post has-related newsletter-issue'>", "</div>"),  # around all of the story
        ("<div class='read-more-content'>", "</div>"),
        ("<h2 id='the-child-tax-credit'>The credit</h2>", ""),
        ("<p class='credit-card-news'>The credit", "</p>"),
    ],
)
def test_names_of_furniture_around_the_story_do_not_cost_it(tmp_path, before, after):
    page = f"{before}{_PARAGRAPHS}{after}"
    found = _roles(tmp_path, f"<article><h1>Talks end</h1>{page}{_story('they left', 2)}</article>")
    assert sum(role == "body" for role in found.values()) == 11 + ("The credit" in before)


@pytest.mark.parametrize(
    "line",
    [
        "ALSO SEE: Crane falls on the quay again",
        "In case you missed it: Why pilots wait for their pay",
        "Enjoyed it? Join over 9,000 subscribers",
        "The harbour in one e-mail, every Friday. Sign up here.",
        "Two letters a month, no spam, and they are free.",
        "<h3>Around the web</h3>",
        "<h3>Crews of the year</h3>",  # below it stands nothing
        "<a href='/crane'>Crane falls</a>",
        "Ada Holm",
        "22 captures",
    ],
)
def test_lines_below_the_story_that_are_none_of_it(tmp_path, line):
    block = line if line.startswith("<h3") else f"<p>{line}</p>"
    author = '<script type="application/ld+json">{"author": [{"name": "Ada Holm"}]}</script>'
    page = f"{author}<article><h1>Talks end</h1>{_PARAGRAPHS}{block}</article>"
    found = _roles(tmp_path, page)
    text = re.sub("<[^>]*>", "", line)
    assert found.get(text, "not there") in ("furniture", "related", "not there")
    assert sum(role == "body" for role in found.values()) == 9


@pytest.mark.parametrize(
    "line",
    [
        "Readers who join 9,000 others in the queue wait for a year.",
        "Ada Holm was the first who signed.",
        "He asked them to sign up for the crew that night.",
    ],
)
def test_the_last_sentence_of_a_story_stays(tmp_path, line):
    author = '<script type="application/ld+json">{"author": [{"name": "Ada Holm"}]}</script>'
    page = f"{author}<article><h1>Talks end</h1>{_PARAGRAPHS}<p>{line}</p></article>"
    assert _roles(tmp_path, page)[re.sub("<[^>]*>", "", line)] == "body"


def test_a_page_of_the_internet_archive_is_the_page_that_it_keeps(tmp_path):
    """Its bar is none of it; the title is the part of the page's title that is a heading."""
    bar = "<div id='wm-ipp-base'><p>7 captures</p><p>2 May 2031 - 9 June 2033</p></div>"
    script = '<script>__wm.init("x");__wm.wombat("http://www.gull.example/2031/05/02/a.html",'
    head = f'{script}"20310502");</script><title>Daily Gull - Ferry talks end at noon</title>'
    menu = "<td><a href='/h'>Home</a><br><a href='/w'>Weather</a></td>"
    cell = f"<td><h2>Ferry talks end at noon</h2>{_PARAGRAPHS}</td>"
    body = f"{bar}<table><tr>{menu}{cell}</tr></table>"
    corpus = read_in(tmp_path, "a.html", f"<html><head>{head}</head><body>{body}</body></html>")
    article, paragraphs = corpus.articles.iloc[0], corpus.paragraphs
    assert article["title"] == "Ferry talks end at noon"
    assert (article["outlet"], f"{article['date']:%Y-%m-%d}") == ("gull.example", "2031-05-02")
    assert (paragraphs["role"] == "body").sum() == 9


_ELEMENTS = {
    "p": "<p>{}</p>", "h": "<h2>{}</h2>", "l": "<ul><li>{}</li></ul>", "d": "<div>{}</div>",
}  # fmt: skip


@given(
    st.lists(st.tuples(st.sampled_from("ppphl"), st.booleans(), st.booleans()), max_size=12),
    st.integers(0, 3),
)
def test_what_stands_between_paragraphs_of_an_article_is_not_lost(middle, outer):
    """Whatever is found of a page but its ends: all of it is there once, in its order."""
    elements = [
        ("h", False, False),
        ("p", True, False),
        *middle,
        ("p", True, False),
        ("l", False, False),
    ]
    lines = [f"{kind} number {n}." for n, (kind, *_) in enumerate(elements)]
    parts = [_ELEMENTS[kind].format(line) for (kind, *_), line in zip(elements, lines, strict=True)]
    boxed = [
        f"<div>{part}</div>" if box else part
        for part, (*_, box) in zip(parts, elements, strict=True)
    ]
    page = fromstring("<div>" * outer + f"<div>{''.join(boxed)}</div>" + "</div>" * outer)
    found = [line for line, (_, there, _) in zip(lines, elements, strict=True) if there]
    assert with_gaps_filled(found, page, lambda element: [element.text_content()]) == lines


@pytest.mark.parametrize(
    "beside",
    [
        "<ul><li><a href='/1'>Ships wait</a></li><li><a href='/2'>Talks end</a></li></ul>",
        "<h3><a href='/1'>Ships wait</a></h3>",
        "<div><h3>Read the <b>Gull</b> every day</h3><form>Your address</form></div>",
        "<ul><li>Rain fell.</li></ul>",
        "<h3>Rain fell. <a href='#rain'>\N{LINK SYMBOL}</a></h3>",
    ],
)
def test_links_forms_and_what_is_there_already_fill_no_gap(beside):
    page = fromstring(f"<div><p>Rain fell.</p>{beside}<p>It fell again.</p></div>")
    blocks = ["Rain fell.", "It fell again."]
    assert with_gaps_filled(blocks, page, lambda element: [element.text_content()]) == blocks


@pytest.mark.parametrize("kept", ["beginning", "end", "neither"])
def test_a_paragraph_that_was_found_with_other_words_at_one_of_its_ends_is_not_read_twice(kept):
    words = {"beginning": "rain fell on the harbour of Dovek in the middle of the night",
             "end": "and the wind blew from the east until late in the morning"}  # fmt: skip
    missing = f"{words['beginning']} for a while {words['end']}"
    blocks = ["They met.", words.get(kept, "It snowed"), f"They left{' again' * 40}."]
    page = fromstring(f"<div><p>{blocks[0]}</p><p>{missing}</p><p>{blocks[2]}</p></div>")
    filled = with_gaps_filled(blocks, page, lambda element: [element.text_content()])
    assert (missing in filled) == (kept == "neither")


def test_headings_and_lists_stand_in_their_order_where_each_section_has_an_element():
    """The heading of a chapter stands above that of its first section."""
    sections = "".join(
        f"<section><h3>Part {n}</h3><p>Rain {n}.</p><ul><li>wind {n}</li></ul></section>"
        for n in range(2)
    )
    page = fromstring(f"<div><h2>Chapter</h2><div>{sections}</div></div>")
    filled = with_gaps_filled(["Rain 0.", "Rain 1."], page, lambda e: [e.text_content()])
    assert filled == ["Chapter", "Part 0", "Rain 0.", "wind 0", "Part 1", "Rain 1.", "wind 1"]


def test_a_page_of_which_trafilatura_finds_paragraphs_only_keeps_headings_and_lists(tmp_path):
    """Each section has an element of its own, and no element is named after a story."""
    sections = "".join(
        f"<div class='box'><h2>What happened on day {n}</h2><div><p>On day {n} they talked until "
        f"late in the harbour, officials said.</p></div><ul><li>no ships on day {n}</li></ul></div>"
        for n in range(6)
    )
    page = f"<html><body><h1>Six days of talks</h1><div>{sections}</div></body></html>"
    (tmp_path / "page.html").write_text(page, "utf-8")
    body = fr.read_corpus(tmp_path).paragraphs
    texts = body.loc[body["role"] == "body", "text"].tolist()
    assert [
        t
        for n in range(6)
        for t in (f"What happened on day {n}", f"• no ships on day {n}")
        if t not in texts
    ] == []


@pytest.mark.parametrize(
    ("heading", "headline"),
    [("Ferry talks failed again", "Ferry talks failed again"),
     ("The Daily Gull", "Why ferry talks failed again: all you need to know"),
     ("Talks", "Why ferry talks failed again: all you need to know")],
)  # fmt: skip
def test_the_headline_is_the_one_that_readers_see(tmp_path, heading, headline):
    """Titles for search engines and networks differ; the name of the site is none."""
    title = "Why ferry talks failed again: all you need to know"
    page = (
        f"<html><head><title>{title} - The Daily Gull</title>"
        f"<meta property='og:title' content='{title}'>"
        "<meta property='og:site_name' content='The Daily Gull'></head>"
        f"<body><header><h1>{heading}</h1></header>"
        f"<article>{_story('they talked')}</article></body></html>"
    )
    (tmp_path / "a.html").write_text(page, "utf-8")
    found = fr.read_corpus(tmp_path).paragraphs
    assert found.loc[found["role"] == "headline", "text"].tolist() == [headline]


def test_a_title_for_networks_is_kept_although_another_part_of_the_title_is_a_heading(tmp_path):
    """Only the name of the site, which is a part of the title itself, gives way to a heading."""
    page = (
        "<html><head><title>Live - The Daily Gull</title>"
        "<meta property='og:title' content='Ferry talks fail'></head>"
        f"<body><article><h2>Live</h2>{_story('they talked')}</article></body></html>"
    )
    corpus = read_file(tmp_path / "a.html", page)
    assert corpus.articles["title"].tolist() == ["Ferry talks fail"]


def _card(n: int, words: str = "What the harbour means to those who cross it every day") -> str:
    return f"<div><h4><a href='/{n}'>Ships wait, part {n}</a></h4><p>{words} {n}</p></div>"


@pytest.mark.parametrize("lang", ["en", "sv"])
def test_cards_that_lead_to_other_articles_are_no_part_of_a_page(tmp_path, lang):
    """Three in a row, each of a heading that is a link and a line: in any language."""
    story = "".join(f"<div><p>On day {n} they talked until late.</p></div>" for n in range(30))
    cards = "".join(map(_card, range(3)))
    page = f"<html lang='{lang}'><body><h1>Talks end</h1>{story}<div>{cards}</div></body></html>"
    (tmp_path / "page.html").write_text(page, "utf-8")
    found = fr.read_corpus(tmp_path, languages=()).paragraphs
    assert not found["text"].str.contains("harbour means").any()
    assert found["text"].str.contains("On day").sum() == 30


@pytest.mark.parametrize(
    "cards",
    [
        "".join(map(_card, range(12))),  # a digest: they are most of the text
        "".join(map(_card, range(2))),  # two of them
        "".join(
            _card(n, "On this day the talks went on until late at night. " * 9) for n in range(3)
        ),
        "".join(  # headings that lead nowhere
            f"<div><h3>Round {n}</h3><p>Round {n} went on until dusk.</p></div>" for n in range(3)
        ),
    ],
)
def test_what_looks_like_cards_and_is_the_text_of_a_page_stays(tmp_path, cards):
    story = "".join(f"<p>On day {n} they talked until late in the port.</p>" for n in range(4))
    page = f"<html><body><h1>Talks end</h1><article>{story}<div>{cards}</div>{story}</article></body></html>"
    (tmp_path / "page.html").write_text(page, "utf-8")
    found = fr.read_corpus(tmp_path, languages=()).paragraphs
    words = "harbour means" if "harbour" in cards else "went on until"
    kept = found[found["role"] == "body"]["text"].str.contains(words).sum()
    assert kept == cards.count("<p>")


def test_the_attributes_of_a_tag_that_has_thousands_are_left_out(monkeypatch):
    """The parser compares each with all others; JSON in the wrong quotation marks makes them."""
    seen = []
    monkeypatch.setattr(pages, "_tree", lambda html: seen.append(html))
    few, many = (" ".join(f"a{n:03}=1" for n in range(k)) for k in (5_000, 5_001))
    for attributes in (few, many, "x" * 20_000):
        pages.page_article(f"<body><p {attributes}>Rain</p>".encode(), "a.html")
    assert [len(html) for html in seen] == [len(few) + 18, 18, 20_018]
    assert seen[1] == "<body><p >Rain</p>"


@pytest.mark.parametrize(("what", "tag", "others"), [("elements", "br", 3), ("headings", "H2", 0)])
def test_a_page_of_very_many_elements_or_headings_is_told(monkeypatch, what, tag, others):
    """Each takes time and memory; at headings at the end trafilatura counts all others again."""
    monkeypatch.setitem(pages._MOST, what, (5, pages._MOST[what][1]))
    for number, outcome in ((5, "scored"), (6, "failed")):
        many = f"<{tag}>" * (number - others)
        page = f"<body><article><p>{'Rain fell on the harbour. ' * 9}</p>{many}"
        found = pages.page_article(page.encode(), "a.html")
        assert found.outcome == outcome
    assert found.reason == f"a page of over 5 {what}: not read"


def test_pages_below_each_other_in_a_file_are_read_one_by_one(tmp_path):
    """Only the first was read, and no row said so."""
    story = "".join(
        f"<p>Rain fell on the harbour again, the {n}th day of it.</p>" for n in range(9)
    )
    pages = [f"<!DOCTYPE html><html><title>T{n}</title><body><article><h1>T{n}</h1>{story}{n}"
             "</article></body></html>" for n in range(3)]  # fmt: skip
    corpus = read_in(tmp_path, "a.html", "\n".join(pages))
    assert sorted(corpus.articles["title"]) == ["T0", "T1", "T2"]
    old = '<!--[if IE]><html class="ie"><![endif]-->' + pages[0]
    assert len(read_in(tmp_path, "a.html", old).articles) == 1


def test_whole_articles_on_one_page_are_told(tmp_path):
    def page(words: int, tag: str) -> str:
        story = f"<p>{'Rain fell. ' * words}</p>"
        posts = "".join(f"<{tag}><h2>Rain {n}</h2>{story}</{tag}>" for n in range(3))
        return f"<html><body><h1>Gull</h1>{posts}</body></html>"

    for words, tag, told in ((60, "article", True), (20, "article", False), (60, "div", False)):
        reason = pages.page_article(page(words, tag).encode(), "a.html").reason
        assert (reason == "3 articles on one page, read as one article") is told


@pytest.mark.parametrize("date", ["2031-03-12T09:20:00+99:99", "2031-03-12T09:20+9900"])
def test_a_date_of_no_time_zone_does_not_cost_the_page(tmp_path, date):
    head = f"<title>Rain</title><meta property='article:published_time' content='{date}'>"
    text = "<p>It rained again in Dovek on Monday, and nobody was surprised by it.</p>" * 4
    page = f"<html><head>{head}</head><body><article><h1>Rain</h1>{text}</article></body></html>"
    corpus = read_file(tmp_path / "a.html", page)
    assert corpus.articles["date"].dt.strftime("%Y-%m-%d").tolist() == ["2031-03-12"]


def test_a_page_with_elements_too_deep_is_not_read_without_them(tmp_path):
    """Beside it in a table, the others are read, and the text of its cell is taken as it is."""
    text = "<p>It rained again in Dovek on Monday, and nobody was surprised by it.</p>" * 4
    pages = [
        f"<html><head><title>Rain</title><meta name='x'></head><body><h1>Rain{b}</h1>{text}</body></html>"
        for b in ("", "<b>" * 1000)
    ]
    (tmp_path / "a.html").write_text(pages[1])
    (tmp_path / "b.csv").write_text(pd.DataFrame({"text": pages}).to_csv(index=False))
    corpus = fr.read_corpus(tmp_path)
    inputs = corpus.audit.query("block.isna()").set_index("source")
    assert "inside 250 others" in inputs.loc["a.html", "reason"]
    bodies = corpus.paragraphs[corpus.paragraphs["text"].str.contains("surprised")]
    assert bodies["article"].nunique() == 2
