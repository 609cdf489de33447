"""A house style: units keep their distance, and names are written as their owners write them."""

from importlib.resources import files

import regex

from qualitycheck import Check, Fix, Rule, Severity

#: How a name is written, by how it is written wrongly.
NAMES = {"Github": "GitHub", "Javascript": "JavaScript", "Latex document": "LaTeX document", "Wordpress": "WordPress"}

# A number that belongs to a longer one, to a version or to a code (“x86GB”, “1.2.3km”, “#5kg”) has no unit. The
# quantifiers are possessive, so a long row of digits is gone through once.
UNIT = regex.compile(r"(?<![\w.,#/-])(\d++(?:[.,]\d++)?+)(km|kg|mm|cm|GB|MB|kB|ms|kHz|MHz|GHz)(?![\w/-])")
NAME = regex.compile(r"(?<![\w./@-])(?:" + "|".join(map(regex.escape, NAMES)) + r")(?![\w/@-]|\.\w)")


class HouseStyle(Check):
    """Two rules over regular expressions, whose suggestions can be put in by a machine."""

    rules = (
        Rule(
            "HST001",
            "unit-without-space",
            "A unit stands apart from its number.",
            Severity.INFO,
            files(__package__) / "rules" / "HST001.md",
            Fix.UNSAFE,
        ),
        Rule(
            "HST002",
            "name-misspelled",
            "The owner of this name writes it differently.",
            Severity.WARNING,
            files(__package__) / "rules" / "HST002.md",
            Fix.UNSAFE,
        ),
    )
    weight = 0.1

    def inspect(self, document):
        """Yield a finding for each match in the prose: code and addresses in Markdown and HTML are no prose."""
        for match in document.finditer(UNIT):
            yield self.finding("HST001", match.span(), suggestions=[f"{match[1]} {match[2]}"])
        for match in document.finditer(NAME):
            right = NAMES[match[0]]
            yield self.finding("HST002", match.span(), f"It is written “{right}”.", [right])
