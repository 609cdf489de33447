"""For authors of checks: cases of rules, assertions on findings, false alarms measured, and a probe.

``run_case`` and ``run_cases`` hold a rule against its cases, ``assert_findings`` a text against what should be found in
it, ``assert_documented`` a rule's page against what the rule finds; ``measure`` counts the false alarms on text that is
known to be good; ``probe`` tells whether a check says the same twice, and how fast it is.
"""

from __future__ import annotations

from qualitycheck.testing.cases import Case, load_cases, run_case, run_cases
from qualitycheck.testing.findings import assert_findings
from qualitycheck.testing.intervals import rate_interval
from qualitycheck.testing.measurement import Measurement, RuleMeasurement, measure
from qualitycheck.testing.pages import assert_documented
from qualitycheck.testing.probe import Probe, probe

__all__ = [
    "Case",
    "Measurement",
    "Probe",
    "RuleMeasurement",
    "assert_documented",
    "assert_findings",
    "load_cases",
    "measure",
    "probe",
    "rate_interval",
    "run_case",
    "run_cases",
]
