import pytest

from qualitycheck import Rule, SettingsError
from qualitycheck.selection import find_rule, resolve, selected

RULES = [
    Rule("SYN001", "odd-synonym", "."),
    Rule("SYN010", "spun-document", "."),
    Rule("BRC001", "unresolved-spintax", "."),
]
ALL = {"SYN001", "SYN010", "BRC001"}


@pytest.mark.parametrize(
    ("names", "codes"),
    [
        ((), set()),
        (("SYN001",), {"SYN001"}),
        (("syn001",), {"SYN001"}),
        (("odd-synonym",), {"SYN001"}),
        (("SYN",), {"SYN001", "SYN010"}),
        (("SYN00",), {"SYN001"}),
        (("SYN", "unresolved-spintax"), ALL),
        (("SYN", "SYN001"), {"SYN001", "SYN010"}),
    ],
)
def test_resolve(names, codes):
    assert resolve(names, RULES) == codes


@pytest.mark.parametrize(
    ("select", "ignore", "codes"),
    [
        ((), (), ALL),
        ((), ("SYN",), {"BRC001"}),
        (("SYN",), ("SYN010",), {"SYN001"}),
        (("SYN001",), ("SYN",), set()),
        (("BRC", "SYN010"), (), {"BRC001", "SYN010"}),
    ],
)
def test_ignore_outranks_select(select, ignore, codes):
    assert selected(select, ignore, RULES) == codes


@pytest.mark.parametrize(
    ("name", "hint"),
    [
        ("SYN0O1", "SYN0"),
        ("syn0o1", "SYN0"),
        ("odd-synonim", "odd-synonym"),
        ("spundocument", "spun-document"),
    ],
)
@pytest.mark.parametrize("look", [lambda name: resolve([name], RULES), lambda name: find_rule(name, RULES)])
def test_an_unknown_name_is_refused_with_the_nearest(name, hint, look):
    with pytest.raises(SettingsError, match=f"unknown rule “{name}”; did you mean “{hint}"):
        look(name)


def test_an_unknown_family_is_refused_with_the_nearest():
    with pytest.raises(SettingsError, match=r"unknown rule “BRK”; did you mean “BRC”\?"):
        resolve(["BRK"], RULES)


def test_nothing_near_gives_no_hint():
    with pytest.raises(SettingsError) as error:
        resolve(["quite-another-thing"], RULES)
    assert str(error.value) == "unknown rule “quite-another-thing”"


@pytest.mark.parametrize("name", ["", "odd", "SYN0011"])
def test_no_empty_name_or_part_of_a_name_selects(name):
    with pytest.raises(SettingsError):
        resolve([name], RULES)


@pytest.mark.parametrize("name", ["SYN010", "syn010", "spun-document"])
def test_find_rule(name):
    assert find_rule(name, RULES) is RULES[1]


def test_a_prefix_finds_no_single_rule():
    with pytest.raises(SettingsError):
        find_rule("SYN", RULES)
