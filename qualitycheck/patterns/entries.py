"""The tables ``[[tool.qualitycheck.patterns]]``: what one may hold, and what is said when it is wrong."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

import msgspec
import regex

from qualitycheck.errors import SettingsError, nearest
from qualitycheck.rule import Fix, Rule, Severity

#: Where the words of an entry come from, and the pattern: each entry has exactly one of them.
_SOURCES = ("pattern", "words", "word-list")


class PatternEntry(msgspec.Struct, frozen=True, rename="kebab", forbid_unknown_fields=True, omit_defaults=True):
    r"""One rule that needs no Python; names in files have hyphens: ``word-list``.

    ``code``, ``name``, ``message``, ``severity``, ``fix`` and ``documentation`` are those of a rule. What it finds is
    one of three: ``pattern``, a regular expression of the ``regex`` module, searched in the prose; ``words``, a list of
    words and phrases, or a table that gives each its suggestion; ``word_list``, a file with one a line (lines that
    start with ``#`` are left out, a tab parts a word from its suggestion). Capitals do not matter to words unless
    ``match_case`` is set; a listed name is found in its possessive too. ``suggestion`` is what should stand there,
    where the word brings none of its own; an empty one deletes, and that of a pattern can use its groups (``\1``,
    ``\g<name>``). ``languages`` are ISO 639-1 codes of the languages it is for; none means all.

    Raises ValueError for an entry that means nothing.
    """

    code: str
    name: str
    message: str
    pattern: str = ""
    words: tuple[str, ...] | dict[str, str] = ()
    word_list: str = ""
    suggestion: str | None = None
    severity: Severity = Severity.WARNING
    fix: Fix = Fix.NONE
    languages: tuple[str, ...] = ()
    match_case: bool = False
    documentation: str = ""

    def __post_init__(self) -> None:
        self.rule()
        if not self.message.strip():
            raise ValueError("the message is empty; it is what readers of a report see")
        given = [
            name for name, value in zip(_SOURCES, (self.pattern, self.words, self.word_list), strict=True) if value
        ]
        if len(given) != 1:
            raise ValueError(f"it needs one of {', '.join(_SOURCES)}, and has {' and '.join(given) or 'none'}")
        for language in self.languages:
            if not (2 <= len(language) <= 3 and language.isascii() and language.islower()):
                raise ValueError(f"language “{language}” is not an ISO 639 code such as en")
        if self.pattern:
            self._examine_pattern()
        else:
            for word in self.words:
                if not word.strip():
                    raise ValueError("a word is empty")

    def _examine_pattern(self) -> None:
        if self.match_case:
            raise ValueError("match-case is for words; a pattern minds capitals unless it says (?i)")
        try:
            compiled = regex.compile(self.pattern)
        except regex.error as error:
            # Its text ends with “at position 3”, counted from 0.
            raise ValueError(f"the pattern is no regular expression: {error}") from None
        if compiled.fullmatch("", timeout=1.0):
            raise ValueError("the pattern matches where there is nothing, so it would be found everywhere")
        try:
            # Compiles the template, which needs something to put it in the place of.
            regex.sub(f"{self.pattern}|", self.suggestion or "", "", timeout=1.0)
        except (regex.error, IndexError) as error:
            raise ValueError(f"the suggestion does not fit the pattern: {error}") from None

    def rule(self) -> Rule:
        """The rule. Raises ValueError for a malformed code or name."""
        return Rule(self.code, self.name, self.message, self.severity, self.documentation or self._page(), self.fix)

    def _page(self) -> str:
        """Documentation for a rule that has none: what the settings say about it."""
        if self.pattern:
            sought = f"What the regular expression `{self.pattern}` matches."
        elif self.word_list:
            sought = f"The words and phrases in `{self.word_list}`."
        else:
            shown = ", ".join(f"“{word}”" for word in list(self.words)[:10])
            sought = f"{shown}{f' and {len(self.words) - 10} more' if len(self.words) > 10 else ''}."
        where = f" In texts in {', '.join(self.languages)} alone." if self.languages else ""
        return f"# {self.code} {self.name}\n\n{self.message}\n\n## What it finds\n\n{sought}{where}\n"


def examine_patterns(values: object, source: str) -> None:
    """Hold plain values against :class:`PatternEntry`; ``source`` names where they come from in messages.

    Raises SettingsError that names the entry by its place and its code.
    """
    if not isinstance(values, list | tuple):
        raise SettingsError(f"{source}: patterns is no list; write [[tool.qualitycheck.patterns]], or [[patterns]]")
    codes: dict[str, str] = {}
    names: dict[str, str] = {}
    for place, value in enumerate(values, start=1):
        label = f"pattern {place}"
        if isinstance(value, PatternEntry):
            entry = value
        else:
            label += _shown_code(value)
            try:
                entry = _entry(value)
            except ValueError as error:
                raise SettingsError(f"{source}: {label}: {error}") from None
        for kind, name, known in (("code", entry.code, codes), ("name", entry.name, names)):
            if name in known:
                raise SettingsError(f"{source}: {label}: {kind} {name} is already that of {known[name]}")
            known[name] = label


def _shown_code(value: object) -> str:
    code = value.get("code") if isinstance(value, Mapping) else None
    return f" ({code})" if isinstance(code, str) else ""


def _entry(value: object) -> PatternEntry:
    """The entry that a table means. Raises ValueError, which msgspec's own error is."""
    if not isinstance(value, Mapping):
        raise ValueError(f"{value!r} is no table")
    known = [field.encode_name for field in msgspec.structs.fields(PatternEntry)]
    for name in value:
        if name not in known:
            raise ValueError(f"unknown key “{name}”{nearest(str(name), known)}")
    for name in ("code", "name", "message"):
        if name not in value:
            raise ValueError(f"{name} is missing")
    try:
        return msgspec.convert(dict(value), PatternEntry)
    except msgspec.ValidationError as error:
        text, _, place = str(error).partition(" - at `$")
        name = f"“{place.strip('.`')}”: " if place.strip(".`") else ""
        raise ValueError(f"{name}{text[:1].lower()}{text[1:]}") from None


def read_word_list(path: str) -> Iterator[tuple[str, str | None]]:
    """Each word of a file with its suggestion. Raises OSError or ValueError where it cannot be read."""
    with open(path, encoding="utf-8-sig") as lines:  # noqa: PTH123 (a path from the settings is plain text)
        yield from _listed(lines)


def _listed(lines: Iterable[str]) -> Iterator[tuple[str, str | None]]:
    for line in lines:
        word, tab, suggestion = line.strip("\r\n").partition("\t")
        if word.strip() and not word.startswith("#"):
            yield word.strip(), suggestion.strip() if tab else None
