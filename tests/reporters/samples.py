"""A plugin with something to report, and a stream to report it to."""

import io

from justhtml import JustHTML

from qualitycheck import Check, Rule, Severity, Signal, Suggestion, hookimpl


class Words(Check):
    """Finds “odd” as an error, “dull” as a warning, “plain” as an info, and documents that say “whole”."""

    weight = 0.9
    rules = (
        Rule("WRD001", "odd-word", "An odd word.", Severity.ERROR),
        Rule("WRD002", "dull-word", "A dull word.", Severity.WARNING),
        Rule("WRD003", "plain-word", "A plain word.", Severity.INFO),
        Rule("WRD010", "odd-document", "The whole document is odd.", Severity.WARNING),
    )

    def inspect(self, document):
        codes = {"odd": "WRD001", "dull": "WRD002", "plain": "WRD003"}
        for match in document.finditer("odd|dull|plain"):
            code = codes[match[0]]
            suggestions = [Suggestion("even", 0.934), Suggestion("", 0.05)] if code == "WRD001" else []
            yield self.finding(code, match.span(), f"“{match[0]}” is here", suggestions, 0.98 if suggestions else 1.0)
        if "whole" in document.text:
            yield self.finding("WRD010")
            yield Signal("odd_rate", 0.123456, "of words")
            yield Signal("channel", "news")


class Long(Check):
    min_words = 1000
    rules = (Rule("LNG900", "too-long", "Too long."),)

    def inspect(self, document):
        return []


class Fragile(Check):
    rules = (Rule("FRG001", "broken", "Broken."),)

    def inspect(self, document):
        if "BOOM" in document.text:
            raise ValueError("the [red]fuse[/red] blew")
        return []


class Plugin:
    @hookimpl
    def qualitycheck_checks(self, settings):
        return [Words(), Long(), Fragile()]


class Stream(io.TextIOWrapper):
    """A strict stream in an encoding, and what was written to it."""

    def __init__(self, encoding="utf-8"):
        super().__init__(io.BytesIO(), encoding=encoding, errors="strict", newline="\n")

    @property
    def text(self):
        self.flush()
        return self.buffer.getvalue().decode(self.encoding)


def parse(html):
    """What a browser without JavaScript makes of a page, nothing in it cleaned away."""
    return JustHTML(html, sanitize=False, scripting_enabled=False)
