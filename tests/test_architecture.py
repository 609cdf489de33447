"""The rules of the house, read off the imports: who may know whom."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

import qualitycheck

ROOT = Path(__file__).parent.parent
CORE = sorted((ROOT / "qualitycheck").rglob("*.py"))
PLUGINS = sorted(path for path in (ROOT / "plugins").iterdir() if (path / "__init__.py").is_file())


def imports(path):
    """Everything a file imports, functions included but not for type checkers alone, as dotted names."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    for node in ast.walk(tree):
        if isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING":
            node.body = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}:{node.lineno}: relative import"
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def label(path):
    return str(path.relative_to(ROOT))


@pytest.mark.parametrize("path", CORE, ids=label)
def test_the_core_imports_no_bundled_plugin(path):
    assert not [name for name in imports(path) if name.startswith("qualitycheck_")]


# Nothing is imported by what comes before it in this line, but that a stage makes what it hands on: a reader makes
# documents, and the runner, where all comes together, asks for the score and makes the report.
LINE = ("readers", "document", "runner", "scoring", "report", "reporters")
MAKES = {"readers": {"document"}, "runner": {"scoring", "report"}}
FORBIDDEN = {stage: {*LINE[place + 1 :], "cli"} - MAKES.get(stage, set()) for place, stage in enumerate(LINE)}

# What the stages stand on knows none of them.
BASE = ("tokens", "quotation", "language", "rule", "finding", "explanation", "options", "checks", "hookspecs")
BASE += ("profiles", "settings", "plugins", "selection")
FORBIDDEN.update((module, {*LINE, "cli"}) for module in BASE)


def files_of(stage):
    own = ROOT / "qualitycheck" / f"{stage}.py"
    return [own] if own.is_file() else sorted((ROOT / "qualitycheck" / stage).glob("*.py"))


@pytest.mark.parametrize("stage", FORBIDDEN)
def test_nothing_is_imported_against_the_line(stage):
    forbidden = tuple(f"qualitycheck.{other}." for other in FORBIDDEN[stage])
    files = files_of(stage)
    assert files
    for path in files:
        wrong = [name for name in imports(path) if f"{name}.".startswith(forbidden)]
        assert not wrong, f"{label(path)} imports {', '.join(wrong)}"


ALLOWED = {"qualitycheck", *(f"qualitycheck.{name}" for name in qualitycheck.__all__)}
VIEWS = tuple(
    f"qualitycheck.{module}" for module in ("batch", "characters", "commands", "phrases", "tokens", "typical")
)


@pytest.mark.parametrize("plugin", PLUGINS, ids=lambda plugin: plugin.name)
def test_bundled_plugins_use_public_names_alone(plugin):
    for path in plugin.rglob("*.py"):
        for name in imports(path):
            top = name.split(".")[0]
            if top == "qualitycheck":
                assert name in ALLOWED or name.startswith(VIEWS), f"{label(path)} imports {name}"
            elif top.startswith("qualitycheck_"):
                assert top == plugin.name, f"{label(path)} imports {name}"


def test_every_plugin_folder_is_an_entry_point():
    from importlib.metadata import entry_points

    modules = {
        entry.value for group in ("qualitycheck", "qualitycheck.profiles") for entry in entry_points(group=group)
    }
    assert {plugin.name for plugin in PLUGINS} <= modules


def test_without_any_plugin_the_core_runs_and_says_so():
    code = """
import sys
for name in list(sys.path):
    if name.endswith("plugins"): sys.path.remove(name)
from qualitycheck import Runner
report = Runner(entry_points=False).check("Text without any check.")
assert not [name for name in sys.modules if name.startswith("qualitycheck_")]
print(report.score, report.verdict, *report.notes)
"""
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert result.stdout == "100.0 accept no checks: no plugin brings one, so nothing was looked for\n"
