import importlib
import inspect
import subprocess
import sys

import pytest

import qualitycheck

PROMISED = """Check CheckResult Comparison CorpusCheck CorpusReport Document DocumentReport Evidence
    Explanation Filter Finding Fix INTERFACE InputError Options PluginError Preparation QualityCheckError
    ReportedFinding Row Rule Runner Seen Settings SettingsError Severity Signal Suggestion Table __version__
    assert_not_worse assert_quality check check_file compare hookimpl load_settings"""

#: What else a plugin may import: these modules, and of them these names.
MODULES = {
    "batch": "Batch Groups Lines MOST Part batches count group total",
    "characters": "places_of",
    "commands": "complain open_output read_document settings_from settings_options size",
    "phrases": "PHRASE_BASE PhraseMatcher PhraseTable phrase_keys",
    "readers": "Reader",
    "reporters": "Options Reporter",
    "testing": """Case Measurement Probe RuleMeasurement assert_documented assert_findings load_cases measure probe
        rate_interval run_case run_cases""",
    "tokens": """CAPITALISED FILLER LOWER NUMBER NUMBER_KEY OBJECT PUNCTUATION Tokens UPPER WORD code_points token_key
        tokenize tokenize_all""",
}


@pytest.mark.parametrize("module", MODULES)
def test_the_modules_for_plugins_have_what_is_promised(module):
    found = importlib.import_module(f"qualitycheck.{module}")
    for name in MODULES[module].split():
        value = getattr(found, name)
        assert not callable(value) or inspect.getdoc(value), name


def test_the_public_names_are_those_that_are_promised():
    assert sorted(qualitycheck.__all__) == sorted(PROMISED.split())


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
