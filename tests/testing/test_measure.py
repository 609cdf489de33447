import json
import random

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st
from support import Marks, make_check, make_runner

from qualitycheck import Document
from qualitycheck.cli.group import qualitycheck
from qualitycheck.testing import measure, rate_interval


@pytest.mark.parametrize(
    ("count", "low", "high"),
    # The exact intervals of a Poisson count, as tables give them (Garwood 1936).
    [(0, 0, 3.69), (1, 0.025, 5.57), (5, 1.62, 11.67), (10, 4.80, 18.39), (50, 37.11, 65.92), (100, 81.36, 121.63)],
)
def test_one_finding_a_document_is_a_poisson_count(count, low, high):
    found = rate_interval(count, count)
    assert found[0] == pytest.approx(low, rel=0.01, abs=0.03)
    assert found[1] == pytest.approx(high, rel=0.01)


@given(st.lists(st.integers(1, 50), max_size=30))
def test_the_interval_holds_the_count_and_grows_with_clusters(counts):
    total, squares, most = sum(counts), sum(count**2 for count in counts), max(counts, default=0)
    low, high = rate_interval(total, squares, most)
    assert 0 <= low <= total <= high
    single = rate_interval(total, total)
    assert high >= single[1] - 0.01


def test_the_interval_holds_the_truth_as_often_as_it_says():
    chance = random.Random(7)
    held = 0
    for _ in range(400):
        # 300 documents, one in thirty with a finding, and then with one to five.
        counts = [chance.randint(1, 5) for _ in range(300) if chance.random() < 1 / 30]
        low, high = rate_interval(sum(counts), sum(count**2 for count in counts), max(counts, default=0))
        held += low <= 300 / 30 * 3 <= high
    assert held >= 370


def test_an_impossible_level_is_refused():
    with pytest.raises(ValueError, match="level is 1"):
        rate_interval(1, 1, level=1.0)


def test_findings_documents_and_words_are_counted():
    texts = ["a # b #", "c !", "d e f", "g ~ #"]
    result = measure(make_runner(Marks(), ignore=("MRK002",)), map(Document, texts))
    assert (result.documents, result.words, result.skipped, result.errors) == (4, 7, 0, [])
    counts = {code: (rule.findings, rule.documents) for code, rule in result.rules.items()}
    assert counts == {"MRK001": (3, 2), "MRK003": (1, 1)}
    assert result.per_thousand("MRK001").value == 750
    assert result.per_million_words("MRK003").value == pytest.approx(1e6 / 7)
    assert "the text:1:3: a [#] b #" in result.rules["MRK001"].examples


def test_examples_come_from_everywhere_and_are_the_same_again():
    documents = [Document("#", id=str(number)) for number in range(500)]
    picked = [measure(make_runner(Marks()), documents, examples=3).rules["MRK001"].examples for _ in range(2)]
    assert picked[0] == picked[1] and len(picked[0]) == 3
    assert any(int(example.split(":")[1]) > 100 for example in picked[0])


def test_documents_that_no_check_fits_are_not_counted_as_clean():
    long = make_check("long", "LNG001", min_words=3)
    result = measure(make_runner(long), map(Document, ["a b c", "a"]))
    assert (result.documents, result.skipped) == (1, 1)


def test_rates_are_of_what_the_check_looked_at():
    long = make_check("long", "LNG001", min_words=3, inspect=lambda self, d: [self.finding("LNG001")])
    result = measure(make_runner(long, Marks()), map(Document, ["a b c", "a", "d #", "e"]))
    assert (result.documents, result.rules["LNG001"].seen, result.rules["LNG001"].words) == (4, 1, 3)
    assert result.per_thousand("LNG001").value == 1000 and result.per_thousand("MRK001").value == 250


def test_a_crash_is_an_error():
    def inspect(self, document):
        raise ValueError("the fuse blew")

    result = measure(make_runner(make_check("broken", inspect=inspect)), [Document("a")])
    assert "the fuse blew" in result.errors[0]


# The command


@pytest.fixture
def command(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    rule = {"code": "ACM001", "name": "hash", "message": "A hash.", "pattern": "#"}
    table = "".join(f"{name} = {json.dumps(value)}\n" for name, value in rule.items())
    (tmp_path / "qualitycheck.toml").write_text(f"[[patterns]]\n{table}")
    rows = [{"id": "one", "text": "a # b"}, {"id": "two", "text": "c d"}]
    (tmp_path / "clean.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows))
    (tmp_path / "texts").mkdir()
    (tmp_path / "texts" / "a.txt").write_text("e f g\n")
    return lambda *arguments: CliRunner().invoke(qualitycheck, ["measure", *arguments])


def test_rows_and_folders(command):
    result = command("--select", "ACM001", "clean.jsonl", "texts")
    assert result.exit_code == 0, result.stderr
    assert result.stdout.splitlines() == [
        "3 documents with 7 words; 0 more fit no check",
        "",
        "ACM001 hash: 1 finding in 1 of 3 documents",
        "  per 1,000 documents: 333 (4.4 to 1,855)",
        "  per million words: 142,857 (1,867 to 794,822)",
        "    clean.jsonl:one:1:3: a [#] b",
    ]


def test_json(command):
    result = command("clean.jsonl", "--output-format", "json", "--examples", "0")
    shown = json.loads(result.stdout)
    assert (shown["documents"], shown["words"], shown["rules"][0]["findings"]) == (2, 4, 1)
    assert shown["rules"][0]["per_1000_documents"]["value"] == 500 and shown["rules"][0]["examples"] == []


@pytest.mark.parametrize(
    ("arguments", "status"),
    [
        (["clean.jsonl", "--max-rate", "499"], 1),
        (["clean.jsonl", "--max-rate", "500"], 0),
        (["clean.jsonl", "--limit", "1", "--max-rate", "999"], 1),
        (["gone.jsonl"], 2),
        (["clean.jsonl", "--text-field", "body"], 2),
        (["clean.jsonl", "--select", "ACM009"], 2),
        (["clean.jsonl", "--plugin", "gone.py"], 2),
    ],
)
def test_exit_status(command, arguments, status):
    result = command(*arguments)
    assert result.exit_code == status, result.output
    assert status != 2 or result.stderr.startswith("qualitycheck: error: ")


def test_hostile_text_reaches_no_terminal(command, tmp_path):
    (tmp_path / "bad.jsonl").write_text(json.dumps({"text": "\x1b[31m#\x07"}) + "\n")
    assert not {"\x1b", "\x07"} & set(command("bad.jsonl").stdout)
