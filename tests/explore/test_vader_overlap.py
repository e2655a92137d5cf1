"""How many entries and cues hold a word that VADER scores."""

import pandas as pd
from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer

import framing as fr
from framing.lexicon.loading import built_in

WORDS = SentimentIntensityAnalyzer().lexicon


def test_a_small_case_counted_by_hand(tmp_path):
    """Of two entries VADER scores one, of four cues that count one; negated ones are left out."""
    path = tmp_path / "own.csv"
    path.write_text("category,entry\nfear,war*\nfear,table tennis\n", "utf-8")
    path.with_suffix(".toml").write_text("[indices.dread]\ncategories = ['fear']\n", "utf-8")
    lexicon = fr.load_lexicon(path)
    table = pd.DataFrame({"text": ["War? Wardens play table tennis with wardrobes."]})
    found = fr.overlap(fr.find_cues(table, lexicon=lexicon), lexicon=lexicon)
    assert found.to_numpy().tolist() == [["dread", 2, 1, 4, 1, 0.25]]


def test_the_example_counted_word_by_word(strait_cues):
    """As many cues as have a word in the lexicon of vaderSentiment, looked up one by one."""
    found = fr.overlap(strait_cues).set_index("index")
    counted = strait_cues[strait_cues["counted"] & ~strait_cues["negated"]]
    for name, index in built_in().indices.items():
        own = counted[index.holds(counted)]
        words = [match.lower().replace("’", "'").split() for match in own["match"]]
        known = sum(any(word.strip('.,"“”') in WORDS for word in split) for split in words)
        assert found.loc[name, ["cues", "cues_in_vader"]].tolist() == [len(own), known]


def test_no_cues_have_no_share(strait_cues):
    """A share of nothing is missing, not 0."""
    found = fr.overlap(strait_cues.head(0))
    assert found["cues"].eq(0).all()
    assert found["share"].isna().all()
