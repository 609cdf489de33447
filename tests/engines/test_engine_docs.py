"""The pages on engines: their snippets are the examples, and their figures what the script prints."""

import importlib.util
import re
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent.parent
EXAMPLES = sorted(path for path in (ROOT / "examples" / "engines").glob("with_*"))
PAGE = (ROOT / "docs" / "engines.md").read_text("utf-8")


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.name)
def test_the_page_shows_the_example(path):
    text = path.read_text("utf-8")
    body = text.split('"""\n', 1)[1] if path.suffix == ".py" else text.split("\n", 2)[2]
    assert body.strip("\n") in PAGE


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.name)
def test_ci_runs_the_example(path):
    assert path.name in (ROOT / ".ci" / "engines").read_text("utf-8")


def test_every_engine_has_its_extra():
    project = (ROOT / "pyproject.toml").read_text("utf-8")
    named = set(re.findall(r"qualitycheck\[(\w+)\]", PAGE))
    assert named == {"pandas", "polars", "datasets", "datatrove", "dolma", "spark", "ray", "nemo"}
    assert all(re.search(rf"^{name} = \[", project, re.MULTILINE) for name in named)


@pytest.fixture(scope="module")
def script():
    spec = importlib.util.spec_from_file_location("terabytes", ROOT / "benchmarks" / "terabytes.py")
    module = sys.modules["terabytes"] = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_plan_shows_what_the_script_prints(script):
    page = (ROOT / "docs" / "terabytes.md").read_text("utf-8")
    for table in script.report(script.Plan(), script.RATES).split("\n\n"):
        assert table in page


def test_playing_through_agrees_with_the_arithmetic(script):
    plan = script.Plan(terabytes=2, nodes=4, cores=8, failures=0.0)
    calm = script.simulate(plan, 100.0)
    assert calm["busy"] == pytest.approx(2000 * 100.0, rel=0.05)
    assert 2000 * 100 / 32 * 0.95 < calm["end"] < 2000 * 100 / 32 * 1.15
    assert (calm["lost"], calm["again"], calm["given_up"]) == (0, 0, 0)
    stormy = script.simulate(script.Plan(terabytes=2, nodes=4, cores=8, failures=2.0), 100.0)
    assert stormy["again"] > 0 and stormy["lost"] > 0 and stormy["end"] > calm["end"]
    assert stormy["busy"] == pytest.approx(calm["busy"]), "nothing is lost for good"
    assert script.simulate(plan, 100.0) == calm, "the same every time"
