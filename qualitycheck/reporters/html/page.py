"""The whole page: index and charts, a view for each document, the rules, and what makes it work, in one file.

A document's view stands in a ``<noscript>`` element of its own. Without JavaScript a browser shows them all, one below
the other. With it, the contents of such an element are one piece of raw text, which costs next to nothing to load;
the script makes the elements of a view when it is opened, so that a page with 5,000 documents opens as fast as its
index. Nothing is fetched, and the page's own policy, with the hashes of the one style and the one script, forbids it.
"""

from __future__ import annotations

import base64
import codecs
import hashlib
import math
import tempfile
from collections.abc import Iterator, Mapping
from importlib.resources import files
from typing import Any, TextIO

from markupsafe import Markup

from qualitycheck.plugins import Plugins
from qualitycheck.report import CorpusReport, DocumentReport
from qualitycheck.reporters.families import families
from qualitycheck.reporters.html.charts import MOST_RULES, histogram, rule_bars
from qualitycheck.reporters.html.markup import clipped, family_class
from qualitycheck.reporters.html.rules import documented
from qualitycheck.reporters.html.view import context
from qualitycheck.reporters.summary import closing, shown_score
from qualitycheck.rule import Severity
from qualitycheck.scoring import VERDICTS
from qualitycheck.settings import Settings
from qualitycheck.templates import environment
from qualitycheck.version import __version__

#: Bytes of views in a page: the worst documents get theirs first, the others are in the index alone.
MOST_VIEWS = 100_000_000
#: Bytes of views that are kept, on disk, to choose from.
MOST_KEPT = 8 * MOST_VIEWS

_FOLDER = files("qualitycheck.reporters.html")
_STYLES = ("base.css", "index.css", "view.css")
_SCRIPTS = ("core.js", "index.js", "view.js", "start.js")
_GOLDEN_ANGLE = 137.508


class Page:
    """Collects documents, and writes the page about them. ``plugins`` tell rules, checks and settings of the run."""

    def __init__(self, plugins: Plugins | None = None) -> None:
        self._plugins = plugins
        self._environment = environment(
            "qualitycheck.reporters.html",
            clipped=clipped,
            compact=_compact,
            number=lambda value: f"{value:,}",
            score=shown_score,
        )
        self._view = self._environment.get_template("view.html")
        self._families = _check_styles(plugins)
        self._kept = tempfile.TemporaryFile("w+b")  # noqa: SIM115 (closed with the page)
        self._places: dict[int, tuple[int, int]] = {}
        self._number = 0
        self._size = 0

    def add(self, report: DocumentReport, text: str | None) -> None:
        """Make the next document's view; ``text`` is None where it is not known. It is kept on disk, not in memory."""
        if self._size < MOST_KEPT:
            values = context(self._number, report, text, self._families)
            # Nothing a document holds comes through as a lone surrogate: those are shown as badges.
            view = self._view.render(values).encode("utf-8")
            self._kept.write(view)
            self._places[self._number] = (self._size, len(view))
            self._size += len(view)
        self._number += 1

    def write(self, run: CorpusReport, stream: TextIO) -> None:
        """The page for the run, which holds the reports that were added, in the same order; nothing comes after."""
        unicode = codecs.lookup(stream.encoding or "utf-8").name.startswith("utf")
        for chunk in self._environment.get_template("page.html").generate(self._values(run)):
            stream.write(chunk if unicode else chunk.encode("ascii", "xmlcharrefreplace").decode("ascii"))
        self._kept.close()

    def _values(self, run: CorpusReport) -> dict[str, Any]:
        settings = self._plugins.settings if self._plugins else Settings()
        bars = rule_bars(run)
        style = Markup(_asset(_STYLES) + _colours(families(self._plugins, (bar.count.code for bar in bars))))
        script = Markup(_asset(_SCRIPTS))
        shown_views = self._chosen(run)
        return {
            "version": __version__,
            "run": run,
            "summary": run.summary(),
            "closing": closing(run),
            "verdicts": VERDICTS,
            "bins": histogram(run.documents, settings.reject_below, settings.review_below),
            "thresholds": (settings.reject_below, settings.review_below),
            "bars": bars,
            "most_rules": MOST_RULES,
            "rules": documented([bar.count.code for bar in bars], self._plugins),
            "style": style,
            "script": script,
            "policy": f"default-src 'none'; style-src {_hash(style)}; script-src {_hash(script)}; img-src data:; "
            "base-uri 'none'; form-action 'none'",
            "data": _data(run, shown_views),
            "shown": sorted(shown_views, key=lambda number: (run.documents[number].score, number)),
            "views": self._views(shown_views),
        }

    def _chosen(self, run: CorpusReport) -> set[int]:
        """The documents that get a view: all of them, or the worst where the page would be too large."""
        room = MOST_VIEWS
        chosen = set()
        for number in sorted(self._places, key=lambda each: (run.documents[each].score, each)):
            room -= self._places[number][1]
            if room < 0:
                break
            chosen.add(number)
        return chosen

    def _views(self, chosen: set[int]) -> Iterator[tuple[int, Markup]]:
        for number in sorted(chosen):
            place, length = self._places[number]
            self._kept.seek(place)
            yield number, Markup(self._kept.read(length).decode("utf-8"))


def _compact(value: int) -> str:
    """A count in few characters: 950, 1.2k, 34k, 5.0M."""
    for factor, unit in ((1_000_000, "M"), (1_000, "k")):
        if value >= factor:
            return f"{value / factor:.{int(value < 10 * factor)}f}{unit}"
    return str(value)


def _asset(names: tuple[str, ...]) -> str:
    return "".join((_FOLDER / "static" / name).read_text(encoding="utf-8") for name in names)


def _hash(text: str) -> str:
    """What a content security policy calls an inline style or script."""
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def _colours(found: list[str]) -> str:
    """A hue for each family, as far from one another as can be."""
    hues = {family_class(family): (40 + place * _GOLDEN_ANGLE) % 360 for place, family in enumerate(found)}
    return "".join(f".{style}{{--hue:{hue:.0f}}}" for style, hue in hues.items())


def _check_styles(plugins: Plugins | None) -> dict[str, str]:
    """The style class of each check: that of its first rule's family."""
    return {check.name: family_class(check.rules[0].code) for check in plugins.checks} if plugins else {}


def _data(run: CorpusReport, chosen: set[int]) -> Mapping[str, Any]:
    """The index, for the script: rules once, and of each document a row of numbers."""
    rules: dict[str, int] = {}
    named: list[tuple[str, str, int]] = []
    rows = []
    for number, document in enumerate(run.documents):
        counts: dict[int, int] = {}
        for finding in document.findings:
            if finding.code not in rules:
                rules[finding.code] = len(named)
                named.append((finding.code, finding.name, Severity(finding.severity).rank))
            rule = rules[finding.code]
            counts[rule] = counts.get(rule, 0) + 1
        score = math.floor(document.score * 1000) / 1000
        verdict = VERDICTS.index(document.verdict)
        listed = [value for pair in counts.items() for value in pair]
        row = [document.name, score, verdict, document.words, document.language or "", len(document.findings), listed]
        rows.append([*row, int(number in chosen)])
    return {"rules": named, "verdicts": VERDICTS, "documents": rows}
