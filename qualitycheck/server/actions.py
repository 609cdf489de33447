"""What an editor can do about findings: put a suggestion in, ignore a rule in a place, fix all that is safe."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from lsprotocol import types

from qualitycheck.comments import MARK, ignore_comments
from qualitycheck.edits import Edit, apply
from qualitycheck.fixing import replacement
from qualitycheck.readers import make_document
from qualitycheck.report import ReportedFinding
from qualitycheck.reporters.summary import count, likely
from qualitycheck.rule import Fix
from qualitycheck.screen import harmless
from qualitycheck.server.diagnostics import diagnostic
from qualitycheck.server.judged import Judged

FIX_ALL = "source.fixAll.qualitycheck"
KINDS = (types.CodeActionKind.QuickFix, FIX_ALL)

_FINDINGS = 10  # in one place that actions are offered for
_SUGGESTIONS = 5
_CLIPPED = 60
_LONG = 200_000  # code points; a longer text is fixed only where that is asked for


class Actions:
    """The actions for a document at ``uri``; ``versioned`` says that the client takes edits of a version."""

    def __init__(self, judged: Judged, uri: str, *, versioned: bool) -> None:
        self._judged = judged
        self._uri = uri
        self._versioned = versioned

    def list(self, start: int, end: int, only: Sequence[str] | None) -> Iterator[types.CodeAction]:
        """What can be done about the findings that touch a span; ``only`` are the kinds that are asked for."""
        if _wanted(types.CodeActionKind.QuickFix, only):
            found = self._judged.touching(start, end)[:_FINDINGS]
            for finding in found:
                yield from self._suggestions(finding)
            for finding in {each.code: each for each in found}.values():
                yield from self._ignore(finding)
        # To fix a long text takes long: not each time that the cursor moves.
        asked = only is not None or len(self._judged.document) <= _LONG
        if asked and _wanted(FIX_ALL, only) and self._judged.safe_fixes:
            number = sum(each.fix is Fix.SAFE for each in self._judged.report.findings)
            yield types.CodeAction(
                f"Fix all that is safe ({count(number, 'finding')})",
                kind=FIX_ALL,
                edit=self._edit(self._judged.safe_fixes),
            )

    def _suggestions(self, finding: ReportedFinding) -> Iterator[types.CodeAction]:
        if finding.start is None or finding.end is None:
            return
        judged = self._judged
        for number, each in enumerate(likely(finding.suggestions)[:_SUGGESTIONS]):
            change = Edit(finding.start, finding.end, each.text)
            edits = replacement(judged.document, judged.reader, change, judged.runner.settings.encoding)
            if edits:
                title = (
                    f"Replace with “{_clipped(each.text)}”" if each.text else f"Leave “{_clipped(finding.text)}” out"
                )
                yield types.CodeAction(
                    f"{title} ({finding.code})",
                    kind=types.CodeActionKind.QuickFix,
                    diagnostics=[diagnostic(judged, finding)],
                    edit=self._edit(edits),
                    is_preferred=(number == 0 and finding.fix is Fix.SAFE) or None,
                )

    def _ignore(self, finding: ReportedFinding) -> Iterator[types.CodeAction]:
        where = "in this file" if finding.start is None else "in this line"
        edit = _ignoring(self._judged, finding)
        if edit is not None:
            yield types.CodeAction(
                f"Ignore {finding.code} {finding.name} {where}",
                kind=types.CodeActionKind.QuickFix,
                diagnostics=[diagnostic(self._judged, finding)],
                edit=self._edit([edit]),
            )

    def _edit(self, edits: Sequence[Edit]) -> types.WorkspaceEdit:
        changes = [types.TextEdit(self._judged.positions.range(each.start, each.end), each.text) for each in edits]
        if self._versioned:
            named = types.OptionalVersionedTextDocumentIdentifier(self._uri, self._judged.version)
            return types.WorkspaceEdit(document_changes=[types.TextDocumentEdit(named, changes)])
        return types.WorkspaceEdit(changes={self._uri: changes})


def _ignoring(judged: Judged, finding: ReportedFinding) -> Edit | None:
    """The comment that makes a finding's rule silent there; None where the format has none, or it would not work."""
    document, rules = judged.document, judged.runner.plugins.rules
    if not judged.runner.settings.inline_ignores:
        return None
    text, code = document.text, finding.code
    line_end = "\r\n" if "\r\n" in text else "\n"
    if finding.start is None:
        open_line = line_end if text and not text.endswith(("\n", "\r")) else ""
        candidates = [Edit(len(text), len(text), f"{open_line}{line_end}<!-- {MARK} ignore-file {code} -->{line_end}")]
    else:
        start, end = document.line_span(document.position(finding.start)[0])
        comment = f"<!-- {MARK} ignore {code} -->"
        candidates = [Edit(end, end, f" {comment}"), Edit(start, start, f"{comment}{line_end}")]
        candidates.append(Edit(finding.start, finding.start, comment))
    for edit in candidates:
        changed = make_document(judged.reader, apply(text, [edit]), document.path)
        place = None if finding.start is None else finding.start + (len(edit.text) if edit.end <= finding.start else 0)
        if _visible(changed.prose) == _visible(document.prose) and any(
            code in each.codes
            and (each.span is None if place is None else each.span and each.span[0] <= place <= each.span[1])
            for each in ignore_comments(changed, rules)[0]
        ):
            return edit
    return None


def _visible(prose: str) -> str:
    return " ".join(prose.split())


def _wanted(kind: str, only: Sequence[str] | None) -> bool:
    """Whether a client that asks for the kinds ``only``, and what is below them, wants this one."""
    return only is None or any(kind == each or kind.startswith(f"{each}.") or not each for each in only)


def _clipped(text: str | None) -> str:
    shown = harmless(text or "")
    return shown if len(shown) <= _CLIPPED else f"{shown[:_CLIPPED]}…"
