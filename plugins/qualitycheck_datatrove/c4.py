"""C4's filter as datatrove 0.10 has it (Raffel et al. 2020, section 2.2), and what it leaves of a text."""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass

import regex

from qualitycheck_datatrove.gopher import Reason
from qualitycheck_datatrove.options import C4Options
from qualitycheck_datatrove.vocabulary import is_punctuation, sentence_ends
from qualitycheck_datatrove.words import splitter

_CITATION = re.compile(r"\[\d*+\]|\[edit\]|\[citation needed\]")
_END = (".", "?", "!", '"', "'")
_POLICY = ("terms of use", "privacy policy", "cookie policy", "uses cookies", "use of cookies", "use cookies")
# White space that the word splitter keeps as a word: all but one single space.
_WIDE_SPACE = regex.compile(r"\s{2,}+|[^\S ]")


@dataclass(frozen=True, slots=True)
class Outcome:
    """The reason why C4 drops a text, None where it keeps it, and the lines that it leaves, joined."""

    reason: Reason | None
    text: str


def c4(text: str, options: C4Options) -> Outcome:
    """C4QualityFilter, a line at a time. A dropped text is left as it was."""
    kept: list[str] = []
    sentences = 0
    for raw in text.splitlines():
        line = raw.strip()
        words = line.split()
        if options.remove_citations and "[" in line:
            line = _CITATION.sub("", line)
        if _is_fragment(line, words, options):
            continue
        lowered = line.lower()
        if options.filter_lorem_ipsum and "lorem ipsum" in lowered:
            return Outcome(Reason("lorem_ipsum"), text)
        if options.filter_javascript and "javascript" in lowered:
            continue
        if options.filter_curly_bracket and "{" in line:
            return Outcome(Reason("curly_bracket"), text)
        if options.filter_policy and any(phrase in lowered for phrase in _POLICY):
            continue
        sentences += sentence_count(line)
        kept.append(line)
    if sentences < options.min_num_sentences:
        return Outcome(Reason("too_few_sentences", sentences, options.min_num_sentences), text)
    return Outcome(None, "\n".join(kept).strip())


def _is_fragment(line: str, words: list[str], options: C4Options) -> bool:
    """Whether a line has an endless word, no mark at its end, or too few words (counted before citations went)."""
    if options.max_word_length != -1 and max(map(len, words), default=0) > options.max_word_length:
        return True
    if options.filter_no_terminal_punct and (not line.endswith(_END) or line.endswith("...")):
        return True
    return len(words) < options.min_words_per_line


def sentence_count(line: str) -> int:
    """How many sentences spaCy's sentencizer finds: one, and one more at each word after marks that end one."""
    if " ".join(line.split()) == line:
        return 1 + _boundaries(line.split(), ended=False)[0] if line else 0
    count, ended = 1, False
    for place, piece in enumerate(_WIDE_SPACE.split(line)):
        if place and ended:  # wide white space is a word, and no mark
            count, ended = count + 1, False
        more, ended = _boundaries(piece.split(), ended=ended)
        count += more
    return count


def _boundaries(stretches: list[str], *, ended: bool) -> tuple[int, bool]:
    """How many sentences begin within, and whether one has ended behind; ``ended`` says whether one has before."""
    count, done = 0, 0
    for place in (place for place, stretch in enumerate(stretches) if not stretch.isalpha()):
        if ended and place > done:
            count, ended = count + 1, False
        opens, inner, after, plain = _summary(stretches[place])
        if plain:
            count, ended = count + inner + (ended or opens), after
        else:
            ended = ended or after
        done = place + 1
    if ended and done < len(stretches):
        return count + 1, False
    return count, ended


@functools.lru_cache(maxsize=1 << 17)
def _summary(stretch: str) -> tuple[bool, int, bool, bool]:
    """Of the words of a stretch: whether an end comes before the first that is no mark, how many such words follow an
    end within, whether an end comes after the last, and whether there is any word that is no mark.
    """
    opens, inner, ended, plain = False, 0, False, False
    for word in splitter().split(stretch):
        if word in sentence_ends():
            ended = True
        elif not is_punctuation(word):
            if plain:
                inner += ended
            else:
                opens, plain = ended, True
            ended = False
    return opens, inner, ended, plain
