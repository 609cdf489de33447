"""Takes documents through all checks. A check that misbehaves costs one check on one document, never the run."""

from __future__ import annotations

import contextlib
import dataclasses
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice

from qualitycheck import scoring
from qualitycheck.baseline import Baseline
from qualitycheck.checks import Check, CorpusCheck, Evidence
from qualitycheck.document import Document, prepare
from qualitycheck.errors import PluginError
from qualitycheck.finding import Finding, Signal
from qualitycheck.options import configure
from qualitycheck.pace import Pace
from qualitycheck.plugins import FOREIGN_ERRORS, Plugins, callers, load_plugins, one_line
from qualitycheck.preparation import Preparer
from qualitycheck.report import CheckResult, DocumentReport, ReportedFinding
from qualitycheck.rule import Fix, Rule, Severity
from qualitycheck.selection import selected
from qualitycheck.settings import Settings
from qualitycheck.suppression import DocumentSuppression, Suppression
from qualitycheck.timing import Clock, untimed
from qualitycheck.validation import valid_finding, valid_signals

#: Documents handed to a check at a time by :meth:`Runner.run`.
BATCH = 64
#: What a check can yield for one document, so that memory stays bounded; what comes after is not asked for.
MOST_YIELDED = 100_000

_NOTHING = CheckResult("ok")

#: What a check yielded for one document, or the reason why it crashed.
Outcome = list[Finding | Signal] | str


class Runner:
    """Checks documents with the plugins and settings given.

    ``settings`` are the defaults where None; ``plugins`` are further plugin objects (modules, or objects with hook
    implementations). ``baseline`` is taken in place of the one that the settings name; ``clock`` measures the time that
    each check takes. ``Runner().plugins.failed`` names the plugins that did not load. Raises SettingsError where the
    settings name a rule, check or option that no plugin brings, or a baseline that cannot be read. ``weights`` are
    those of all checks, by name.
    """

    def __init__(
        self,
        settings: Settings | None = None,
        plugins: Sequence[object] = (),
        *,
        entry_points: bool = True,
        baseline: Baseline | None = None,
        clock: Clock | None = None,
    ) -> None:
        self.settings = settings or Settings()
        self.plugins: Plugins = load_plugins(self.settings, plugins, entry_points=entry_points)
        self.rules: dict[str, Rule] = {rule.code: rule for rule in self.plugins.rules}
        opt_in = {rule.code for check in self.plugins.checks if check.opt_in for rule in check.rules}
        self.selected = selected(self.settings.select, self.settings.ignore, list(self.rules.values()), opt_in)
        configure(self.plugins.checks, self.settings.checks)
        self.weights = self._check_weights()
        self.timed = clock or untimed
        active = [check for check in self.plugins.checks if any(rule.code in self.selected for rule in check.rules)]
        self._active = [check for check in active if not isinstance(check, CorpusCheck)]
        #: Checks that need all documents of a run: :class:`qualitycheck.corpus.CorpusPass` asks them.
        self.corpus_checks = [check for check in active if isinstance(check, CorpusCheck)]
        self._groups = {check.name: check.group for check in self.plugins.checks}
        self._ready: dict[str, str | None] = {}
        if baseline is None and self.settings.baseline:
            baseline = Baseline.read(self.settings.baseline)
        self._suppression = Suppression(self.settings, self.plugins.rules, baseline)
        self._preparer = Preparer(self.plugins)
        self._verdicts = callers(self.plugins, "qualitycheck_verdict")
        self.pace = Pace(self.settings.slow_check)

    def versions(self) -> dict[str, str]:
        """Versions of the plugins, and of what the checks that run load."""
        versions = {plugin.name: plugin.version for plugin in self.plugins.loaded if plugin.version}
        for check in (*self._active, *self.corpus_checks):
            # A check that cannot load what it needs says so for each document; here it has no version to tell.
            with contextlib.suppress(*FOREIGN_ERRORS):
                versions.update({f"{check.name}.{part}": version for part, version in check.versions().items()})
        return versions

    def notes(self) -> list[str]:
        """What the reader of a whole run should know, one line each: slow checks, suppressions that did nothing."""
        owners = {check.name: plugin.name for plugin in self.plugins.loaded for check in plugin.checks}
        return [*self.pace.notes(owners), *self._suppression.notes()]

    def check(self, document: Document | str) -> DocumentReport:
        """The report for one document, or for a text."""
        return self.check_batch([document if isinstance(document, Document) else Document(document)])[0]

    def run(self, documents: Iterable[Document]) -> Iterator[tuple[Document, DocumentReport]]:
        """The report for each document, in order, taking them in batches."""
        batch: list[Document] = []
        size = 0
        for document in documents:
            batch.append(document)
            size += len(document)
            if len(batch) >= BATCH or size >= 1_000_000:
                yield from zip(batch, self.check_batch(batch), strict=True)
                batch, size = [], 0
        yield from zip(batch, self.check_batch(batch), strict=True)

    def check_batch(self, documents: Sequence[Document], *, all_findings: bool = False) -> list[DocumentReport]:
        """The reports for several documents; each check sees them together.

        ``all_findings`` lists them all, whatever ``max_findings`` says.
        """
        failures: list[list[str]] = [[] for _ in documents]
        if self._preparer and documents:
            with self.timed("preparation"):
                documents, failures = map(list, zip(*map(self._preparer, documents), strict=True))
        prepare(documents)
        results: list[dict[str, tuple[CheckResult, list[Finding]]]] = [{} for _ in documents]
        suppressions = [self._suppression.of(document) for document in documents]
        for check in self._active:
            with self.timed(check.name):
                fitting = []
                for index, document in enumerate(documents):
                    reason = misfit(check, document)
                    if reason is None:
                        fitting.append(index)
                    else:
                        results[index][check.name] = CheckResult("skipped", reason=reason), []
                outcomes = self._inspect(check, [documents[index] for index in fitting])
                for index, outcome in zip(fitting, outcomes, strict=True):
                    results[index][check.name] = self._judge(check, documents[index], outcome, suppressions[index])
        most = MOST_YIELDED if all_findings else self.settings.max_findings
        return [self._report(*each, most) for each in zip(documents, results, suppressions, failures, strict=True)]

    def prepared(self, document: Document) -> Document:
        """The document as the checks see it: with what plugins say of it, or as it is where they say nothing."""
        return self._preparer(document)[0] if self._preparer else document

    def set_up(self, check: Check) -> str | None:
        """Have the check load what it needs, once; the reason where it cannot."""
        if check.name not in self._ready:
            self._ready[check.name] = _setup(check)
        return self._ready[check.name]

    def amended(self, document: Document, report: DocumentReport, outcomes: Mapping[str, Outcome]) -> DocumentReport:
        """The report with what corpus checks, by name, say of the document when all are known."""
        suppression = self._suppression.of(document)
        checks = {check.name: check for check in self.corpus_checks}
        judged = {name: self._judge(checks[name], document, outcome, suppression) for name, outcome in outcomes.items()}
        results = report.checks | {name: result for name, (result, _) in judged.items()}
        score, results = self._scored(results)
        found = self._place(document, [finding for _, findings in judged.values() for finding in findings])
        errors = [
            _crash(document, name, result.reason) for name, (result, _) in judged.items() if result.status == "crashed"
        ]
        return self._override(
            dataclasses.replace(
                report,
                score=score,
                verdict=scoring.verdict(score, self.settings.reject_below, self.settings.review_below),
                checks=results,
                findings=tuple(sorted((*found, *report.findings), key=_place_order)),
                errors=(*report.errors, *errors),
                notes=tuple(dict.fromkeys((*report.notes, *suppression.notes()))),
                suppressed=Counter(report.suppressed) + suppression.counts,
            )
        )

    def _inspect(self, check: Check, documents: list[Document]) -> list[Outcome]:
        """What the check yields for each document, or the reason why it crashed."""
        if not documents:
            return []
        failure = self.set_up(check)
        if failure is not None:
            return [failure for _ in documents]
        with self.pace.of(check.name, documents):
            return self._outcomes(check, documents)

    def _outcomes(self, check: Check, documents: list[Document]) -> list[Outcome]:
        """The same of a check that is set up."""
        if type(check).inspect_batch is not Check.inspect_batch:
            try:
                outcomes = [list(islice(outcome, MOST_YIELDED)) for outcome in check.inspect_batch(documents)]
                if len(outcomes) == len(documents):
                    return list(outcomes)
                failure = f"inspect_batch gave {len(outcomes)} results for {len(documents)} documents"
            except FOREIGN_ERRORS as error:
                failure = one_line(error)
            if len(documents) == 1:
                return [failure]
            # One bad document must not cost its neighbours their result: go through them one by one.
            return [outcome for document in documents for outcome in self._outcomes(check, [document])]
        collected: list[Outcome] = []
        for document in documents:
            try:
                collected.append(list(islice(check.inspect(document), MOST_YIELDED)))
            except FOREIGN_ERRORS as error:
                collected.append(one_line(error))
        return collected

    def _judge(
        self,
        check: Check,
        document: Document,
        outcome: Outcome,
        suppression: DocumentSuppression,
    ) -> tuple[CheckResult, list[Finding]]:
        if isinstance(outcome, str):
            return CheckResult("crashed", reason=outcome), []
        if not (outcome or suppression.active):
            return _NOTHING, []
        try:
            signals = valid_signals(outcome)
            if len(signals) == len(outcome) and not suppression.active:
                return CheckResult("ok", signals=signals), []
            codes = frozenset(rule.code for rule in check.rules)
            findings = [valid_finding(codes, document, item) for item in outcome if not isinstance(item, Signal)]
            findings = [finding for finding in findings if finding.code in self.selected]
            # Before the score is made: what is suppressed must not cost points.
            findings = suppression.kept(findings, codes & self.selected)
            badness = self.badness(check, document, findings, signals)
        except FOREIGN_ERRORS as error:
            return CheckResult("crashed", reason=one_line(error)), []
        return CheckResult("ok", badness=badness, signals=signals), findings

    def badness(
        self, check: Check, document: Document, findings: Sequence[Finding], signals: tuple[Signal, ...]
    ) -> float:
        """The badness of a check that found this, in [0, 1]. Raises PluginError where the check says another."""
        severities = {rule.code: rule.severity for rule in check.rules}
        counted = [finding for finding in findings if severities[finding.code] is not Severity.INFO]
        if not counted:
            return 0.0
        badness = check.badness(Evidence(counted, signals, severities, document.words))
        if not 0.0 <= badness <= 1.0:
            raise PluginError(f"badness {badness} is not in [0, 1]")
        return float(badness)

    def _report(
        self,
        document: Document,
        results: dict[str, tuple[CheckResult, list[Finding]]],
        suppression: DocumentSuppression,
        failures: Sequence[str],
        most: int,
    ) -> DocumentReport:
        score, final = self._scored({name: result for name, (result, _) in results.items()})
        notes = suppression.notes()
        if not (self._active or self.corpus_checks):
            why = "every rule is ignored" if self.plugins.checks else "no plugin brings one"
            notes.append(f"no checks: {why}, so nothing was looked for")
        if not document.prose or document.prose.isspace():
            notes.append("the document is empty" if not document.text.strip() else "the document holds no prose")
        findings: list[Finding] = []
        for code, group in _by_code(found for _, each in results.values() for found in each).items():
            findings += sorted(group, key=_place_order)[:most]
            if len(group) > most:
                notes.append(f"{len(group)} findings of {code}; the first {most} are listed")
        errors = [*failures]
        errors += [
            _crash(document, name, result.reason) for name, (result, _) in results.items() if result.status == "crashed"
        ]
        report = DocumentReport(
            path=document.path,
            id=document.id,
            words=document.words,
            language=document.language,
            score=score,
            verdict=scoring.verdict(score, self.settings.reject_below, self.settings.review_below),
            checks=final,
            findings=tuple(self._place(document, findings)),
            errors=tuple(errors),
            notes=tuple(notes),
            suppressed=suppression.counts,
        )
        return self._override(report)

    def _scored(self, results: Mapping[str, CheckResult]) -> tuple[float, dict[str, CheckResult]]:
        """The score that results come to, and the results with their points."""
        charges = {
            name: scoring.Charge(result.badness, self.weights[name], self._groups[name])
            for name, result in results.items()
            if result.badness
        }
        score = scoring.score(charges)
        final = dict(results)
        for name, points in score.points.items():
            final[name] = dataclasses.replace(final[name], points=points)
        return score.value, final

    def _override(self, report: DocumentReport) -> DocumentReport:
        """Let plugins change the verdict; the first that has one is heard, and one that fails has none."""
        for name, caller in self._verdicts:
            try:
                verdict = caller(report=report, settings=self.settings)
                if verdict is not None and verdict not in scoring.VERDICTS:
                    raise PluginError(f"{verdict!r} is none of {', '.join(scoring.VERDICTS)}")
            except FOREIGN_ERRORS as error:
                text = f"the verdict of plugin “{name}” for {report.name} failed: {one_line(error)}"
                report = dataclasses.replace(report, errors=(*report.errors, text))
                continue
            if verdict is not None:
                return dataclasses.replace(report, verdict=verdict)
        return report

    def _place(self, document: Document, findings: list[Finding]) -> Iterator[ReportedFinding]:
        for finding in sorted(findings, key=_place_order):
            rule = self.rules[finding.code]
            line = column = text = None
            in_quote = False
            if finding.start is not None and finding.end is not None:
                line, column = document.position(finding.start)
                text = document.text[finding.start : finding.end]
                in_quote = document.in_quotation(finding.start, finding.end)
            yield ReportedFinding(
                code=rule.code,
                name=rule.name,
                severity=rule.severity,
                confidence=finding.confidence,
                start=finding.start,
                end=finding.end,
                line=line,
                column=column,
                text=text,
                message=finding.message or rule.message,
                suggestions=finding.suggestions,
                in_quote=in_quote,
                fix=rule.fix if finding.suggestions and finding.start is not None else Fix.NONE,
            )

    def _check_weights(self) -> dict[str, float]:
        from qualitycheck.errors import SettingsError, nearest

        names = [check.name for check in self.plugins.checks]
        for name in self.settings.weights:
            if name not in names:
                raise SettingsError(f"weights: unknown check “{name}”{nearest(name, names)}")
        return {check.name: self.settings.weights.get(check.name, check.weight) for check in self.plugins.checks}


def _crash(document: Document, check: str, reason: str | None) -> str:
    return f"check “{check}” crashed on {document.path or document.id or 'the text'}: {reason}"


def _setup(check: Check) -> str | None:
    """Set the check up once; the reason where that failed."""
    try:
        check.setup()
    except FOREIGN_ERRORS as error:
        return f"setup failed: {one_line(error)}"
    return None


def misfit(check: Check, document: Document) -> str | None:
    """Why the check does not fit the document, or None where it does."""
    if document.words < check.min_words:
        return f"needs {check.min_words} words, the document has {document.words}"
    if check.whole_documents and document.fragment:
        return "judges whole documents, and this is a sentence or less"
    if check.languages is not None and document.language not in check.languages:
        known = ", ".join(sorted(check.languages))
        return f"knows {known}; the document's language is {document.language or 'unknown'}"
    return None


def _place_order(finding: Finding | ReportedFinding) -> tuple[int, int, str]:
    """Findings about the whole document first, then by place."""
    whole = finding.start is None
    return (-1 if whole else finding.start or 0, finding.end or 0, finding.code)


def _by_code(findings: Iterable[Finding]) -> dict[str, list[Finding]]:
    groups: dict[str, list[Finding]] = {}
    for finding in findings:
        groups.setdefault(finding.code, []).append(finding)
    return groups
