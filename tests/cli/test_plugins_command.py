import json


def test_plugins_and_what_they_bring(run):
    result = run("plugins")
    assert result.exit_code == 0
    assert result.stdout.splitlines()[:6] == [
        "words, from words.py",
        "  check words",
        "    WRD001 odd-word (error)",
        "    WRD002 dull-word (warning)",
        "    WRD003 plain-word (info)",
        "",
    ]
    assert result.stdout.splitlines()[-1] == "1 plugin loaded, 0 failed; 1 check, 3 rules."


def test_a_plugin_that_does_not_load_is_listed_with_the_reason(run, folder):
    (folder / "broken.py").write_text("1 / 0")
    result = run("plugins", "--plugin", "broken.py")
    assert result.exit_code == 2
    assert (
        "broken, from broken.py\n  failed to load: ZeroDivisionError: division by zero (broken.py:1)\n" in result.stdout
    )
    assert result.stdout.endswith("1 plugin loaded, 1 failed; 1 check, 3 rules.\n")


def test_other_hooks_are_named(run, folder):
    (folder / "other.py").write_text("""
from qualitycheck import hookimpl

@hookimpl
def qualitycheck_verdict(report, settings): return None
""")
    assert "other, from other.py\n  also qualitycheck_verdict\n" in run("plugins", "--plugin", "other.py").stdout


def test_as_json(run):
    result = run("plugins", "--output-format", "json", "--plugin", "missing.py")
    assert result.exit_code == 2
    listed = json.loads(result.stdout)
    assert listed["loaded"] == [
        {
            "name": "words",
            "origin": "words.py",
            "version": None,
            "checks": {"words": ["WRD001", "WRD002", "WRD003"]},
            "hooks": ["qualitycheck_checks"],
        }
    ]
    assert listed["failed"] == [{"name": "missing", "origin": "missing.py", "reason": "there is no such file"}]
    assert listed["blocked"]


def test_no_plugins_at_all(run):
    result = run("plugins", plugin=None)
    assert result.exit_code == 0
    assert result.stdout.endswith("There are no plugins, so there are no checks.\n")
