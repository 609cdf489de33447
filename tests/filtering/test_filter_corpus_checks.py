"""The filter's second pass: duplicates leave the accepted, and every promise holds."""

import io
import json
import os

import pytest
from corpora import contents, filter_to, ids, lines, settings, summary, write_jsonl

from qualitycheck import PluginError, SettingsError
from qualitycheck.filtering.run import Run

TITLES = """
from qualitycheck import CorpusCheck, Rule, hookimpl


class Titles(CorpusCheck):
    rules = (Rule("TTL001", "same-title", "Another document has this title."),)
    weight = 0.5

    def sketch(self, document):
        return document.text.split(" ")[0].encode()

    def resolve(self, corpus):
        first = {}
        for number, seen in enumerate(corpus):
            if "BOOM" in seen.sketch.decode():
                raise ValueError("boom")
            other = first.setdefault(seen.sketch, seen)
            if other is not seen and "CHK001" not in other.codes:
                yield number, self.finding("TTL001", message=f"the title of {other.name}", confidence=1.0)

    def badness(self, evidence):
        return 1.0


@hookimpl
def qualitycheck_checks(settings):
    return [Titles()]
"""


def titled(folder, **options):
    """Settings with the plugin of all filter tests and the one above."""
    path = folder / "titles.py"
    path.write_text(TITLES)
    chosen = settings(folder, corpus_checks=True, **options)
    import msgspec

    return msgspec.structs.replace(chosen, plugins=(*chosen.plugins, str(path)))


def records(count=60, start=0):
    return [{"id": f"d{number}", "text": f"T{number % 40} good words {'tea ' * (number % 7)}"} for number in range(start, start + count)]  # fmt: skip  # noqa: E501


def reviewed(folder):
    return sorted(each["id"] for each in lines(folder, "review"))


@pytest.fixture
def corpus(tmp_path):
    return [write_jsonl(tmp_path / "a.jsonl", records(50)), write_jsonl(tmp_path / "b.jsonl", records(30, 50))]


def test_the_first_stays_and_later_ones_go_to_review(tmp_path, corpus):
    outcome, said = filter_to(tmp_path / "out", corpus, titled(tmp_path, split_size=700, findings=True))
    expected = sorted(f"d{number}" for number in range(40, 80))
    assert reviewed(tmp_path / "out") == expected and not said
    assert ids(tmp_path / "out") == {f"d{number}": 1 for number in range(80)}
    found = {each["id"]: each["quality"]["findings"][0]["message"] for each in lines(tmp_path / "out", "review")}
    assert found["d40"] == f"the title of {corpus[0]}:d0" and found["d79"] == f"the title of {corpus[0]}:d39"
    assert outcome.summary["verdicts"] == {"accept": 40, "review": 40, "reject": 0}
    assert [rule["documents"] for rule in outcome.summary["rules"]] == [40]
    ledger = [json.loads(line) for path in sorted((tmp_path / "out/ledger").iterdir()) for line in path.open()]
    assert sum(entry.get("findings", {}).get("TTL001", 0) for entry in ledger) == 40


def test_without_it_nothing_is_found_and_nothing_kept(tmp_path, corpus):
    import msgspec

    chosen = titled(tmp_path)
    alone = msgspec.structs.replace(chosen, filter=msgspec.structs.replace(chosen.filter, corpus_checks=False))
    filter_to(tmp_path / "out", corpus, alone)
    assert reviewed(tmp_path / "out") == [] and not (tmp_path / "out" / "sketches").exists()


def test_the_order_is_that_of_the_inputs(tmp_path, corpus):
    filter_to(tmp_path / "out", corpus[::-1], titled(tmp_path, split_size=700))
    # b has d50 to d79: the titles 10 to 39 are its own, and a comes after.
    assert reviewed(tmp_path / "out") == sorted(f"d{number}" for number in [*range(10, 50)])


@pytest.mark.parametrize("workers", [1, 3])
def test_any_number_of_workers_comes_to_the_same(tmp_path, corpus, workers):
    filter_to(tmp_path / "out", corpus, titled(tmp_path, split_size=700))
    chosen = titled(tmp_path, split_size=700, workers=workers)
    filter_to(tmp_path / "spread", corpus, chosen, in_process=False)
    assert contents(tmp_path / "out") == contents(tmp_path / "spread")
    assert summary(tmp_path / "out") == summary(tmp_path / "spread")


def test_a_second_run_has_nothing_to_do(tmp_path, corpus):
    filter_to(tmp_path / "out", corpus, titled(tmp_path))
    before = {path: path.stat().st_mtime_ns for path in (tmp_path / "out").rglob("*-*.jsonl")}
    outcome, _ = filter_to(tmp_path / "out", corpus, titled(tmp_path))
    assert outcome.resumed == 80
    assert {path: path.stat().st_mtime_ns for path in (tmp_path / "out").rglob("*-*.jsonl")} == before


def test_a_new_input_changes_what_it_touches_and_no_more(tmp_path, corpus):
    filter_to(tmp_path / "out", corpus[1], titled(tmp_path, split_size=700))
    assert reviewed(tmp_path / "out") == []
    filter_to(tmp_path / "out", corpus, titled(tmp_path, split_size=700), resume=True)
    filter_to(tmp_path / "fresh", corpus, titled(tmp_path, split_size=700))
    assert contents(tmp_path / "out") == contents(tmp_path / "fresh")
    filter_to(tmp_path / "out", corpus[1], titled(tmp_path, split_size=700), resume=True)
    assert reviewed(tmp_path / "out") == []  # what was a copy is none any more


@pytest.mark.parametrize("after", range(0, 12, 2))
def test_broken_off_anywhere_and_begun_again(tmp_path, corpus, after, monkeypatch):
    """Killed after so many splits were committed, in either pass."""
    from qualitycheck.filtering import parts

    chosen = titled(tmp_path, split_size=700)
    filter_to(tmp_path / "fresh", corpus, chosen)
    process = os.fork()
    if process == 0:
        commit, done = parts.Parts.commit, []

        def dying(self):
            files = commit(self)
            done.append(files)
            if len(done) > after:
                os._exit(9)
            return files

        monkeypatch.setattr(parts.Parts, "commit", dying)
        filter_to(tmp_path / "out", corpus, chosen)
        os._exit(0)
    os.waitpid(process, 0)
    filter_to(tmp_path / "out", corpus, chosen)
    assert contents(tmp_path / "out") == contents(tmp_path / "fresh")
    assert summary(tmp_path / "out") == summary(tmp_path / "fresh")


def test_what_is_wrong_with_a_document_by_itself_still_counts_and_is_told(tmp_path):
    path = write_jsonl(tmp_path / "a.jsonl", [
        {"id": "a", "text": "Same bad bad bad"}, {"id": "b", "text": "Same good"}, {"id": "c", "text": ""},
        {"id": "d", "text": "Other good"}, {"id": "e", "text": "Other bad bad bad"},
    ])  # fmt: skip
    filter_to(tmp_path / "out", path, titled(tmp_path))
    assert reviewed(tmp_path / "out") == [] or "b" in reviewed(tmp_path / "out")
    assert sum(ids(tmp_path / "out").values()) == 5


def test_what_cannot_be_read_is_told_once(tmp_path):
    path = write_jsonl(
        tmp_path / "a.jsonl", [{"id": "a", "text": "Same one"}, {"id": "b"}, {"id": "c", "text": "Same"}]
    )
    _, told = filter_to(tmp_path / "out", path, titled(tmp_path))
    assert len(told) == 1 and "no field" in told[0]
    assert sum(ids(tmp_path / "out").values()) == 3


@pytest.mark.parametrize("compression", ["gz", "none"])
def test_other_formats_and_samples(tmp_path, compression):
    pytest.importorskip("pyarrow")
    import pyarrow as pa
    import pyarrow.parquet as pq

    pq.write_table(pa.Table.from_pylist(records(60)), tmp_path / "a.parquet", row_group_size=25)
    for number in range(6):
        (tmp_path / f"{number}.txt").write_text(f"T{number % 3} good words")
    chosen = titled(tmp_path, compression=compression, output_format="jsonl", sample_rate=0.9)
    texts = [tmp_path / f"{number}.txt" for number in range(6)]
    outcome, _ = filter_to(tmp_path / "out", [tmp_path / "a.parquet", *texts], chosen)
    folders = outcome.summary["folders"]
    assert folders["accepted"] <= 40 < sum(folders.values()) <= 66
    again, _ = filter_to(tmp_path / "again", [tmp_path / "a.parquet", *texts], chosen)
    assert again.summary["folders"] == folders


def test_a_check_that_crashes_over_the_corpus_ends_the_run_with_a_line(tmp_path, corpus):
    write_jsonl(corpus[1], [{"id": "x", "text": "BOOM words"}])
    with pytest.raises(PluginError, match="check “titles” crashed over 51 documents: ValueError: boom"):
        filter_to(tmp_path / "out", corpus, titled(tmp_path))
    assert not (tmp_path / "out" / "summary.json").exists()


def test_what_can_be_read_only_once_is_refused(tmp_path):
    path = write_jsonl(tmp_path / "a.jsonl", records(3))
    with pytest.raises(SettingsError, match="reads its inputs twice"):
        filter_to(tmp_path / "out", ["-"], titled(tmp_path))
    with pytest.raises(SettingsError, match="judges documents twice"):
        Run(titled(tmp_path), [str(path)], in_process=True).into_stream(io.BytesIO())
