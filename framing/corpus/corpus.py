"""A corpus: tables of articles, paragraphs and every input, and how to choose some of it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import pandas as pd

from framing.corpus.choosing import article_id, chosen, values_of
from framing.corpus.readers import number_of_rows
from framing.corpus.readers.sidecar import USED
from framing.corpus.versions import with_versions
from framing.schema import MAPPING_COLUMNS, listed
from framing.text.numbers import many

NOT_CHOSEN = "not chosen"  # reason of inputs that are left out by `Corpus.only`


class Corpus(NamedTuple):
    """Tables: ``articles``, ``paragraphs``, ``audit``, and ``columns`` (what was read as what)."""

    articles: pd.DataFrame
    paragraphs: pd.DataFrame
    audit: pd.DataFrame
    columns: pd.DataFrame = pd.DataFrame(columns=MAPPING_COLUMNS)

    def only(
        self,
        *,
        outlets: str | Sequence[str] = (),
        articles: str | Sequence[str] = (),
        events: str | Sequence[str] = (),
        where: str | Sequence[str] = (),
    ) -> Corpus:
        """Return the corpus of some outlets, articles, events, or values of other columns.

        Parameters
        ----------
        outlets, articles, events : str or sequence of str
            Names as in ``articles``; all are kept if none are given.
        where : str or sequence of str
            Columns of ``articles`` and their values, as ``"topic=health"``; of several values of
            one column, articles have one.

        Returns
        -------
        Corpus
            Its audit lists every input; those left out are ``skipped``, "not chosen".

        Raises
        ------
        ValueError
            If a name is not in the corpus; the message gives the nearest ones.
        """
        kept = self.articles
        named = [("outlet", outlets), ("article", articles), ("event", events)]
        among = ""
        for column, names in named + values_of(kept, listed(where or ())):
            wanted = listed(names or ())
            chosen(self.articles[column].astype(str), wanted)  # one of no article at all
            kept = kept[chosen(kept[column].astype(str), wanted, among)]
            among += f" in {column} {', '.join(map(repr, wanted))}" * bool(wanted)
        if len(kept) == len(self.articles):
            return self
        ids = set(kept["article"])
        audit = self.audit.copy()
        left = ~audit["article"].isin(ids) & (audit["outcome"] == "scored")
        audit.loc[left, ["outcome", "reason"]] = ["skipped", NOT_CHOSEN]
        paragraphs = self.paragraphs[self.paragraphs["article"].isin(ids)].reset_index(drop=True)
        # the earliest version may not be among them
        kept, paragraphs = with_versions(kept.reset_index(drop=True), paragraphs)
        return self._replace(articles=kept, paragraphs=paragraphs, audit=audit)

    def one(self, article: str = "") -> Corpus:
        """Return the corpus of one article.

        Parameters
        ----------
        article : str
            Its id or title; may be empty if there is one article only.

        Returns
        -------
        Corpus
            As of `only`.

        Raises
        ------
        ValueError
            If the name does not mean one article; the message lists some with title and id.

        Examples
        --------
        >>> import framing as fr
        >>> corpus = fr.read_corpus("corpora/strait")
        >>> corpus.one("Who turned the light off?").articles["outlet"].item()
        'Deckhand Notes'
        """
        return self.only(articles=[article_id(self.articles, article)])

    def __repr__(self) -> str:
        outcomes = ", ".join(f"{n} {o}" for o, n in outcomes_of(inputs_of(self.audit)).items())
        return (
            f"Corpus of {many(len(self.articles), 'article')} from "
            f"{many(self.articles['outlet'].nunique(), 'outlet')}, "
            f"{many(len(self.paragraphs), 'paragraph')} (inputs: {outcomes})"
        )


def inputs_of(audit: pd.DataFrame) -> pd.DataFrame:
    """Return the rows of an audit that are inputs: files and articles, each with an outcome.

    Neither blocks of articles are, nor rows of metadata that were read with the file they describe.
    """
    used = audit["reason"].astype(str).str.startswith(f"{USED}: ")
    return audit[audit["block"].isna() & ~used]


def outcomes_of(inputs: pd.DataFrame) -> pd.Series[int]:
    """Return how many inputs have each outcome, most first; some rows stand for several."""
    counts = inputs["source"].map(number_of_rows).groupby(inputs["outcome"]).sum()
    return counts.sort_values(ascending=False, kind="stable")
