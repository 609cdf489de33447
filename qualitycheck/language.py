"""Which language a text is in.

Most text that is checked is English, and English shows in its function words at the price of one look-up on the token
array. Only where that does not settle it is the identifier asked: py3langid, chosen because its model is 4 MB, is
inside the package (nothing is fetched), needs nothing but numpy, and is maintained. It takes half a second to load.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterator, Sequence

import numpy as np

from qualitycheck.phrases import KeySet, TokenRow
from qualitycheck.tokens import WORD, Tokens, token_keys

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
    return next(identify_all([text], [tokens]))


def identify_all(texts: Sequence[str], tokens: Sequence[Tokens]) -> Iterator[str | None]:
    """The same for each of several texts, in less time."""
    samples = [each if len(each) <= _SAMPLE_TOKENS else each.part(0, _SAMPLE_TOKENS) for each in tokens]
    row = TokenRow(samples)
    known, alone = (row.count(_function_words(short).places(row.keys)) for short in (False, True))
    for number, (text, sample) in enumerate(zip(texts, samples, strict=True)):
        words = int(np.count_nonzero(sample.kind == WORD))
        if words < _LEAST_WORDS:
            yield None
        elif alone[number] >= words * _SHORT_SHARE if words < _SHORT else known[number] >= words * _SHARE:
            yield "en"
        else:
            last = min(_SAMPLE_CHARACTERS, len(tokens[number])) - 1
            # Masked markup is blank, and can be longer than the sample.
            yield classify(text[int(sample.start[0]) : int(tokens[number].end[last])])


def classify(text: str) -> str | None:
    """The code of the language that the identifier takes ``text`` for; None for what is no language at all."""
    code = _identifier()(" ".join(text.split())[:_SAMPLE_CHARACTERS])
    return None if code == "zxx" else code


@functools.cache
def _function_words(short: bool) -> KeySet:
    words = _ENGLISH_ALONE if short else f"{_ENGLISH_ALONE} {_ENGLISH_TOO}"
    return KeySet(token_keys(words.split()))


@functools.cache
def _identifier() -> Callable[[str], str]:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    identifier = LanguageIdentifier.from_model_file(MODEL_FILE)
    # Nigerian Pidgin shares its words with English, and short English is taken for it more often than the reverse.
    identifier.set_languages([label for label in identifier.labels if label != "pcm"])
    return lambda text: str(identifier.classify(text)[0])
