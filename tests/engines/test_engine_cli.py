"""``qualitycheck filter --engine`` where the engine is not installed."""

import importlib.util

import pytest
from click.testing import CliRunner

from qualitycheck.cli.group import qualitycheck


@pytest.mark.skipif(importlib.util.find_spec("ray") is not None, reason="Ray is installed")
def test_an_engine_that_is_not_installed_is_one_line_with_its_extra(tmp_path):
    path = tmp_path / "shard.jsonl"
    path.write_text('{"text": "Fine."}\n')
    result = CliRunner().invoke(qualitycheck, ["filter", str(path), "-o", str(tmp_path / "out"), "--engine", "ray"])
    assert result.exit_code == 2 and result.stdout == ""
    assert result.stderr.startswith("qualitycheck: error: needs ray.data, which cannot be imported")
    assert result.stderr.endswith("; pip install 'qualitycheck[ray]'\n") and result.stderr.count("\n") == 1
    assert not (tmp_path / "out").exists()


def test_another_engine_is_a_mistake_in_use(tmp_path):
    result = CliRunner().invoke(qualitycheck, ["filter", "-", "-o", str(tmp_path), "--engine", "sparkle"])
    assert result.exit_code == 2 and "sparkle" in result.stderr


@pytest.mark.parametrize("name", ["datatrove", "dolma", "nemo"])
def test_an_adapter_names_its_extra_when_it_is_imported(name):
    module = {"nemo": "nemo_curator"}.get(name, name)
    if importlib.util.find_spec(module) is not None:
        pytest.skip(f"{name} is installed")
    with pytest.raises(ImportError, match=rf"pip install 'qualitycheck\[{name}\]'"):
        importlib.import_module(f"qualitycheck.engines.{name}")
