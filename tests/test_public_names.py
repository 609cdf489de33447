import inspect
import subprocess
import sys

import pytest

import qualitycheck

PROMISED = """Check CheckResult Comparison CorpusCheck CorpusReport Document DocumentReport Evidence Filter Finding Fix
    InputError Options PluginError QualityCheckError ReportedFinding Rule Runner Seen Settings SettingsError Severity
    Signal Suggestion __version__ assert_not_worse assert_quality check check_file compare hookimpl load_settings"""


def test_the_public_names_are_those_that_are_promised():
    assert sorted(qualitycheck.__all__) == PROMISED.split()


@pytest.mark.parametrize("name", PROMISED.split())
def test_each_name_is_there_and_documented(name):
    value = getattr(qualitycheck, name)
    if inspect.isclass(value) or inspect.isfunction(value):
        assert value.__module__.startswith("qualitycheck.")
        assert inspect.getdoc(value)


def test_an_unknown_name_is_an_attribute_error():
    with pytest.raises(AttributeError, match="nonsense"):
        _ = qualitycheck.nonsense


@pytest.mark.parametrize(
    "first",
    ["import qualitycheck.checks", "import qualitycheck.runner", "from qualitycheck.checks import Check", "pass"],
)
def test_check_is_the_function_whatever_was_imported_before(first):
    code = f"{first}\nfrom qualitycheck import check\nimport qualitycheck\nassert callable(check), check\n"
    subprocess.run([sys.executable, "-c", code + "assert qualitycheck.check is check"], check=True)


def test_errors_have_one_base():
    for name in ("InputError", "PluginError", "SettingsError"):
        assert issubclass(getattr(qualitycheck, name), qualitycheck.QualityCheckError)
