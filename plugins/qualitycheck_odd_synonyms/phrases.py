"""Finding the phrases of a list in a text, on arrays."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from qualitycheck.phrases import PhraseTable
from qualitycheck.tokens import PUNCTUATION, Tokens
from qualitycheck_odd_synonyms.features import Indices, Keys

_SENTENCE_START = np.uint64(4)


@dataclass(frozen=True, slots=True, eq=False)
class Candidates:
    """The occurrences of listed phrases in a text: index of the first and last token, and which phrase it is.

    ``form`` is a small number for its capitals and for whether it opens a sentence.
    """

    first: Indices
    last: Indices
    phrase: Indices
    form: Keys

    def __len__(self) -> int:
        return len(self.first)

    def only(self, chosen: npt.NDArray[Any]) -> Candidates:
        """Some of the candidates, by mask or index."""
        return Candidates(self.first[chosen], self.last[chosen], self.phrase[chosen], self.form[chosen])


def after_punctuation(tokens: Tokens) -> npt.NDArray[np.bool_]:
    """Which tokens open the text or follow a mark, so that a capital tells nothing of them."""
    opens = np.ones(len(tokens), bool)
    opens[1:] = tokens.kind[:-1] == PUNCTUATION
    return opens


def find_candidates(table: PhraseTable, tokens: Tokens) -> Candidates:
    """All occurrences of the table's phrases, longest first at each place and none within another."""
    return candidates_at(tokens, *table.find(tokens.key))


def candidates_at(tokens: Tokens, first: Indices, length: Indices, phrase: Indices) -> Candidates:
    """Candidates from where they start, how many tokens they have, and which phrases they are."""
    opens = np.asarray(after_punctuation(tokens)[first], np.uint64)
    form = np.asarray(tokens.shape[first] & 3, np.uint64) + opens * _SENTENCE_START
    return Candidates(first, first + length - 1, phrase, form)
