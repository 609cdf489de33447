"""Which language a text is in.

Most text that is checked is English, and English shows in its function words at the price of one look-up on the token
array. Only where that does not settle it is the identifier asked: py3langid, chosen because its model is 4 MB, is
inside the package (nothing is fetched), needs nothing but numpy, and is maintained. It takes half a second to load.
"""

from __future__ import annotations

import functools
from collections.abc import Callable

import numpy as np

from qualitycheck.tokens import WORD, Keys, Tokens, token_key

_SAMPLE_TOKENS = 2000
_SAMPLE_CHARACTERS = 3000
_LEAST_WORDS = 3
_SHORT = 20  # words below which only function words of no other language count as English

# A text with this share of English function words is English: they make a fifth to two fifths of English text, stock
# market reports included, and less than a tenth of any other language.
_SHARE = 0.17
_SHORT_SHARE = 0.2

# Function words that no other language in Latin letters has, and those that one or another has too (Dutch “is” and
# “of”, German “was” and “will”, Norwegian “for” and “at”).
_ENGLISH_ALONE = """the and that this with which from not they their there would could should what when who she you your
    its it than then these those about into only other some any our how because if while after before where between
    through were"""
_ENGLISH_TOO = "of to is was are been has have had for will his her be by at as can may my we"


def identify(text: str, tokens: Tokens) -> str | None:
    """The ISO 639 code of the main language of ``text``, of two letters where there is one.

    None below three words, and for what is no language at all.
    """
    sample = tokens.key[:_SAMPLE_TOKENS][tokens.kind[:_SAMPLE_TOKENS] == WORD]
    if len(sample) < _LEAST_WORDS:
        return None
    short = len(sample) < _SHORT
    known = _function_words(short)
    # np.isin would do, but imports masked arrays and sorts anew for each document.
    nearest = known[np.minimum(np.searchsorted(known, sample), len(known) - 1)]
    found = int(np.count_nonzero(nearest == sample))
    if found >= len(sample) * (_SHORT_SHARE if short else _SHARE):
        return "en"
    last = min(_SAMPLE_CHARACTERS, len(tokens)) - 1
    # Masked markup is blank, and can be longer than the sample.
    return classify(text[int(tokens.start[0]) : int(tokens.end[last])])


def classify(text: str) -> str | None:
    """The code of the language that the identifier takes ``text`` for; None for what is no language at all."""
    code = _identifier()(" ".join(text.split())[:_SAMPLE_CHARACTERS])
    return None if code == "zxx" else code


@functools.cache
def _function_words(short: bool) -> Keys:
    words = _ENGLISH_ALONE if short else f"{_ENGLISH_ALONE} {_ENGLISH_TOO}"
    return np.array(sorted(token_key(word) for word in words.split()), np.uint64)


@functools.cache
def _identifier() -> Callable[[str], str]:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    identifier = LanguageIdentifier.from_model_file(MODEL_FILE)
    # Nigerian Pidgin shares its words with English, and short English is taken for it more often than the reverse.
    identifier.set_languages([label for label in identifier.labels if label != "pcm"])
    return lambda text: str(identifier.classify(text)[0])
