"""What a text is held to: settings adjusted for one text, the judgement on it, and whether it is a mere sentence.

The command line, the assertions and the pytest plugin ask here, so that a text that fails in one fails in all.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from qualitycheck.document import Document
from qualitycheck.report import DocumentReport
from qualitycheck.reporters.summary import severities, shown_score
from qualitycheck.rule import Severity
from qualitycheck.settings import Settings, make_settings

#: Words from which a text without the end of a sentence is no sentence but a document that lost its marks.
LONGEST_SENTENCE = 100

_LISTS = ("select", "ignore", "plugins", "block")


@dataclass(frozen=True, slots=True)
class Judged:
    """A document, its report, and the ``reasons`` why it does not pass, in short phrases; none where it does."""

    document: Document
    report: DocumentReport
    reasons: tuple[str, ...]

    def because(self, reason: str) -> Judged:
        """The same judgement with one reason more."""
        return Judged(self.document, self.report, (*self.reasons, reason))

    @property
    def headline(self) -> str:
        """The score and the reasons in one line: ``5.3 of 100: below 50, 86 errors, verdict reject``."""
        return f"{shown_score(self.report.score)} of 100: {', '.join(self.reasons)}"


def judge(documents: Iterable[Document], settings: Settings) -> Iterator[Judged]:
    """The judgement on each document, in order; a check that crashed is a reason not to pass.

    Raises PluginError where a plugin does not load, SettingsError where the settings name what does not exist.
    """
    from qualitycheck.api import runner_for

    for document, report in runner_for(settings).run(documents):
        yield Judged(document, report, (*report.errors, *shortcomings(report, settings)))


def shortcomings(report: DocumentReport, settings: Settings) -> list[str]:
    """Why a document does not pass, in short phrases; empty where it does.

    It does not pass with a score below ``min_score``, and, unless ``fail_on`` is ``never``, with a verdict of
    ``reject`` or a finding at least as severe as ``fail_on``.
    """
    reasons = []
    if report.score < settings.min_score:
        reasons.append(f"below {settings.min_score:g}")
    if settings.fail_on != "never":
        least = Severity(settings.fail_on).rank
        if failing := severities(finding for finding in report.findings if finding.severity.rank >= least):
            reasons.append(failing)
        if report.verdict == "reject":
            reasons.append("verdict reject")
    return reasons


def adjusted(settings: Settings, overrides: Mapping[str, Any], source: str) -> Settings:
    """``settings`` with some values replaced; None replaces nothing, and a list may be text with commas.

    ``source`` says in messages where the values come from. Raises SettingsError for a name or value that is not right.
    """
    import msgspec

    given = {name.replace("_", "-"): value for name, value in overrides.items() if value is not None}
    if not given:
        return settings
    for name in given.keys() & set(_LISTS):
        value = given[name]
        given[name] = value.replace(",", " ").split() if isinstance(value, str) else list(value)
    return make_settings({**msgspec.to_builtins(settings), **given}, source)


def is_sentence(document: Document) -> bool:
    """Whether a text is one sentence, a heading or less, and so no document to be judged for its length or layout."""
    return document.words < LONGEST_SENTENCE and len(document.sentences) <= 1
