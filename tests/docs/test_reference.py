"""Whether everything that a reader may ask of the reference is in it: rules, settings, hooks, options, JSON, names."""

import inspect
import re

import click
import msgspec
import pytest
from pages import ROOT

import qualitycheck
from _generate import checks, hooks, pages, python, schema, write_reference
from _generate.commands import commands
from _generate.fields import meaning, table, undocumented
from _generate.plugins import bundled
from qualitycheck import Check
from qualitycheck.filtering.options import FilterSettings
from qualitycheck.patterns.entries import PatternEntry
from qualitycheck.settings import Settings

REFERENCE = pages()
CHECKS = [check for plugin in bundled() for check in plugin.checks]
COMMANDS = commands()
SCHEMAS = {name: schema.schema(name) for name in schema.SCHEMAS}


def test_every_rule_has_a_page_and_a_row():
    codes = {rule.code for check in CHECKS for rule in check.rules}
    assert len(codes) > 50
    assert {f"rules/{code}.md" for code in codes} <= set(REFERENCE)
    for code in codes:
        assert re.search(rf"^\| \[{code}\]\({code}.md\) \| \S", REFERENCE["rules/index.md"], re.MULTILINE)
        for part in ("What it finds", "Why it matters", "Example", "Known false alarms"):
            body = REFERENCE[f"rules/{code}.md"].partition(f"\n## {part}\n")[2]
            assert body.split("\n## ")[0].strip(), f"{code}: nothing under “{part}”"


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.name)
def test_every_check_is_summed_up(check):
    assert checks.summary(check) and type(check).__doc__ != Check.__doc__
    assert f"\n## {check.name}\n" in REFERENCE["checks.md"]


STRUCTS = [Settings, FilterSettings, PatternEntry, *(each for check in CHECKS for each in checks.structs(check))]


@pytest.mark.parametrize("kind", dict.fromkeys(STRUCTS), ids=lambda kind: kind.__name__)
def test_every_setting_says_what_it_is(kind):
    assert undocumented(kind) == [], f"{kind.__name__}: name them in its docstring, or put one below each"


@pytest.mark.parametrize("kind", [Settings, FilterSettings, PatternEntry], ids=lambda kind: kind.__name__)
def test_every_setting_is_on_the_page(kind):
    inner = {field.encode_name for field in msgspec.structs.fields(kind) if isinstance(field.type, type)
             and issubclass(field.type, msgspec.Struct)}  # fmt: skip
    named = set(re.findall(r"^\| `([\w-]+)` \| \S", REFERENCE["settings.md"], re.MULTILINE))
    assert {field.encode_name for field in msgspec.structs.fields(kind)} - inner <= named


class Documented(msgspec.Struct, rename="kebab"):
    """What is known of ``first_one``; it can be set. ``second`` and ``first_one`` go together."""

    first_one: int = 1
    second: str | None = None
    third: tuple[str, ...] = ("a",)
    """The third | of ``first_one``."""
    fourth: bool = False


def test_what_is_not_documented_is_noticed():
    assert undocumented(Documented) == ["fourth"]
    assert meaning(Documented, "first_one") == (
        "What is known of `first-one`; it can be set. `second` and `first-one` go together"
    )
    assert meaning(Documented, "third") == "The third \\| of `first-one`"
    assert '| `third` | The third \\| of `first-one` | list of text | `["a"]` |' in table(Documented)
    assert "| `second` | `second` and `first-one` go together | text |  |" in table(Documented)


def test_every_hook_is_explained_and_shown():
    found = hooks.hooks()
    assert len(found) >= 6
    guide = (ROOT / "docs" / "plugins.md").read_text(encoding="utf-8")
    for hook in found:
        assert len(inspect.getdoc(hook) or "") > 20, hook.__name__
        assert f".. autofunction:: qualitycheck.hookspecs.{hook.__name__}\n" in REFERENCE["hooks.md"]
        assert f"def {hook.__name__}(" in guide, f"docs/plugins.md shows no {hook.__name__}"


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_and_option_says_what_it_does(name):
    command = COMMANDS[name]
    assert command.help
    for parameter in command.params:
        if isinstance(parameter, click.Option):
            assert parameter.help, f"{name} {parameter.opts[0]}"


def test_all_commands_are_looked_at():
    assert {"check", "filter", "compare", "restore", "train", "new-plugin"} <= set(COMMANDS)


@pytest.mark.parametrize("name", SCHEMAS)
def test_every_property_of_the_json_says_what_it_is(name):
    for title, each in schema.objects(SCHEMAS[name]):
        for key, value in each["properties"].items():
            assert schema.meaning(value, SCHEMAS[name]), f"{name}: {title}: {key}"


def test_every_public_name_is_on_the_page():
    for name in {*qualitycheck.__all__} - {"__version__"}:
        assert re.search(rf":: qualitycheck\.{name}$", REFERENCE["python.md"], re.MULTILINE), name
    for module in python.MODULES:
        assert f"\n## {module}\n" in REFERENCE["python.md"]


def test_it_is_written_and_what_is_stale_goes(tmp_path):
    (tmp_path / "rules").mkdir()
    (tmp_path / "rules" / "OLD001.md").write_text("gone")
    write_reference(tmp_path)
    written = {path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*.md")}
    assert written == set(REFERENCE)
    before = (tmp_path / "settings.md").stat().st_mtime_ns
    write_reference(tmp_path)
    assert (tmp_path / "settings.md").stat().st_mtime_ns == before
