import dataclasses

import pytest

from qualitycheck import Rule, Severity


def test_a_rule_has_a_family_and_is_a_warning_by_default():
    rule = Rule("ACM001", "competitor-name", "A competitor is named.")
    assert (rule.family, rule.severity) == ("ACM", Severity.WARNING)
    with pytest.raises(dataclasses.FrozenInstanceError):
        rule.code = "ACM002"


@pytest.mark.parametrize("code", ["", "ACM1", "ACM0011", "acm001", "ACMX01", "AC0001", "ÀCM001", "ACM001\n", "ACM٠٠١"])
def test_malformed_codes_are_refused(code):
    with pytest.raises(ValueError, match="three capital letters and three digits"):
        Rule(code, "name", "Message.")


@pytest.mark.parametrize("name", ["", "Name", "two words", "-name", "name-", "a--b", "under_score", "1st", "näme"])
def test_malformed_names_are_refused(name):
    with pytest.raises(ValueError, match="lower-case words joined by hyphens"):
        Rule("ACM001", name, "Message.")


def test_help_is_the_documentation_or_the_message(tmp_path):
    page = tmp_path / "ACM001.md"
    page.write_text("# ACM001\n\n“Ünicode”\n", encoding="utf-8")
    assert Rule("ACM001", "name", "Message.").help() == "Message."
    assert Rule("ACM001", "name", "Message.", documentation="# Text").help() == "# Text"
    assert Rule("ACM001", "name", "Message.", documentation=page).help() == "# ACM001\n\n“Ünicode”\n"


def test_documentation_is_read_only_when_asked_for(tmp_path):
    rule = Rule("ACM001", "name", "Message.", documentation=tmp_path / "missing.md")
    with pytest.raises(FileNotFoundError):
        rule.help()


def test_severities_are_ordered():
    assert sorted(Severity, key=lambda severity: severity.rank) == [Severity.INFO, Severity.WARNING, Severity.ERROR]
    assert [severity.rank for severity in Severity] == [0, 1, 2]
