"""The plain filter's word on the documents, asked once."""

import json
import os

import engine_corpus
import pytest

FAST = ("BRC", "QUO", "BPL", "FUS")


@pytest.fixture(scope="session")
def chosen(tmp_path_factory):
    """Settings with all checks; QUALITYCHECK_FAST=1 takes a few, for a busy machine."""
    select = FAST if os.environ.get("QUALITYCHECK_FAST") else ()
    return engine_corpus.settings(tmp_path_factory.mktemp("plugin"), select=select)


@pytest.fixture(scope="session")
def fast(tmp_path_factory):
    """Settings with a few fast checks, where the one batch function was held against the filter before."""
    return engine_corpus.settings(tmp_path_factory.mktemp("plugin"), select=FAST)


@pytest.fixture(scope="session")
def documents():
    """The rows as objects, with all faults."""
    return engine_corpus.rows()


@pytest.fixture(scope="session")
def columns(documents):
    """The rows as columns of text."""
    return engine_corpus.columns(documents)


@pytest.fixture(scope="session")
def jsonl(documents, tmp_path_factory):
    """The rows as JSON lines."""
    path = tmp_path_factory.mktemp("jsonl") / "documents.jsonl"
    path.write_text("".join(json.dumps(row) + "\n" for row in documents))
    return path


@pytest.fixture(scope="session")
def expected(jsonl, chosen, tmp_path_factory):
    """What the plain filter makes of the rows."""
    found = engine_corpus.plain(tmp_path_factory.mktemp("plain"), jsonl, chosen)
    folders = {each["folder"] for each in found.values()}
    reasons = {each["reason"] for each in found.values()}
    assert folders == {"accepted", "review", "rejected", "quarantine"}
    assert reasons == {None, "empty", "text-is-no-text", "no-text", "too-long", "check-crashed"}
    return found


@pytest.fixture(scope="session")
def expected_columns(expected):
    """The same for a column of texts, where a row without the field has a null."""
    return _as_columns(expected)


@pytest.fixture(scope="session")
def expected_fast(jsonl, fast, tmp_path_factory):
    """What the plain filter says of a column of texts with a few checks."""
    return _as_columns(engine_corpus.plain(tmp_path_factory.mktemp("plain"), jsonl, fast))


def _as_columns(expected):
    return {
        name: {**each, "reason": "text-is-no-text"} if each["reason"] == "no-text" else each
        for name, each in expected.items()
    }
