"""A plugin with something to show in each way, documents for it, and pages about them."""

from typing import ClassVar

from qualitycheck import Check, CorpusReport, Document, Rule, Runner, Severity, Signal, Suggestion, hookimpl
from qualitycheck.reporters import Options
from qualitycheck.reporters.html import HtmlReporter

HELP = "# ODD001 odd-word\n\n## What it finds\n\nWords that are *odd*.\n"


class Odd(Check):
    """Words with an original, in two families and three severities."""

    name = "odd-words"
    weight = 0.95
    rules = (
        Rule("ODD001", "odd-word", "An odd word.", Severity.ERROR, HELP),
        Rule("ODD002", "odd-phrase", "An odd phrase.", Severity.WARNING),
        Rule("ODD010", "odd-document", "The whole document is odd.", Severity.ERROR),
    )
    words: ClassVar = {"mentioned": "said", "metropolis": "city", "within": "in", "gone": ""}

    def inspect(self, document):
        for match in document.finditer("mentioned|metropolis|within|gone"):
            word = self.words[match[0]]
            message = f"“{match[0]}” is odd here; “{word}” probably stood here"
            confidence = 0.6 if match[0] == "within" else 0.98
            yield self.finding(
                "ODD001", match.span(), message, [Suggestion(word, 0.9), Suggestion("x", 0.1)], confidence
            )
        for match in document.finditer(r"brand\s+new"):
            yield self.finding("ODD002", match.span(), suggestions=["new"])
        if "mentioned" in document.text:
            yield self.finding("ODD010", None, "this reads as if a machine had written it")
            yield Signal("spin_rate", 0.4, "of words")


class Marks(Check):
    name = "marks"
    rules = (Rule("MRK001", "exclamation-mark", "A loud mark.", Severity.INFO),)

    def inspect(self, document):
        for match in document.finditer("!"):
            yield self.finding("MRK001", match.span())


class Plugin:
    @hookimpl
    def qualitycheck_checks(self, settings):
        return [Odd(), Marks()]


RUNNER = Runner(plugins=[Plugin()], entry_points=False)

SPUN = """\
The mayor mentioned that the metropolis has a brand new ferry!

It was gone within a day,
and she mentioned a brand
new one. The metropolis mentioned nothing.
"""
ORIGINAL = ["The mayor said that the city has a new ferry!", "", "It was  in a day,"]
HOSTILE = (
    "</noscript></script><script>window.hacked = true; alert(1)</script>"
    '<img src=x onerror="window.hacked = true"> "\'&<!-- \u202e mentioned \u202c \x00\x1b\ud800 שלום metropolis!'
)


def write_page(path, documents):
    """The page about some documents."""
    with path.open("w", encoding="utf-8") as stream:
        reporter = HtmlReporter(stream, Options(plugins=RUNNER.plugins))
        report = CorpusReport()
        for document, result in RUNNER.run(documents):
            report.documents.append(result)
            reporter.document(document, result)
        reporter.finish(report)
    return path


def documents(number, length=1):
    for place in range(number):
        text = "Nothing is wrong here. " * (10 + place % 7) * length
        if place % 10 == 0:
            text = SPUN * length + text
        elif place % 10 == 1:
            text += "A brand new day!\n" * (place % 3 + 1)
        yield Document(text, path=f"corpus/part{place % 4}/text{place}.txt")
