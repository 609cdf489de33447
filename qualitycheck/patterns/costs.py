"""What findings of the settings' own rules cost."""

from __future__ import annotations

from qualitycheck.checks import DEFAULT_COST, Check, Evidence

#: In a longer document a finding costs less, in proportion: one stray word in a book is no reason to refuse it.
FULL_COST_WORDS = 500


class SettingsCheck(Check):
    """The base of the checks that the settings describe."""

    def badness(self, evidence: Evidence) -> float:
        """Each finding adds its severity's cost, which is less in a document of more than 500 words."""
        share = min(1.0, FULL_COST_WORDS / max(evidence.words, 1))
        kept = 1.0
        for finding in evidence.findings:
            kept *= 1.0 - DEFAULT_COST[evidence.severities[finding.code]] * share
        return 1.0 - kept
