"""Coding sheets: a sample of passages for people to code, blind to where they come from."""

from __future__ import annotations

import json
import warnings
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from framing.arguments import check_known, check_number, check_whole
from framing.checks import SCORES, check_columns, check_once
from framing.lexicon.lexicon import Lexicon
from framing.lexicon.loading import chosen_lexicon
from framing.schema import BODY, PLACE, listed
from framing.text.encoding import printable
from framing.text.numbers import many
from framing.utils.files import all_or_none, naming
from framing.utils.table_files import write_csv
from framing.validation.blinding import blinded
from framing.validation.forms import SHOWN, TONE, csv_files, write_workbook
from framing.validation.passages import counts_of, measured, passages_of, with_counts
from framing.validation.sampling import drawn

UNDRAWN = (
    "{}=0: such sentences are not drawn, so recall is unknown, and corrected comparisons "
    "assume that the lexicon is right in them"
)
SECONDS = 20  # that a coder takes for a passage, on average


class CodingSheet(NamedTuple):
    """A sample of passages, and who codes which of them.

    ``passages``: one row per passage: ``passage`` (a random id), ``article``, ``paragraph``,
    ``sentence``, ``by`` (the outlet), ``role``, ``text``, ``before``, ``after``, ``shown`` (the
    text as coders see it), ``weight`` (in the tone of its article), ``probability`` (of being
    drawn, in (0, 1]), ``part`` ("report" or "learn"), and for every measure of the lexicon
    ``hits_…`` and ``near_…``, the hits that count and those that a rule took away, and
    ``scored_…``, the count of the whole paragraph. ``shown``: the rows that coders see: ``coder``,
    ``passage``, ``before``, ``text``, ``after``. ``about``: what it was drawn for: ``by``,
    ``measures``, ``lexicon``, ``version``, ``hash`` and ``entries`` of the lexicon, and the
    ``counts`` of every article: its words, and its hits of each measure that is counted.
    """

    passages: pd.DataFrame
    shown: pd.DataFrame
    about: dict[str, Any]

    def __repr__(self) -> str:
        coders = self.shown["coder"].value_counts()
        hours = coders.max() * SECONDS / 3600
        return (
            f"{many(len(self.passages), 'passage')} from "
            f"{many(self.passages['by'].nunique(), 'value')} of "
            f"{self.about['by']!r}; {many(len(coders), 'coder')}, up to "
            f"{many(coders.max(), 'passage')} each: about {hours:.1f} hours a coder"
        )

    def to_excel(self, path: str | Path) -> Path:
        """Write a workbook for the coders, and beside it the key that they must not see.

        Parameters
        ----------
        path : str or Path
            ``sheet.xlsx``: a page with the codebook and the progress, then one page per coder. The
            key is ``sheet.key.json``; `read_coding` needs it. Neither file is written over.

        Returns
        -------
        Path
            The workbook.
        """
        path = Path(path)
        if path.suffix != ".xlsx":
            raise ValueError(f"the name of a workbook must end in .xlsx, got {path.name!r}")
        with self._written(path, [path]) as (made,), naming(path):
            write_workbook(made, self.shown, self.about["measures"])
        return path

    def to_csv(self, folder: str | Path) -> Path:
        """Write one CSV file per coder, ``codebook.csv``, and the key, which coders must not see.

        Parameters
        ----------
        folder : str or Path
            Where ``coder-1.csv`` and so on are written; the key is ``key.json`` in it.

        Returns
        -------
        Path
            The folder.
        """
        folder = Path(folder)
        check_free(folder)
        folder.mkdir(parents=True, exist_ok=True)
        tables = csv_files(self.shown, self.about["measures"])
        with self._written(folder, [folder / name for name in tables]) as made:
            for path in made:
                write_csv(tables[path.name], path, encoding="utf-8-sig")
        return folder

    @contextmanager
    def _written(self, sheet: Path, files: Sequence[Path]) -> Iterator[list[Path]]:
        """Give paths to write the files of a sheet to, and write its key: all of them or none."""
        check_free(sheet)
        sheet.parent.mkdir(parents=True, exist_ok=True)
        content = {"about": self.about, "passages": self.passages.to_dict("records")}
        text = json.dumps(content, ensure_ascii=False, indent=1)
        with all_or_none([key_of(sheet), *files]) as (key, *made):
            key.write_text(text, encoding="utf-8", newline="\n")
            yield made


def key_of(path: Path) -> Path:
    """Return the name of the key that belongs to a sheet: beside a file, inside a folder."""
    return path / "key.json" if path.is_dir() else path.with_suffix(".key.json")


def check_free(path: Path) -> None:
    """Raise an error if a sheet cannot be written there, or would replace one."""
    if path.suffix != ".xlsx" and path.suffix[1:].isalpha() and not path.is_dir():
        raise ValueError(
            f"a coding sheet is a workbook, {path.with_suffix('.xlsx').name}, or a folder with a "
            f"CSV file for each coder, {path.stem}; got {path.name!r}"
        )
    for target in (path, key_of(path)):
        if target.is_file():
            raise FileExistsError(
                f"{printable(target)} exists and may hold codes; choose another name"
            )


def coding_sheet(
    scores: pd.DataFrame,
    cues: pd.DataFrame,
    *,
    by: str = "outlet",
    measures: Sequence[str] | None = None,
    hits: int = 100,
    near_misses: int = 50,
    without: int = 100,
    coders: int = 2,
    overlap: float = 1.0,
    learn: float = 0.0,
    per_article: int | None = 2,
    roles: str | Sequence[str] = BODY,
    lexicon: Lexicon | None = None,
    seed: int = 1,
) -> CodingSheet:
    """Draw the sentences that people code, so that measures can be validated on this corpus.

    Parameters
    ----------
    scores, cues : DataFrame
        As ``framing.score`` and ``framing.find_cues`` return them for the same paragraphs. Nothing
        is drawn from copies (``copy_of``, see ``mark_copies``) and later versions (``version_of``).
    by : str, default "outlet"
        The column whose values will be compared; each value gets the same numbers.
    measures : sequence of str, optional
        Indices or categories of the lexicon, and ``"tone"``. By default the indices of the
        lexicon (its categories, if it has none) and ``"tone"``.
    hits, near_misses : int
        Expected number of sentences for every measure and value of ``by``: those with a hit that
        counts, and those where a rule took every hit away.
    without : int
        Expected number of sentences without either, for every value of ``by``.
    coders : int, default 2
        Number of coders.
    overlap : float, default 1.0
        Share of passages that all coders code, in [0, 1]; the others are split among them.
    learn : float, default 0.0
        Share of passages, in [0, 1), that `suggest` may learn from. Validity is never claimed
        from these.
    per_article : int or None, default 2
        Largest number of passages per article; None for no limit.
    roles : str or sequence of str, default ("standfirst", "body")
        The paragraphs to draw from.
    lexicon : Lexicon, optional
        Lexicon used to find the cues; the built-in English one by default.
    seed : int, default 1
        Seed of the draw, the order and the ids.

    Returns
    -------
    CodingSheet
        The sample; write it with ``to_excel`` or ``to_csv``. Coders see neither outlet, date,
        title, score nor highlight; the names of outlets and authors, links, and the day of the
        article in a text are replaced by ``[…]``.

    Raises
    ------
    ValueError
        If a number is out of range, a measure is unknown, or nothing can be drawn.

    Warns
    -----
    UserWarning
        If sentences are left out by a number of 0: then recall is not known, and corrected
        comparisons assume that the lexicon is right in these.

    References
    ----------
    van Atteveldt, van der Velden & Boukes (2021), The validity of sentiment analysis,
    Communication Methods and Measures 15(2). Hartley & Rao (1962), Sampling with unequal
    probabilities and without replacement, Annals of Mathematical Statistics 33(2).
    """
    lexicon = chosen_lexicon(lexicon)
    sizes = {"hits": hits, "near_misses": near_misses, "without": without}
    most = max(len(scores), 1) if per_article is None else per_article
    _check_numbers(sizes, {"coders": coders, "per_article": most, "seed": seed}, overlap, learn)
    chosen = _measures(measures, lexicon)
    counted = [measure for measure in chosen if measure != TONE]
    check_columns(scores, [*PLACE, "words", *counted], kind=SCORES)
    check_once(scores)
    passages = passages_of(scores, by, roles=roles)
    strata = _strata(measured(passages, cues, counted, lexicon), counted)
    rng = np.random.default_rng(seed)
    sample = drawn(passages, strata, _targets(sizes, counted), most=most, rng=rng)
    sample = _numbered(with_counts(sample, scores, cues, counted, lexicon), learn, rng)
    blind = blinded(sample, SHOWN[1:], scores)
    sample["shown"] = blind["text"]
    about = {"by": by, "measures": chosen, "seed": seed, "targets": sizes}
    about |= about_lexicon(lexicon) | {"counts": counts_of(scores, counted)}
    return CodingSheet(sample, _handed_out(sample.assign(**blind), coders, overlap, rng), about)


def _check_numbers(
    sizes: Mapping[str, int], whole: Mapping[str, int], overlap: float, learn: float
) -> None:
    for name, value in sizes.items():
        check_number(name, value, least=0)
    for name, value in whole.items():
        check_whole(name, value, least=int(name != "seed"))
    check_number("overlap", overlap, least=0, most=1)
    check_number("learn", learn, least=0)
    if left_out := [name for name, value in sizes.items() if value == 0]:
        warnings.warn(UNDRAWN.format(" and ".join(left_out)), stacklevel=3)
    if learn >= 1:
        raise ValueError(f"learn must be at least 0 and less than 1, got {learn}")


def _measures(measures: Sequence[str] | None, lexicon: Lexicon) -> list[str]:
    default = [*(lexicon.indices or lexicon.categories), TONE]
    chosen = default if measures is None else list(dict.fromkeys(listed(measures)))
    check_known(chosen, [*lexicon.indices, *lexicon.categories, TONE])
    return chosen


def _targets(sizes: Mapping[str, int], measures: Sequence[str]) -> dict[str, int]:
    """Return how many passages are expected of every stratum."""
    hits = {f"hits_{measure}": sizes["hits"] for measure in measures}
    near = {f"near_{measure}": sizes["near_misses"] for measure in measures}
    return hits | near | {"without": sizes["without"]}


def _strata(counts: pd.DataFrame, measures: Sequence[str]) -> pd.DataFrame:
    """Return which passage may be drawn for what."""
    found = counts > 0
    for measure in measures:
        found[f"near_{measure}"] &= ~found[f"hits_{measure}"]
    return found.assign(without=~found.any(axis=1))


def _numbered(sample: pd.DataFrame, learn: float, rng: np.random.Generator) -> pd.DataFrame:
    """Give passages random ids, and the part that they belong to."""
    ids = rng.choice(9000 + 90 * len(sample), size=len(sample), replace=False) + 1000
    sample.insert(0, "passage", [f"p{number}" for number in ids])
    return sample.assign(part=np.where(rng.random(len(sample)) < learn, "learn", "report"))


def _handed_out(
    blind: pd.DataFrame, coders: int, overlap: float, rng: np.random.Generator
) -> pd.DataFrame:
    """Return what each coder sees, in an order of the coder's own."""
    shared = rng.permutation(len(blind)) < round(overlap * len(blind))
    turn = np.arange(len(blind)) % coders
    rows = []
    for coder in range(coders):
        own = blind[shared | (turn == coder)]
        rows.append(own[SHOWN].iloc[rng.permutation(len(own))].assign(coder=coder + 1))
    return pd.concat(rows, ignore_index=True)


def about_lexicon(lexicon: Lexicon) -> dict[str, Any]:
    """Return what the key of a sheet keeps of a lexicon, its entries with their categories."""
    entries = sorted(set(lexicon.entries["category"] + ": " + lexicon.entries["entry"]))
    return {
        "lexicon": lexicon.name, "version": lexicon.version, "hash": lexicon.hash,
        "entries": entries,
    }  # fmt: skip
