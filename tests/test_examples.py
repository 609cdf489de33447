"""The example plugins, built, installed and tested as a stranger's."""

import ast
import re
import shutil
from pathlib import Path

import pytest
from strangers import Environment, passes_its_own_tests

import qualitycheck

EXAMPLES = sorted(
    path for path in (Path(__file__).parent.parent / "examples").iterdir() if (path / "pyproject.toml").is_file()
)
PUBLIC = {"qualitycheck.phrases", "qualitycheck.testing", "qualitycheck.tokens"}


def test_there_are_two():
    assert len(EXAMPLES) == 2


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda path: path.name)
def test_it_installs_and_passes_its_own_tests(example, tmp_path):
    project = tmp_path / example.name
    shutil.copytree(example, project, ignore=shutil.ignore_patterns("build", "*.egg-info", "__pycache__"))
    printed = passes_its_own_tests(Environment(tmp_path / "env"), project, example.name.replace("-", "_"))
    assert int(re.search(r"(\d+) passed", printed)[1]) >= 10


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda path: path.name)
def test_it_uses_public_names_alone(example):
    for path in example.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ImportFrom) and node.module.split(".")[0] == "qualitycheck":
                names = {alias.name for alias in node.names}
                assert node.module in PUBLIC or (node.module == "qualitycheck" and names <= set(qualitycheck.__all__))
