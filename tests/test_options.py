from typing import Annotated

import msgspec
import pytest
from support import Plugin, make_check, make_runner

from qualitycheck import Options, Runner, Settings, SettingsError
from qualitycheck.settings import make_settings


class Sizes(Options):
    most_words: int = 3


class Limits(Options):
    most_lines: Annotated[int, msgspec.Meta(ge=1)] = 5
    words: tuple[str, ...] = ("odd",)
    shares: dict[int, float] = msgspec.field(default_factory=lambda: {2: 0.2})
    sizes: Sizes = msgspec.field(default_factory=Sizes)

    def __post_init__(self):
        if "" in self.words:
            raise ValueError("words holds an empty one")


def report_options(self, document):
    for word in self.options.words:
        for match in document.finditer(word):
            yield self.finding("AAA001", match.span())


def limited(**attributes):
    return make_check("limited", options=Limits(), inspect=report_options, **attributes)


def test_a_check_has_its_defaults():
    check = limited()
    assert [finding.text for finding in make_runner(check).check("odd even").findings] == ["odd"]
    assert check.options == Limits()


def test_what_is_set_takes_the_place_of_a_default_and_the_rest_stays():
    check = limited()
    runner = make_runner(check, checks={"limited": {"words": ["even"], "shares": {"3": 0.5}}})
    assert [finding.text for finding in runner.check("odd even").findings] == ["even"]
    assert check.options == Limits(words=("even",), shares={3: 0.5})


def test_options_are_there_before_setup():
    seen = []
    check = limited(setup=lambda self: seen.append(self.options.most_lines))
    make_runner(check, checks={"limited": {"most-lines": 9}}).check("text")
    assert seen == [9]


def test_options_of_one_class_belong_to_one_check():
    one, two = limited(), make_check("other", "AAA002", options=Limits())
    make_runner(one, two, checks={"limited": {"most-lines": 9}})
    assert (one.options.most_lines, two.options.most_lines) == (9, 5)


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({"limitid": {}}, "checks: unknown check “limitid”; did you mean “limited”"),
        ({"limited": {"most-line": 1}}, "checks.limited: unknown option “most-line”; did you mean “most-lines”"),
        ({"limited": {"most_lines": 1}}, "checks.limited: unknown option “most_lines”; did you mean “most-lines”"),
        ({"limited": {"most-lines": "many"}}, "checks.limited: “most-lines”: expected `int`, got `str`"),
        ({"limited": {"most-lines": 0}}, "checks.limited: “most-lines”: expected `int` >= 1"),
        ({"limited": {"words": [1]}}, r"checks.limited: “words\[0\]”: expected `str`, got `int`"),
        ({"limited": {"shares": {"two": 0.1}}}, "checks.limited: “shares”: expected `int`, got `str`"),
        ({"limited": {"sizes": 1}}, "checks.limited: “sizes”: expected `object`, got `int`"),
        ({"limited": {"words": [""]}}, "checks.limited: words holds an empty one"),
        (
            {"limited": {"sizes": {"most-word": 1}}},
            "checks.limited.sizes: unknown option “most-word”; did you mean “most-w",
        ),
    ],
)
def test_what_is_wrong_is_named(given, message):
    with pytest.raises(SettingsError, match=message) as error:
        make_runner(limited(), checks=given)
    assert "\n" not in str(error.value)


def test_a_check_without_options_has_none_to_set():
    with pytest.raises(SettingsError, match=r"checks\.bare: unknown option “most-lines”$"):
        make_runner(make_check("bare"), checks={"bare": {"most-lines": 1}})


def test_options_change_the_hash_of_the_settings():
    assert make_settings({"checks": {"limited": {"most-lines": 9}}}).digest() != Settings().digest()


def test_options_that_are_none_are_refused():
    runner = Runner(plugins=[Plugin(make_check("bad", options={"most-lines": 1}))], entry_points=False)
    (failure,) = runner.plugins.failed
    assert failure.reason == "check “bad” has options {'most-lines': 1}; make them an object of an Options class"


# Checks that run only where they are asked for


@pytest.mark.parametrize(
    ("select", "ran"),
    [
        ((), {"limited"}),
        (("BBB",), {"asked"}),
        (("rule-bbb001", "AAA"), {"asked", "limited"}),
        (("AAA001",), {"limited"}),
    ],
)
def test_an_opt_in_check_runs_where_its_rules_are_selected(select, ran):
    runner = make_runner(limited(), make_check("asked", "BBB001", opt_in=True), select=select)
    assert set(runner.check("text").checks) == ran
