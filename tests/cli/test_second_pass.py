"""Checks that need all documents, in ``check``: reports wait for the last document, and nothing else changes."""

import json
import re

import pytest

import qualitycheck.spool
from qualitycheck import Document
from qualitycheck.spool import Spool

PLUGIN = """
from qualitycheck import CorpusCheck, Rule, hookimpl


class Titles(CorpusCheck):
    rules = (Rule("TTL001", "same-title", "Another document has this title."),)
    weight = 0.99

    def sketch(self, document):
        return document.text.split("\\n")[0].encode()

    def resolve(self, corpus):
        first = {}
        for number, seen in enumerate(corpus):
            if seen.sketch == b"CRASH":
                raise ValueError("boom")
            if first.setdefault(seen.sketch, seen) is not seen:
                yield number, self.finding("TTL001", message=f"the title of {first[seen.sketch].name}")

    def badness(self, evidence):
        return 1.0


@hookimpl
def qualitycheck_checks(settings):
    return [Titles()]
"""


@pytest.fixture
def titles(folder, run):
    (folder / "titles.py").write_text(PLUGIN)

    def check(*arguments, **options):
        return run("check", "--plugin", "titles.py", *arguments, **options)

    return check


def write(folder, **texts):
    for name, text in texts.items():
        (folder / f"{name}.txt").write_text(text)
    return [f"{name}.txt" for name in texts]


def test_later_documents_are_amended_in_every_format(folder, titles):
    names = write(folder, a="Same\nodd", b="Same\nfine", c="Other")
    shown = titles(*names, "--output-format", "concise")
    assert "b.txt: TTL001 the title of a.txt" in shown.stdout and "a.txt:2:1: WRD001" in shown.stdout
    full = titles(*names, "--verbose").stdout
    assert re.search(r"b\.txt ─+ 2 words · .*reject 1\.0 of 100", full) and "the title of a.txt" in full
    lines = titles(*names, "--output-format", "jsonl").stdout.splitlines()
    plain = [json.loads(line) for line in lines]
    assert [each["path"] for each in plain] == names
    assert [each["verdict"] for each in plain] == ["accept", "reject", "accept"]
    whole = json.loads(titles(*names, "--output-format", "json").stdout)
    assert whole["summary"]["reject"] == 1
    for name in ("html", "sarif", "junit", "github", "gitlab", "markdown"):
        assert "TTL001" in titles(*names, "--output-format", name).stdout, name
    assert "b.txt,,1.0000,reject" in titles(*names, "--output-format", "csv").stdout


def test_the_exit_status_is_that_of_the_amended_reports(folder, titles):
    names = write(folder, a="Same", b="Same")
    assert titles(*names).exit_code == 1
    assert titles(names[0]).exit_code == 0
    assert titles(*names, "--ignore", "TTL001").exit_code == 0


def test_a_baseline_accepts_what_it_found(folder, titles):
    names = write(folder, a="Same", b="Same")
    assert titles(*names, "--write-baseline", "base.json").exit_code == 0
    again = titles(*names, "--baseline", "base.json")
    assert again.exit_code == 0 and "stale" not in again.stderr
    assert "stale" not in titles(names[1], "--baseline", "base.json").stderr


def test_a_crash_over_the_corpus_is_told_and_costs_no_report(folder, titles):
    names = write(folder, a="CRASH", b="odd")
    result = titles(*names, "--output-format", "jsonl")
    assert result.exit_code == 2 and "check “titles” crashed over 2 documents: ValueError: boom" in result.stderr
    assert len(result.stdout.splitlines()) == 2


def test_the_spool_gives_back_what_was_put_in(monkeypatch):
    monkeypatch.setattr(qualitycheck.spool, "_IN_MEMORY", 100)
    documents = [
        Document("a \ud800 lone surrogate", path="a.txt"),
        Document("x" * 500, prose=" " * 500, id="7", metadata={"k": [1]}, comments=[(1, 3)], fragment=True),
        Document(""),
    ]
    with Spool() as spool:
        for document in documents:
            assert document.words >= 0  # what is computed of it is not kept
            spool.add(document)
        found = list(spool)
        assert len(spool) == 3
    for one, other in zip(documents, found, strict=True):
        for name in ("text", "prose", "path", "id", "metadata", "comments", "fragment"):
            assert getattr(one, name) == getattr(other, name)
        assert "tokens" not in other.__dict__
