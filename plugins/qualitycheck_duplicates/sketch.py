"""What is kept of a document: a few kilobytes that tell copies, near copies and rewrites of it.

Four parts: a digest of all its words, a MinHash signature of their shingles, how many there are, and its head: its
first words in order, each as a 32-bit number whose lowest bit says that it is an anchor. Anchors are what a spinner
leaves alone: numbers, names, and words that are too rare for a list of synonyms.
"""

from __future__ import annotations

import functools
import hashlib
import struct
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from rensa import RMinHash

from qualitycheck import Document
from qualitycheck.phrases import phrase_keys
from qualitycheck.tokens import LOWER, NUMBER, PUNCTUATION, WORD, Keys, Offsets, Tokens, tokenize_all

Head = npt.NDArray[np.uint32]
Signature = npt.NDArray[np.uint32]

SIGNATURE = 128  # values in a signature: an estimated similarity has a standard error of at most .045
SHINGLE = 5  # words, as in the deduplication of GPT-3, C4 and FineWeb
HEAD = 1000  # words
_COMMON = 12_000  # words of the language that are no anchors
_SEED = 1
_DIGEST = 16
_LAYOUT = struct.Struct(f"<{_DIGEST}sI{4 * SIGNATURE}s")


@dataclass(frozen=True, slots=True)
class Sketch:
    """The parts of a sketch. ``words`` counts all words of the document, of which ``head`` has the first."""

    digest: bytes
    words: int
    signature: Signature
    head: Head

    def pack(self) -> bytes:
        """The sketch as bytes."""
        return _LAYOUT.pack(self.digest, self.words, self.signature.tobytes()) + self.head.tobytes()

    @classmethod
    def unpack(cls, data: bytes) -> Sketch:
        """The sketch that bytes hold. Raises ValueError where they hold none."""
        try:
            digest, words, signature = _LAYOUT.unpack_from(data)
        except struct.error:
            raise ValueError(f"{len(data)} bytes are no sketch of a document") from None
        return cls(
            digest, words, np.frombuffer(signature, np.uint32), np.frombuffer(data, np.uint32, offset=_LAYOUT.size)
        )


def sketch(document: Document) -> Sketch:
    """What is kept of a document. Capitals, punctuation, white space and kinds of apostrophes do not count."""
    tokens = document.tokens
    spoken = np.flatnonzero(tokens.kind != PUNCTUATION)
    keys = _exact_keys(document.prose, tokens, spoken)
    head = keys[:HEAD] >> np.uint64(32)
    head = (head.astype(np.uint32) & ~np.uint32(1)) | _anchors(tokens, spoken[:HEAD])
    digest = hashlib.blake2b(keys.tobytes(), digest_size=_DIGEST).digest()
    return Sketch(digest, len(keys), _signature(keys), head)


def _exact_keys(text: str, tokens: Tokens, spoken: Offsets) -> Keys:
    """The keys of all words, in which every number has its own: what a token says of a number is that it is one."""
    keys = tokens.key[spoken]
    for place in np.flatnonzero(tokens.kind[spoken] == NUMBER).tolist():
        token = spoken[place]
        keys[place] = _number_key(text[tokens.start[token] : tokens.end[token]])
    return keys


@functools.lru_cache(maxsize=1 << 16)
def _number_key(number: str) -> int:
    return int.from_bytes(hashlib.blake2b(number.encode(errors="surrogatepass"), digest_size=8).digest(), "little")


def _signature(keys: Keys) -> Signature:
    length = min(SHINGLE, len(keys))
    shingles = phrase_keys(keys, np.arange(len(keys) - length + 1), length) if length else keys
    shingles ^= shingles >> np.uint64(29)  # a polynomial's low bits are less random than a hash's
    shingles *= np.uint64(0xBF58476D1CE4E5B9)
    shingles ^= shingles >> np.uint64(32)
    matrix = RMinHash.digest_matrix_from_flat_token_hashes(shingles, [0, len(shingles)], SIGNATURE, _SEED)
    return np.array(matrix.to_rows()[0], np.uint32)


def _anchors(tokens: Tokens, spoken: Offsets) -> npt.NDArray[np.uint32]:
    """1 for each word that is an anchor."""
    kind, shape = tokens.kind[spoken], tokens.shape[spoken]
    number = (kind == NUMBER) & (tokens.end[spoken] - tokens.start[spoken] > 1)
    after_word = np.zeros(len(spoken), bool)
    after_word[1:] = np.diff(spoken) == 1
    name = (kind == WORD) & (shape != LOWER) & after_word & (tokens.end[spoken] - tokens.start[spoken] > 1)
    common = _common()
    keys = tokens.key[spoken]
    rare = (kind == WORD) & (common[common.searchsorted(keys).clip(max=len(common) - 1)] != keys)
    anchors: npt.NDArray[np.uint32] = (number | name | rare).astype(np.uint32)
    return anchors


@functools.cache
def _common() -> Keys:
    """The keys of words that are too common to be anchors."""
    from wordfreq import top_n_list

    keys = [tokens.key for tokens in tokenize_all(top_n_list("en", _COMMON)) if len(tokens) == 1]
    return np.unique(np.concatenate(keys))
