"""The small documents in ``seeds`` against what is expected of them.

Beside each ``NAME.EXT`` stands a ``NAME.EXT.expected.json``: the ``verdict`` (null where it is not decided), findings
that are ``required`` (a code, with the text found, or without where the finding is about the whole document), and codes
or prefixes of codes that are ``forbidden``.
"""

import functools
import json
from pathlib import Path

import pytest

from qualitycheck import Document, Runner, Severity, check_file

FOLDER = Path(__file__).parent.parent / "seeds"
SUFFIX = ".expected.json"
EXPECTATIONS = sorted(FOLDER.glob(f"*{SUFFIX}"))
SEEDS = sorted(path for path in FOLDER.iterdir() if not path.name.endswith(SUFFIX))
READ = {path: json.loads((FOLDER / (path.name + SUFFIX)).read_text(encoding="utf-8")) for path in SEEDS}


@functools.cache
def report(seed):
    return check_file(seed)


def listing(seed):
    lines = [f"{seed.name}: score {report(seed).score:.1f}, {report(seed).verdict}, found"]
    lines += [f"  {finding.code} {finding.text!r} ({finding.confidence:.2f})" for finding in report(seed).findings]
    return "\n".join(lines)


def name(value):
    return value.name if isinstance(value, Path) else None


def test_there_are_enough_seeds_and_each_has_an_expectation():
    assert len(SEEDS) >= 15
    assert [path.name + SUFFIX for path in SEEDS] == [path.name for path in EXPECTATIONS]
    for expected in READ.values():
        assert set(expected) == {"verdict", "required", "forbidden"}
        assert expected["verdict"] in {"accept", "review", "reject", None}


@pytest.mark.parametrize("seed", SEEDS, ids=name)
def test_nothing_crashes(seed):
    assert report(seed).errors == ()


@pytest.mark.parametrize("seed", [seed for seed in SEEDS if READ[seed]["verdict"]], ids=name)
def test_verdict(seed):
    assert report(seed).verdict == READ[seed]["verdict"], listing(seed)


@pytest.mark.parametrize("seed", [seed for seed in SEEDS if READ[seed]["required"]], ids=name)
def test_required_findings(seed):
    found = {(finding.code, finding.text) for finding in report(seed).findings}
    missing = [wanted for wanted in READ[seed]["required"] if (wanted["code"], wanted.get("text")) not in found]
    assert not missing, f"missing {missing}\n{listing(seed)}"


@pytest.mark.parametrize("seed", [seed for seed in SEEDS if READ[seed]["forbidden"]], ids=name)
def test_forbidden_findings(seed):
    forbidden = tuple(READ[seed]["forbidden"])
    wrong = [finding for finding in report(seed).findings if finding.code.startswith(forbidden)]
    assert not [each for each in wrong if each.severity is not Severity.INFO], listing(seed)


@pytest.mark.parametrize("seed", SEEDS, ids=name)
def test_spans_are_the_text_they_name(seed):
    text = seed.read_bytes().decode("utf-8")
    for finding in report(seed).findings:
        if finding.start is not None:
            assert text[finding.start : finding.end] == finding.text


def test_in_a_batch_each_has_the_report_that_it_has_alone():
    runner = Runner()
    texts = [seed.read_bytes().decode("utf-8") for seed in SEEDS]
    texts += [text[len(text) // 3 : len(text) // 2] for text in texts]
    together = runner.check_batch([Document(text) for text in texts])
    assert together == [runner.check(text) for text in texts]
    assert together[::-1] == runner.check_batch([Document(text) for text in reversed(texts)])
