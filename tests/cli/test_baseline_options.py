import json
from pathlib import Path

import pytest
from processes import write


def test_from_the_day_a_baseline_is_written_only_what_is_new_counts(run):
    write(a="odd and dull", b="odd")
    result = run("check", ".", "--write-baseline", "baseline.json")
    assert (result.exit_code, result.stderr) == (0, "qualitycheck: baseline.json accepts 3 findings\n")
    result = run("check", ".", "--baseline", "baseline.json")
    assert (result.exit_code, result.stderr) == (0, "")
    assert "suppressed: 2 by baseline" in result.stdout
    assert "2 documents, 4 words: 2 accept; nothing found; 3 suppressed." in result.stdout
    write(a="odd and dull, and also odd")
    result = run("check", ".", "--baseline", "baseline.json", "--output-format", "concise")
    assert result.exit_code == 1
    assert result.stdout.startswith("a.txt:1:24: WRD001")


def test_stale_entries_are_reported_and_taken_out(run):
    write(a="odd and dull", b="odd")
    run("check", ".", "--write-baseline", "baseline.json")
    write(a="fine and dull")
    Path("b.txt").unlink()
    result = run("check", ".", "--baseline", "baseline.json", "--output-format", "json")
    stale = ["stale in the baseline: a.txt no longer has WRD001 “odd”", "stale in the baseline: b.txt is gone"]
    assert json.loads(result.stdout)["notes"] == stale
    assert result.stderr == "".join(f"qualitycheck: {line}\n" for line in stale)
    assert result.exit_code == 0
    assert "accepts 1 finding\n" in run("check", ".", "--write-baseline", "baseline.json").stderr


def test_the_settings_name_a_baseline_for_everybody(run, folder, monkeypatch):
    write(a="odd")
    run("check", "a.txt", "--write-baseline", "baseline.json")
    (folder / "qualitycheck.toml").write_text('baseline = "baseline.json"\n')
    (folder / "below").mkdir()
    monkeypatch.chdir("below")
    plugin = str(folder / "words.py")
    assert run("check", "../a.txt", plugin=plugin).exit_code == 0
    assert run("check", "../a.txt", "--isolated", plugin=plugin).exit_code == 1


@pytest.mark.parametrize("status", [0, 1])
def test_what_cannot_be_read_stays_an_error_and_the_baseline_is_written(run, status):
    write(a="odd")
    result = run("check", "a.txt", *["missing.txt"][status:], "--write-baseline", "baseline.json")
    assert result.exit_code == [2, 0][status]
    assert "accepts 1 finding" in result.stderr
    assert run("check", "a.txt", "--baseline", "baseline.json").exit_code == 0


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--baseline", "missing.json"], "baseline missing.json: there is no such file; --write-baseline makes one"),
        (["--baseline", "a.txt"], "a.txt is not a baseline: "),
        (["--write-baseline", "a.txt"], "a.txt is not a baseline: "),
        (
            ["--baseline", "b.json", "--write-baseline", "b.json"],
            "--write-baseline excludes --baseline, --fix and --diff",
        ),
        (["--write-baseline", "missing/b.json"], "baseline missing/b.json: cannot be written: "),
    ],
)
def test_mistakes_are_one_line(run, arguments, message):
    write(a="odd")
    result = run("check", "a.txt", *arguments)
    assert result.exit_code == 2
    assert result.stderr.startswith(f"qualitycheck: error: {message}")
    assert result.stderr.count("\n") == 1
    assert Path("a.txt").read_text() == "odd"
