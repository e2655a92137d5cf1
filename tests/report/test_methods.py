"""What the box of methods says of the input adds up."""

from __future__ import annotations

import framing as fr


def test_every_outcome_is_named_once_with_its_reasons(tmp_path):
    """Three articles, one of them with a repaired line, and a file that is none."""
    for name, text in {
        "a.txt": "Ferry talks stall\n\nThe talks about the ferry could fail, officials fear.\n",
        "b.txt": "Ferry talks resume\n\nThe talks about the ferry may go on, officials say.\n",
        "c.txt": "Itâ€™s the ferry\n\nItâ€™s a risk that nobody at the harbour wants to take.\n",
        "d.txt": "",
    }.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    corpus = fr.read_corpus(tmp_path)
    box = fr.methods(corpus, fr.score(corpus.paragraphs))
    (told,) = [line for line in str(box).splitlines() if line.startswith("Input.")]
    outcomes = dict(corpus.audit[corpus.audit["block"].isna()]["outcome"].value_counts())
    assert told.startswith("Input. 4 inputs: ")
    for outcome, n in outcomes.items():
        assert told.count(f"{n} {outcome}") == 1
    assert "3 scored (1 × mojibake repaired" in told
