"""Who stands in a credit line: the names in ``lists/agencies.txt``, by the part they can play."""

from __future__ import annotations

import functools
from importlib.resources import files

import regex

from qualitycheck.phrases import KeySet
from qualitycheck_boilerplate.keys import pair_keys, tokenize_parts

#: What says that a picture is meant, in the languages of the lists.
PICTURE_LABELS = frozenset(
    regex.findall(
        r"\S+",
        """photo photos photograph photographs photographer foto fotos fotografie fotografía fotografia fotografías
        credit credits crédit crédits crédito créditos credito bildnachweis bildquelle fotocredit fotoquelle""",
    )
)
#: What labels captions as well, and needs somebody known beside it.
CAPTION_LABELS = frozenset(
    regex.findall(
        r"\S+",
        """image images picture pictures pic pics illustration illustrations graphic graphics video videos bild bilder
        imagen imágenes imagem imagens immagine immagini beeld illustratie grafik grafika""",
    )
)
#: What labels facts as well, and needs one who sells pictures.
SOURCE_LABELS = frozenset(["source", "quelle", "fuente", "fonte", "bron"])

_LINKS = regex.findall(
    r"\S+", ": by via courtesy credit credits copyright source / © | von par di da por door provided taken from"
)
_BEFORE, _AFTER = ("/", "|", "via", "©"), ("/", "photo", "photos", "images")


@functools.cache
def names(part: str) -> frozenset[str]:
    """The names that can play a part: ``picture``, ``agency``, ``ambiguous``, ``origin`` or ``partner``."""
    return _sections()[part]


@functools.cache
def _sections() -> dict[str, frozenset[str]]:
    sections: dict[str, set[str]] = {}
    section = ""
    for line in (files(__package__) / "lists" / "agencies.txt").read_text("utf-8").splitlines():
        if line.startswith("["):
            section = line.strip("[]")
        elif line and not line.startswith("#"):
            sections.setdefault(section, set()).add(line)
    return {section: frozenset(found) for section, found in sections.items()}


@functools.cache
def triggers() -> KeySet:
    """Pairs of neighbouring tokens, punctuation included, that hardly occur but in a credit."""
    sellers = names("picture") | names("agency")
    before = [f"{mark} {name}" for name in sellers for mark in _BEFORE]
    before += [f"{bracket} {name}" for name in names("picture") for bracket in "(["]
    before += [f"{label} {link}" for label in PICTURE_LABELS | CAPTION_LABELS | SOURCE_LABELS for link in _LINKS]
    before += ["getty images", "file photo", "pool photo", "courtesy photo"]
    after = [f"{name} {mark}" for name in sellers for mark in _AFTER]
    _, tokens, bounds = tokenize_parts([*before, *after])
    # Of a name of several words the one beside the mark counts.
    places = [*bounds[: len(before)], *(end - 2 for end in bounds[len(before) + 1 :])]
    return KeySet(pair_keys(tokens.key, places))
