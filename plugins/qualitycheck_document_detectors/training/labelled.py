"""Texts of which it is known what a machine did to them, without what tells only where they were kept.

Such collections leak: their human texts are tokenised otherwise than what the machine made of them, lines are joined
without a space, names are replaced by tags, a model's answer opens with “Here is the polished version:”. A detector
would learn that and nothing else.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import regex
from wordfreq import zipf_frequency

_OPENING = regex.compile(
    r"^\W*+(?:here(?:['’]s| is| are)|sure|certainly|polished version|revised|the following is|below is)"
    r"[^\n:]{0,200}+:\W*+",
    regex.IGNORECASE,
)
_SPLIT_CONTRACTION = regex.compile(r"(?<=\w)' (?=(?:s|t|m|re|ve|d|ll)\b)")
_SPLIT_NEGATION = regex.compile(r"\b(ca|do|wo|is|was|did|does|would|could|should|have|has|had|are|were) ?n' ?t\b")
_JOINED_SENTENCES = regex.compile(r"(?<=[\p{Ll}\p{N}\"”)][.!?])(?=[\p{Lu}\"“])")
_LOST_BREAK = regex.compile(r"\b[nN]{2}(?=\p{Lu}|\b)")
_WORD = regex.compile(r"\b\p{Ll}{6,30}+\b")
_TAG = regex.compile(r"@\s?[A-Z]++\d*+|@x(?:math|cite)\w*+|\$[^$\n]{1,80}+\$|\[sek\d++\]|\u200b")
_RARE, _FREQUENT = 1.5, 4.5  # Zipf frequencies
_SENTENCES = 5  # of which a document is made where a collection has single ones


@dataclass(frozen=True, slots=True)
class Example:
    """A text. ``label`` is human, llm or backtranslated, ``kind`` what exactly was done, ``domain`` the kind of text.

    Texts with the same ``pair`` are versions of one.
    """

    text: str
    label: str
    kind: str
    domain: str
    pair: str


def examples(folder: Path) -> list[Example]:
    """All texts of the labelled collections in a folder. Raises OSError where one is missing."""
    return [example for name, read in _READERS.items() for example in read(_records(folder / f"{name}.jsonl"))]


def _records(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def _polished(records: list[dict[str, Any]]) -> Iterator[Example]:
    for each in records:
        kind = "human"
        if each["label"] != "human":
            kind = each["id"].split("-", 2)[2].rsplit("_", 1)[0]
        yield Example(_OPENING.sub("", each["text"]), each["label"], kind, "apt", each["pair_id"])


def _mixed(records: list[dict[str, Any]]) -> Iterator[Example]:
    for each in records:
        facts = dict(part.split("=") for part in each["source"].split("; ")[1:])
        text = _OPENING.sub("", _mended(each["text"]))
        yield Example(text, each["label"], facts["method"], facts["domain"], each["pair_id"])


def _sentences(records: list[dict[str, Any]]) -> Iterator[Example]:
    """Sentences are too short to tell anything, so some that were treated alike are put together."""
    groups: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for each in records:
        groups["human" if each["label"] == "human" else each["source"].partition(": ")[2]].append(each)
    for kind, group in groups.items():
        for start in range(0, len(group) - _SENTENCES + 1, _SENTENCES):
            some = group[start : start + _SENTENCES]
            text = " ".join(_OPENING.sub("", each["text"]) for each in some)
            yield Example(text, some[0]["label"], kind, "raidar", f"raidar-{start}")


def _essays(records: list[dict[str, Any]]) -> Iterator[Example]:
    for each in records:
        kind = "human" if each["label"] == "human" else each["source"].rsplit(" ", 1)[-1]
        yield Example(_TAG.sub(" ", each["text"]), each["label"], kind, "asap", each["pair_id"])


def _fragments(records: list[dict[str, Any]]) -> Iterator[Example]:
    for each in records:
        kind = each["source"].rsplit(" ", 1)[-1].removesuffix(".csv")
        yield Example(_TAG.sub(" ", each["text"]), each["label"], kind, "synscipass", each["id"])


_READERS: dict[str, Callable[[list[dict[str, Any]]], Iterator[Example]]] = {
    "apt_eval": _polished,
    "detectrl": _mixed,
    "raidar_news_sentences": _sentences,
    "asap_essays_bt": _essays,
    "synscipass_backtranslated": _fragments,
}


def _mended(text: str) -> str:
    """The text with contractions in one piece, spaces between sentences and words, and lost line breaks away."""
    text = _SPLIT_CONTRACTION.sub("'", text)
    text = _SPLIT_NEGATION.sub(r"\1n't", text)
    text = _TAG.sub(" ", _LOST_BREAK.sub(" ", text))
    return _WORD.sub(_parted, _JOINED_SENTENCES.sub(" ", text))


def _parted(match: regex.Match[str]) -> str:
    """A word that is none, in two where it is two frequent ones (“themodel”, “nnthe”)."""
    word = match.group()
    if zipf_frequency(word, "en") > _RARE:
        return word
    if word.startswith("nn") and zipf_frequency(word[2:], "en") > _FREQUENT:
        return word[2:]
    ways = [(word[:place], word[place:]) for place in range(1, len(word))]
    best = max(ways, key=lambda way: min(zipf_frequency(part, "en") for part in way))
    return " ".join(best) if min(zipf_frequency(part, "en") for part in best) > _FREQUENT else word
