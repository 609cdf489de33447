"""Assertions for code that makes text: generators, translations, prompts.

They raise a plain AssertionError, so they serve pytest, unittest and any other framework alike.
"""

from __future__ import annotations

import copy
import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TypeAlias, TypedDict, Unpack

from qualitycheck.api import runner_for
from qualitycheck.complaint import about_collection, about_comparison, about_text
from qualitycheck.document import Document
from qualitycheck.report import DocumentReport
from qualitycheck.settings import FailOn, Settings
from qualitycheck.standard import Judged, adjusted, is_sentence, judge

#: One text: as it is, as a document, or as the path of a file.
Text: TypeAlias = str | Document | os.PathLike[str]

#: Leaves the frames of this module out of the tracebacks of unittest; ``__tracebackhide__`` does so for pytest.
__unittest = True


class Overrides(TypedDict, total=False):
    """The settings that an assertion is most often given; every other setting is taken too, under its own name."""

    min_score: float
    select: str | Sequence[str]
    ignore: str | Sequence[str]
    fail_on: FailOn


def assert_quality(
    texts: Text | Iterable[Text] | Mapping[str, Text],
    *,
    mostly: float | None = None,
    settings: Settings | None = None,
    **overrides: Unpack[Overrides],
) -> None:
    """Raise AssertionError where a text does not pass, with its worst findings and the points each check cost.

    A text does not pass with a score below ``min_score`` (in [0, 100]; 0 unless told), a finding as severe as
    ``fail_on`` (``info``, ``warning``, ``error`` or ``never``; ``error`` unless told), a verdict of ``reject``, a check
    that crashed, or nothing in it. ``select`` and ``ignore`` hold rule codes, names or code prefixes. What is not given
    is taken from ``settings``; without them these are the defaults and not those of the project, which
    ``load_settings()`` gives. A text is a string, a Document or the path of a file; one that is a single sentence is
    judged only by the checks that fit it.

    Of a collection of texts, or a mapping from names to texts, the share ``mostly`` must pass, above 0 and up to 1 (all
    of them unless told). An empty collection does not pass.

    Raises SettingsError for a setting or rule that there is not, InputError for a file that cannot be read.
    """
    __tracebackhide__ = True
    Quality(settings)(texts, mostly=mostly, **overrides)


def assert_not_worse(
    new: Text,
    old: Text,
    *,
    tolerance: float = 0.0,
    settings: Settings | None = None,
    **overrides: Unpack[Overrides],
) -> None:
    """Raise AssertionError where ``new`` scores over ``tolerance`` points less than ``old``, with what is worse.

    Neither needs to pass by itself. Both are judged by the same checks: as sentences only where both are sentences, so
    that a text cut down to its first sentence does not get away with it. A new text that is empty is worse than one
    that is not. Settings and what else is raised are as in :func:`assert_quality`.
    """
    __tracebackhide__ = True
    Quality(settings).not_worse(new, old, tolerance=tolerance, **overrides)


class Quality:
    """The assertions with settings of their own; the fixture ``quality`` is one with those of the project.

    To call it is to assert as :func:`assert_quality` does.
    """

    def __init__(self, settings: Settings | None = None) -> None:
        self.settings = settings or Settings()

    def __call__(
        self,
        texts: Text | Iterable[Text] | Mapping[str, Text],
        *,
        mostly: float | None = None,
        **overrides: Unpack[Overrides],
    ) -> None:
        """Raise AssertionError where a text, or too many of a collection, do not pass."""
        __tracebackhide__ = True
        settings = adjusted(self.settings, overrides, "assert_quality")
        if isinstance(texts, str | bytes | Document | os.PathLike) or not isinstance(texts, Iterable):
            if mostly is not None:
                raise ValueError("mostly is the share of a collection that must pass, and this is one text")
            judged = _judge_one(_document(texts, settings), settings)
            if judged.reasons:
                raise AssertionError(about_text(judged))
            return
        share = 1.0 if mostly is None else mostly
        if not 0.0 < share <= 1.0:
            raise ValueError(f"mostly is {mostly}; it is the share of the texts that must pass, above 0 and up to 1")
        if message := about_collection(_judge(_documents(texts, settings), settings), share):
            raise AssertionError(message)

    def report(self, text: Text, **overrides: Unpack[Overrides]) -> DocumentReport:
        """The report for a text, whatever it says."""
        settings = adjusted(self.settings, overrides, "report")
        return _judge_one(_document(text, settings), settings).report

    def not_worse(self, new: Text, old: Text, *, tolerance: float = 0.0, **overrides: Unpack[Overrides]) -> None:
        """Raise AssertionError where ``new`` is worse than ``old``, as :func:`assert_not_worse` says."""
        __tracebackhide__ = True
        settings = adjusted(self.settings, overrides, "assert_not_worse")
        if not 0.0 <= tolerance <= 100.0:
            raise ValueError(f"tolerance is {tolerance}; it is a number of points from 0 to 100")
        documents = [_document(text, settings) for text in (new, old)]
        fragment = all(document.fragment for document in documents)
        for document in documents:
            document.fragment = fragment
        first, second = _judge(documents, settings)
        if message := about_comparison(first, second, tolerance):
            raise AssertionError(message)


def _documents(texts: Iterable[Text] | Mapping[str, Text], settings: Settings) -> Iterator[Document]:
    """The documents of a collection, each under a name that tells it from the others."""
    named = (
        texts.items() if isinstance(texts, Mapping) else ((f"texts[{place}]", text) for place, text in enumerate(texts))
    )
    for name, text in named:
        document = _document(text, settings, name)
        if isinstance(texts, Mapping) or not (document.path or document.id):
            document.path, document.id = None, name
        yield document


def _document(text: object, settings: Settings, name: str = "the text") -> Document:
    """A text as a document of our own, which knows whether it is but a sentence."""
    if isinstance(text, str):
        document = Document(text)
    elif isinstance(text, Document):
        document = copy.copy(text)
    elif isinstance(text, os.PathLike):
        from qualitycheck.inputs import read_file

        document = read_file(Path(text), runner_for(settings).plugins)
    else:
        raise TypeError(f"{name} is of type {type(text).__name__}; give a string, a Document or the path of a file")
    document.fragment = document.fragment or is_sentence(document)
    return document


def _judge(documents: Iterable[Document], settings: Settings) -> Iterator[Judged]:
    """The judgements on texts that some code made; one with nothing in it does not pass."""
    for judged in judge(documents, settings):
        yield judged if judged.document.text.strip() else judged.because("the text is empty")


def _judge_one(document: Document, settings: Settings) -> Judged:
    return next(_judge([document], settings))
