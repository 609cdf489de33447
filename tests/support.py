"""Small checks and plugins for the tests of the core."""

from qualitycheck import Check, Rule, Runner, Settings, Severity, hookimpl

MARKS = {"#": "MRK001", "!": "MRK002", "~": "MRK003"}


class Marks(Check):
    """Finds marks: “#” is a warning, “!” an error, “~” an info."""

    rules = (
        Rule("MRK001", "hash", "A hash."),
        Rule("MRK002", "shout", "A shout.", Severity.ERROR),
        Rule("MRK003", "wave", "A wave.", Severity.INFO),
    )

    def inspect(self, document):
        for match in document.finditer("[#!~]"):
            yield self.finding(MARKS[match.group()], match.span())


def make_check(name, code="AAA001", severity=Severity.WARNING, **attributes):
    """A check of one rule; what it does comes as keyword arguments (``inspect``, ``setup``, ``weight`` ...)."""
    rules = (Rule(code, f"rule-{code.lower()}", f"A finding of {name}.", severity),)
    return type(name, (Check,), {"name": name, "rules": rules, "inspect": lambda self, document: [], **attributes})()


class Plugin:
    """A plugin with the checks given."""

    def __init__(self, *checks):
        self.checks = list(checks)

    @hookimpl
    def qualitycheck_checks(self, settings):
        return self.checks


def make_runner(*checks, **settings):
    """A runner with these checks alone."""
    runner = Runner(Settings(**settings), [Plugin(*checks)] if checks else [], entry_points=False)
    assert not runner.plugins.failed, runner.plugins.failed
    return runner
