import re
import subprocess
import sys
import types

import pytest
from support import Marks, Plugin, make_check, make_runner

from qualitycheck import Rule, Runner, Settings, __version__, hookimpl
from qualitycheck.hookspecs import INTERFACE
from qualitycheck.plugins import load_plugins

SOURCE = """
from qualitycheck import Check, Rule, hookimpl

class {name}(Check):
    rules = [Rule("{code}", "{rule}", "A message.")]

    def inspect(self, document):
        for match in document.finditer("x"):
            yield self.finding("{code}", match.span())

@hookimpl
def qualitycheck_checks(settings):
    return [{name}()]
"""


def source(name="Crosses", code="CRS001", rule="cross"):
    return SOURCE.format(name=name, code=code, rule=rule)


def load(*objects, **settings):
    return load_plugins(Settings(**settings), objects, entry_points=False)


def reason(*objects, **settings):
    """Why the one plugin that fails does."""
    (failed,) = load(*objects, **settings).failed
    assert "\n" not in failed.reason
    return failed.reason


class Entry:
    """A fake entry point: what it loads may be an exception to raise."""

    dist = None

    def __init__(self, name, target):
        self.name, self.value, self._target = name, f"{name}_module", target

    def load(self):
        if isinstance(self._target, BaseException):
            raise self._target
        return self._target


@pytest.fixture
def entry_points(monkeypatch):
    def install(**targets):
        entries = [Entry(name, target) for name, target in targets.items()]
        monkeypatch.setattr("importlib.metadata.entry_points", lambda group: entries if group == "qualitycheck" else [])

    return install


@pytest.mark.parametrize(
    ("error", "expected"),
    [
        (ImportError("no module\nnamed x"), "ImportError: no module named x"),
        (RuntimeError(), "RuntimeError: no message"),
        (SystemExit(3), "SystemExit: 3"),
    ],
)
def test_an_entry_point_that_fails_is_named_and_the_others_go_on(entry_points, error, expected):
    entry_points(bad=error, good=Plugin(Marks()))
    runner = Runner()
    assert [plugin.name for plugin in runner.plugins.loaded] == ["good"]
    (failed,) = runner.plugins.failed
    assert (failed.name, failed.origin) == ("bad", "bad_module")
    assert failed.reason.startswith(expected)
    assert "test_plugins.py:" in failed.reason
    assert [finding.code for finding in runner.check("a #").findings] == ["MRK001"]


def test_keyboard_interrupt_is_not_swallowed(entry_points):
    entry_points(stop=KeyboardInterrupt())
    with pytest.raises(KeyboardInterrupt):
        Runner()


def test_blocked_plugins_are_not_loaded(entry_points, tmp_path):
    (tmp_path / "own.py").write_text("raise SystemExit")
    entry_points(bad=RuntimeError("loaded after all"), good=Plugin(Marks()))
    settings = Settings(block=("bad", "own"), plugins=(str(tmp_path / "own.py"),))
    plugins = load_plugins(settings)
    assert ([plugin.name for plugin in plugins.loaded], plugins.failed) == (["good"], [])


def test_a_file(tmp_path):
    path = tmp_path / "crosses.py"
    path.write_text(source())
    plugins = load(plugins=(str(path),))
    (plugin,) = plugins.loaded
    assert (plugin.name, plugin.origin) == ("crosses", str(path))
    assert [rule.code for rule in plugins.rules] == ["CRS001"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("raise SystemExit('bye')", r"SystemExit: bye \(broken\.py:1\)"),
        ("\n\n1 / 0", r"ZeroDivisionError: division by zero \(broken\.py:3\)"),
        ("def (", "SyntaxError: .*broken.py, line 1"),
        ("import a_module_that_is_not_there", "ModuleNotFoundError: No module named 'a_module_that_is_not_there'"),
        ("", "implements no hook; mark its qualitycheck_… functions with @hookimpl"),
        ("def qualitycheck_checks(settings): return []", "implements no hook"),
        (source().replace("qualitycheck_checks", "qualitycheck_check"), "unknown hook 'qualitycheck_check'"),
        (source().replace("(settings)", "(setings)"), "setings"),
        (source().replace("CRS001", "CRS01"), "rule code 'CRS01' is not three capital letters and three digits"),
    ],
)
def test_a_file_that_does_not_work(tmp_path, text, expected):
    path = tmp_path / "broken.py"
    path.write_text(text)
    assert re.search(expected, reason(plugins=(str(path),)))


def test_a_file_that_is_not_there(tmp_path):
    plugins = load(plugins=(str(tmp_path / "gone.py"),))
    assert plugins.failed[0].reason == "there is no such file"
    assert plugins.failed[0].origin == str(tmp_path / "gone.py")


def test_modules_by_name(tmp_path, monkeypatch):
    monkeypatch.syspath_prepend(tmp_path)
    package = tmp_path / "acme_checks"
    package.mkdir()
    (package / "__init__.py").write_text("")
    (package / "one.py").write_text(source("One", "ONE001", "one"))
    (package / "two.py").write_text(source("Two", "TWO001", "two"))
    plugins = load(plugins=("acme_checks.one", "acme_checks.two"))
    assert [plugin.name for plugin in plugins.loaded] == ["acme_checks.one", "acme_checks.two"]
    assert "No module named 'acme_checks.three'" in reason(plugins=("acme_checks.three",))


def test_objects_modules_and_classes():
    class WithNoArguments(Plugin):
        pass

    module = types.ModuleType("module_plugin")
    exec(source(), module.__dict__)
    plugins = load(Plugin(Marks()), module, WithNoArguments)
    assert plugins.failed == []
    assert [plugin.name for plugin in plugins.loaded] == ["Plugin", "module_plugin", "WithNoArguments"]
    assert [check.name for check in plugins.checks] == ["crosses", "marks"]


def returning(value):
    class Returning:
        @hookimpl
        def qualitycheck_checks(self, settings):
            return value

    return Returning()


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (None, "qualitycheck_checks returned None; return a list"),
        (Marks(), "qualitycheck_checks returned one Check; return a list"),
        (Marks, "returned <class 'support.Marks'>; return a list"),
        (7, "returned 7; return a list"),
        ([Marks], "returned <class 'support.Marks'>, which is no Check object"),
        (["marks"], "returned 'marks', which is no Check object"),
        ([make_check("empty", rules=())], "check “empty” has no rules"),
        ([make_check("german", languages="de")], "check “german” has languages 'de'; make it a set of codes"),
        ([make_check("heavy", weight=1.0)], r"check “heavy” has weight 1.0, which is not in [0, .99]"),
        ([Marks(), Marks()], "check “marks” is already brought by plugin “Returning”"),
        ((1 / 0 for _ in "x"), "ZeroDivisionError"),
    ],
)
def test_what_the_hook_may_not_return(value, expected):
    assert expected in reason(returning(value))


def test_a_hook_may_return_no_check():
    assert load(returning([])).failed == []


class Second(Plugin):
    pass


@pytest.mark.parametrize(
    ("check", "expected"),
    [
        (make_check("marks", "OTH001"), "check “marks” is already brought by plugin “Plugin”"),
        (make_check("other", "MRK001"), "rule MRK001 is already brought by plugin “Plugin”"),
        (
            make_check("other", rules=(Rule("OTH001", "shout", "."),)),
            "rule name “shout” is already that of MRK002, of plugin “Plugin”",
        ),
    ],
)
def test_what_another_plugin_has_is_refused_and_both_are_named(check, expected):
    plugins = load(Plugin(Marks()), Second(check))
    (failed,) = plugins.failed
    assert (failed.name, failed.reason) == ("Second", expected)
    assert [plugin.name for plugin in plugins.loaded] == ["Plugin"]


def test_a_plugin_for_a_newer_interface_is_refused(tmp_path):
    path = tmp_path / "newer.py"
    path.write_text(f"qualitycheck_interface = {INTERFACE + 1}\n{source()}")
    ours = f"and qualitycheck {__version__} has interface {INTERFACE}"
    expected = f"it needs plugin interface {INTERFACE + 1}, {ours}; install a newer qualitycheck"
    assert reason(plugins=(str(path),)) == expected
    path.write_text(source().replace("Rule, hookimpl", "Rule, hookimpl, Oracle"))
    assert reason(plugins=(str(path),)).endswith(f"; {ours}: is the plugin for a newer one?")


@pytest.mark.parametrize("version", ["'1'", "0", "None", "1.5"])
def test_an_interface_that_is_none_is_refused(tmp_path, version):
    path = tmp_path / "odd.py"
    path.write_text(f"qualitycheck_interface = {version}\n{source()}")
    assert reason(plugins=(str(path),)).startswith(f"qualitycheck_interface is {version}; it is a version such as ")


def test_a_plugin_for_this_interface_is_loaded():
    class Saying(Plugin):
        qualitycheck_interface = INTERFACE

    assert load(Saying(Marks())).failed == []


def test_two_plugins_of_one_name_are_refused_and_both_are_named(tmp_path):
    paths = [tmp_path / folder / "mine.py" for folder in "ab"]
    for number, path in enumerate(paths):
        path.parent.mkdir()
        path.write_text(source(f"Check{number}", f"CHK00{number}", f"check-{number}"))
    plugins = load(plugins=tuple(map(str, paths)))
    (failed,) = plugins.failed
    assert (failed.name, failed.origin) == ("mine", str(paths[1]))
    assert failed.reason == f"a plugin of this name is already loaded from {paths[0]}"


def test_a_plugin_given_twice_keeps_its_first_registration(entry_points):
    class Verdict(Plugin):
        @hookimpl
        def qualitycheck_verdict(self, report, settings):
            return "review"

    plugin = Verdict(Marks())
    entry_points(verdict=plugin)
    runner = Runner(plugins=[plugin])
    (failed,) = runner.plugins.failed
    assert failed.reason == "it is already loaded as plugin “verdict”"
    assert runner.check("clean").verdict == "review"


def test_a_refused_plugin_leaves_no_hooks_behind():
    class Refused(Plugin):
        @hookimpl
        def qualitycheck_verdict(self, report, settings):
            return "reject"

    runner = Runner(plugins=[Refused("no check")], entry_points=False)
    assert len(runner.plugins.failed) == 1
    assert runner.check("clean").verdict == "accept"


def test_checks_and_rules_are_sorted():
    plugins = make_runner(make_check("zebra", "AAA002"), make_check("ant", "AAA003"), Marks()).plugins
    assert [check.name for check in plugins.checks] == ["ant", "marks", "zebra"]
    assert [rule.code for rule in plugins.rules] == ["AAA002", "AAA003", "MRK001", "MRK002", "MRK003"]


def test_check_names_come_from_the_class():
    class OddSynonyms2Go(Marks):
        pass

    assert (Marks.name, OddSynonyms2Go.name) == ("marks", "odd-synonyms2-go")


def test_versions_name_plugins_and_what_checks_load():
    class Versioned(Marks):
        def versions(self):
            return {"table": "3"}

    class Broken(Marks):
        name = "broken"
        rules = (Rule("BRK001", "broken", "."),)

        def versions(self):
            raise OSError("no model")

    class Unselected(Versioned):
        rules = (Rule("UNS001", "unselected", "."),)

    assert make_runner(Versioned(), Broken(), Unselected(), ignore=("UNS",)).versions() == {"versioned.table": "3"}


def test_loading_plugins_imports_no_reporter_and_no_model():
    code = "import sys, qualitycheck; qualitycheck.Runner(entry_points=False); print(*sys.modules)"
    modules = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split()
    assert not {"py3langid", "rich", "ftfy", "wordfreq", "justhtml"} & set(modules)
