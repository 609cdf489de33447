"""Our datatrove rules against datatrove itself, where it is installed: ``pip install -e ".[parity]"``.

``QUALITYCHECK_PARITY_DOCUMENTS=20000 pytest tests/parity`` compares as many documents; it takes about a second for six.
Every third is altered, so that all reasons occur.
"""

import itertools
import json
import lzma
import os
import random
from pathlib import Path

import pytest

pytest.importorskip("datatrove", reason="datatrove is not installed")
pytest.importorskip("spacy", reason="spaCy, which datatrove splits words with, is not installed")

from datatrove.utils.text import split_into_words
from peer import verdicts
from test_sample import SAMPLE, ours

from qualitycheck_datatrove.words import splitter

CORPUS = Path(__file__).parents[3] / "shared" / "corpus"
DOCUMENTS = int(os.environ.get("QUALITYCHECK_PARITY_DOCUMENTS", "280"))
LONGEST = 12_000  # characters taken of a document: enough for every rule, and datatrove is slow

PIECES = (
    "a I don't Don’t 9am U.S. e.g. foo Bar 10 3.5 km US$5 $ . .. ... …… ? ! ' \" “ ” ’ , ; : ( ) [ ] { } - -- — / @ # "
    "* + = _ < > ~ % ° C. 日本 の é ß Ω ж \\n :-) <3 o.O w/o and/or 'em 's cannot gonna । 。 ？ x.Y a,b 1-2 2-a a:b "
    "a/b a=b http:// www. ex.com Mr. co. C++ '' ` | \u200b ¿ · ² ª µg №"
)


def altered(text, random):
    """The text with one kind of damage."""
    lines, words = text.split("\n"), text.split()
    return random.choice(
        [
            lambda: "\n".join(f"- {line}" for line in lines),
            lambda: "\n".join(line[: random.randint(10, 60)] for line in lines for _ in range(random.randint(1, 3))),
            lambda: text.replace(". ", "... "),
            lambda: text.replace(". ", ".\n"),
            lambda: " ".join(words[: random.randint(1, 30)] * random.randint(2, 20)),
            lambda: text.replace(" ", " # ", len(text) // 40),
            lambda: "\n\n".join(lines[:6] * 2),
            lambda: text.replace(",", " {x} ", 1).replace(".", ". [1]"),
            lambda: "\n".join(words[:400]),
            lambda: text[: random.randint(0, 600)],
        ]
    )()


def lines_of(file):
    with lzma.open(file, "rt", encoding="utf-8") as lines:
        yield from ((f"{file.name}:{number}", line) for number, line in enumerate(lines))


def documents():
    """Documents of every source in turn, every third of them altered."""
    sources = [lines_of(file) for file in sorted(CORPUS.glob("*.jsonl.xz"))]
    in_turn = (each for row in itertools.zip_longest(*sources) for each in row if each is not None)
    for number, (name, line) in enumerate(itertools.islice(in_turn, DOCUMENTS)):
        text = json.loads(line)["text"][:LONGEST]
        yield name, altered(text, random.Random(number)) if number % 3 == 2 else text


def test_the_sample_is_what_datatrove_says():
    for document in SAMPLE:
        assert verdicts(document["text"]) == document["datatrove 0.10.1"], document["name"]


@pytest.mark.skipif(not CORPUS.is_dir(), reason="the corpus is not here")
def test_verdicts_on_a_corpus():
    count, different = 0, []
    for name, text in documents():
        count += 1
        if ours(text) != verdicts(text):
            different.append(name)
    assert not different
    assert count == DOCUMENTS


def test_words_of_stretches_put_together_at_random():
    chance = random.Random(7)
    for _ in range(3000):
        stretch = "".join(chance.choices(PIECES.split(), k=chance.randint(1, 8)))
        assert splitter().split(stretch) == split_into_words(stretch), stretch
