"""Which language a text is in.

Most text that is checked is English, and English shows in its function words at the price of one look-up on the token
array. Only where that does not settle it is the identifier asked: py3langid, chosen because its model is 4 MB, is
inside the package (nothing is fetched), needs nothing but numpy, and is maintained. It takes half a second to load.
"""

from __future__ import annotations

import functools

import numpy as np

from qualitycheck.tokens import PUNCTUATION, Keys, Tokens, token_key

_SAMPLE_TOKENS = 2000
_SAMPLE_CHARACTERS = 3000
_LEAST_WORDS = 3
_ENGLISH_SHARE = 0.25

# Words that are frequent in English and in no other language that is written with the same letters.
_ENGLISH = """the of and to is was are were been has have had with that this which from for not they their there
    would could should will what when who his her she you your it its by be at as than then these those about into
    only other some any can may my we our how if because while after before where between through""".split()


@functools.cache
def _english_keys() -> Keys:
    return np.array(sorted(token_key(word) for word in _ENGLISH), np.uint64)


def identify(text: str, tokens: Tokens) -> str | None:
    """The ISO 639-1 code of the main language of ``text``; None below three words."""
    sample = tokens.key[:_SAMPLE_TOKENS][tokens.kind[:_SAMPLE_TOKENS] != PUNCTUATION]
    if len(sample) < _LEAST_WORDS:
        return None
    known = _english_keys()
    found = known[np.minimum(np.searchsorted(known, sample), len(known) - 1)] == sample
    if len(sample) >= 20 and np.count_nonzero(found) >= _ENGLISH_SHARE * len(sample):
        return "en"
    start = int(tokens.start[0])
    code, _ = _identifier()(text[start : start + _SAMPLE_CHARACTERS])
    return code


@functools.cache
def _identifier():  # type: ignore[no-untyped-def]
    import py3langid

    return py3langid.classify
