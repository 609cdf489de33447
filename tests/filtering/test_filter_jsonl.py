"""JSON lines through the filter: what comes out, where, and unchanged."""

import json

import pytest
from corpora import contents, filter_to, ids, lines, rows, settings, summary, write_jsonl

from qualitycheck import InputError, SettingsError


def test_every_document_is_in_one_folder_by_its_verdict(tmp_path):
    path = write_jsonl(tmp_path / "a.jsonl", rows(200))
    outcome, said = filter_to(tmp_path / "out", path, settings(tmp_path))
    assert outcome.status == 0 and not said
    assert ids(tmp_path / "out") == {f"doc-{number}": 1 for number in range(200)}
    for folder, verdict in (("accepted", "accept"), ("review", "review"), ("rejected", "reject")):
        found = lines(tmp_path / "out", folder)
        assert found and {record["quality"]["verdict"] for record in found} == {verdict}
        for record in found:
            assert record["quality"]["score"] == pytest.approx(100 - sum(record["quality"]["points"].values()))


def test_bytes_that_are_not_looked_at_pass_through(tmp_path):
    line = '{ "n" : 123456789012345678901234567890, "f": 1.10, "text":"good \\u00e9 tea",  "e": {"b":1,"a":[ ]} }'
    (tmp_path / "a.jsonl").write_text(line + "\r\n\n  \n", encoding="utf-8")
    filter_to(tmp_path / "out", tmp_path / "a.jsonl", settings(tmp_path))
    (data,) = [data for name, data in contents(tmp_path / "out").items() if name.startswith("accepted/")]
    assert data.decode() == line[:-2] + ',"quality":{"score":100.0,"verdict":"accept","points":{}}}\n'


def test_the_order_is_kept_within_a_split(tmp_path):
    path = write_jsonl(tmp_path / "a.jsonl", rows(300))
    filter_to(tmp_path / "out", path, settings(tmp_path, annotate=True))
    assert [record["id"] for record in lines(tmp_path / "out", "annotated")] == [f"doc-{n}" for n in range(300)]


def test_nested_fields_and_names_with_dots(tmp_path):
    records = [{"a": {"b": {"text": "good"}, "id": 7}, "from": "x"}, {"a.b.text": "bad bad bad bad", "a": {"id": "8"}}]
    path = write_jsonl(tmp_path / "a.jsonl", records)
    chosen = settings(tmp_path, text_field="a.b.text", id_field="a.id", source_field="from", quality_field="q")
    outcome, _ = filter_to(tmp_path / "out", path, chosen)
    assert lines(tmp_path / "out", "accepted")[0]["q"]["score"] == 100
    assert lines(tmp_path / "out", "rejected")[0]["a.b.text"] == "bad bad bad bad"
    assert [each["id"] for each in lines(tmp_path / "out", "ledger")] == ["7", "8"]
    assert outcome.summary["sources"] == {"x": {"accepted": 1}}


FAULTS = {
    b'{"text": "good"': "broken-json",
    b"not json": "broken-json",
    b'{"text": "caf\xe9"}': "invalid-utf8",
    b'{"text": "good", "note": "\xff"}': "invalid-utf8",
    b'{"text": "\\ud800"}': "broken-json",
    b'{"text": NaN}': "broken-json",
    b'["text"]': "not-an-object",
    b"17": "not-an-object",
    b'{"texts": "good"}': "no-text",
    b'{"text": null}': "text-is-no-text",
    b'{"text": 5}': "text-is-no-text",
    b'{"text": ["good"]}': "text-is-no-text",
    b'{"text": "good", "quality": 5}': "field-taken",
    b'{"text": "good BOOM"}': "check-crashed",
    b'{"text": "' + b"x" * 700 + b'"}': "too-long",
    b'{"text": "' + b"x" * 1500 + b'"}': "line-too-long",
    b'{"a":' * 2000 + b"1": "line-too-long",
    b'{"text": "good", "a":' + b"[" * 400 + b"]" * 400 + b"}": None,
}


@pytest.mark.parametrize("place", [0, 3, 6])
@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault[:24].decode(errors="replace"))
def test_a_bad_line_costs_one_line_and_says_where(tmp_path, fault, place):
    good = [json.dumps({"id": str(number), "text": "good tea"}).encode() for number in range(6)]
    data = [*good[:place], fault, *good[place:]]
    path = tmp_path / "a.jsonl"
    path.write_bytes(b"\n".join(data))
    offset = sum(len(line) + 1 for line in data[:place])
    chosen = settings(tmp_path, max_line=1200, max_document=600, split_size=150)
    outcome, said = filter_to(tmp_path / "out", path, chosen)
    reason = FAULTS[fault]
    assert len(lines(tmp_path / "out", "accepted")) == 6 + (reason is None)
    assert outcome.summary["documents"] == 7
    if reason is None:
        return
    assert outcome.status == 2 and outcome.summary["reasons"] == {reason: 1}
    (lost,) = lines(tmp_path / "out", "quarantine")
    length = len(fault) + (place < 6)
    assert (lost["reason"], lost["file"], lost["line"], lost["offset"], lost["length"]) == (
        reason, str(path), place + 1, offset, length,
    )  # fmt: skip
    assert len(said) == 1 and said[0].startswith(f"{path}:{place + 1} (byte {offset:,}): ")
    (entry,) = [each for each in lines(tmp_path / "out", "ledger") if each["folder"] == "quarantine"]
    assert (entry["line"], entry["offset"], entry["reason"]) == (place + 1, offset, reason)


def test_what_is_in_quarantine_can_be_taken_out_again(tmp_path):
    path = tmp_path / "a.jsonl"
    path.write_bytes(b'{"id": "x", "text": "good BOOM"}\n{"text": "caf\xe9"}\n')
    filter_to(tmp_path / "out", path, settings(tmp_path))
    crashed, bad = lines(tmp_path / "out", "quarantine")
    assert crashed["raw"] == '{"id": "x", "text": "good BOOM"}' and crashed["id"] == "x"
    assert "the fuse blew" in crashed["message"]
    import base64

    assert base64.b64decode(bad["raw_base64"]) == b'{"text": "caf\xe9"}'


def test_a_crash_costs_one_check_on_one_document(tmp_path):
    (tmp_path / "second.py").write_text(
        "from qualitycheck import Check, Rule, hookimpl\n"
        "class Tea(Check):\n"
        "    rules = (Rule('TEA001', 'tea', 'Tea.'),)\n"
        "    def inspect(self, document):\n"
        "        yield from (self.finding('TEA001', m.span()) for m in document.finditer('tea'))\n"
        "@hookimpl\n"
        "def qualitycheck_checks(settings):\n"
        "    return [Tea()]\n"
    )
    chosen = settings(tmp_path)
    import msgspec

    chosen = msgspec.structs.replace(chosen, plugins=(*chosen.plugins, str(tmp_path / "second.py")))
    path = write_jsonl(tmp_path / "a.jsonl", [{"text": "tea BOOM"}, {"text": "tea"}])
    outcome, _ = filter_to(tmp_path / "out", path, chosen)
    (lost,) = lines(tmp_path / "out", "quarantine")
    assert lost["quality"]["points"]["tea"] > 0, "the other check's result is kept"
    assert len(lines(tmp_path / "out", "accepted")) == 1
    assert outcome.summary["crashed_checks"] == 1 and outcome.status == 2


@pytest.mark.parametrize("text", ["", " \n\t "])
def test_empty_text_is_rejected_with_its_reason(tmp_path, text):
    path = write_jsonl(tmp_path / "a.jsonl", [{"text": text}, {"text": "good"}])
    outcome, said = filter_to(tmp_path / "out", path, settings(tmp_path))
    (record,) = lines(tmp_path / "out", "rejected")
    assert record["quality"] == {"score": 0.0, "verdict": "reject", "points": {}, "reason": "empty"}
    assert outcome.status == 0 and not said and outcome.summary["reasons"] == {"empty": 1}


def test_an_empty_file_is_a_run_of_no_documents(tmp_path):
    (tmp_path / "a.jsonl").write_bytes(b"")
    outcome, _ = filter_to(tmp_path / "out", tmp_path / "a.jsonl", settings(tmp_path))
    assert outcome.status == 0 and outcome.summary["documents"] == 0


def test_a_byte_order_mark_is_no_fault(tmp_path):
    (tmp_path / "a.jsonl").write_bytes(b'\xef\xbb\xbf{"text": "good"}\n')
    outcome, _ = filter_to(tmp_path / "out", tmp_path / "a.jsonl", settings(tmp_path))
    assert outcome.status == 0 and lines(tmp_path / "out", "accepted")[0]["text"] == "good"


def test_what_was_filtered_before_gets_the_new_quality_in_place_of_the_old(tmp_path):
    path = write_jsonl(tmp_path / "a.jsonl", rows(20))
    filter_to(tmp_path / "one", path, settings(tmp_path, annotate=True, split_size=10**6))
    (once,) = (tmp_path / "one" / "annotated").iterdir()
    filter_to(tmp_path / "two", once, settings(tmp_path, annotate=True, split_size=10**6))
    (twice,) = (tmp_path / "two" / "annotated").iterdir()
    for one, two in zip(once.read_text().splitlines(), twice.read_text().splitlines(), strict=True):
        assert json.loads(one) == json.loads(two)
        assert str(json.loads(one)["big"]) in two


@pytest.mark.parametrize("size", [40, 100, 101, 4000, 10**9])
def test_where_an_input_is_cut_changes_nothing(tmp_path, size):
    path = write_jsonl(tmp_path / "a.jsonl", rows(12))
    path.write_bytes(b"\n\n" + path.read_bytes().replace(b"\n", b"\n\n", 3)[:-1])
    filter_to(tmp_path / "out", path, settings(tmp_path, annotate=True, split_size=size))
    assert [record["id"] for record in lines(tmp_path / "out", "annotated")] == [f"doc-{n}" for n in range(12)]
    text = path.read_bytes()
    for entry in lines(tmp_path / "out", "ledger"):
        start = text.index(f'"{entry["id"]}"'.encode()) - len('{"id": ')
        assert (entry["offset"], entry["line"]) == (start, text[:start].count(b"\n") + 1)


def test_several_inputs_with_the_same_name(tmp_path):
    for name in ("x", "y"):
        (tmp_path / name).mkdir()
        write_jsonl(tmp_path / name / "a.jsonl", [{"id": name, "text": "good"}])
    filter_to(tmp_path / "out", [tmp_path / "x", tmp_path / "y", tmp_path / "*" / "a.jsonl"], settings(tmp_path))
    assert ids(tmp_path / "out") == {"x": 1, "y": 1}


def test_limit_and_sample_rate(tmp_path):
    path = write_jsonl(tmp_path / "a.jsonl", rows(400))
    filter_to(tmp_path / "one", path, settings(tmp_path, limit=37))
    assert sorted(ids(tmp_path / "one")) == sorted(f"doc-{n}" for n in range(37))
    outcome, _ = filter_to(tmp_path / "two", path, settings(tmp_path, sample_rate=0.25))
    assert 60 < outcome.summary["documents"] < 140
    assert outcome.summary["documents"] + outcome.summary["not_sampled"] == 400
    filter_to(tmp_path / "three", path, settings(tmp_path, sample_rate=0.25, split_size=999))
    assert ids(tmp_path / "two") == ids(tmp_path / "three"), "the sample is the same whatever the splits"


def test_the_summary_adds_up(tmp_path):
    path = write_jsonl(tmp_path / "a.jsonl", [*rows(100), {"text": None}, {"text": ""}])
    filter_to(tmp_path / "out", path, settings(tmp_path, sample=2))
    told = summary(tmp_path / "out")
    assert told["documents"] == 102 == sum(told["folders"].values()) == len(lines(tmp_path / "out", "ledger"))
    assert sum(told["verdicts"].values()) == 101 == sum(each["documents"] for each in told["score_histogram"])
    assert told["bytes"] == path.stat().st_size
    assert {source: sum(counts.values()) for source, counts in told["sources"].items()} == {
        "source-0": 34, "source-1": 33, "source-2": 33,
    }  # fmt: skip
    every = [each for name in ("accepted", "review", "rejected") for each in lines(tmp_path / "out", name)]
    assert told["points"]["words"] == pytest.approx(sum(sum(each["quality"]["points"].values()) for each in every))
    assert [rule["code"] for rule in told["rules"]] == ["WRD001", "WRD002"]
    assert len(told["samples"]["WRD001"]) == 2 and "bad" in told["samples"]["WRD001"][0]["text"]
    scores = [each["score"] for each in told["worst"]]
    assert scores == sorted(scores) and scores[0] == min(each["quality"]["score"] for each in every if each["text"])


def test_an_input_that_does_not_exist_stops_the_run_before_it_begins(tmp_path):
    write_jsonl(tmp_path / "corpus.jsonl", rows(3))
    with pytest.raises(InputError, match=r"no such file.*did you mean “corpus\.jsonl”"):
        filter_to(tmp_path / "out", [tmp_path / "corpus.jsonl", tmp_path / "corpsu.jsonl"], settings(tmp_path))
    assert not (tmp_path / "out").exists()


def test_an_input_that_may_not_be_read_costs_that_input_and_can_be_had_later(tmp_path, monkeypatch):
    write_jsonl(tmp_path / "a.jsonl", [{"id": "a", "text": "good"}])
    write_jsonl(tmp_path / "b.jsonl", [{"id": "b", "text": "good"}])
    from qualitycheck.filtering.inputs import Input

    really = Input.open

    def refuse(self):
        if self.path.endswith("a.jsonl"):
            raise PermissionError(13, "Permission denied", self.path)
        return really(self)

    monkeypatch.setattr(Input, "open", refuse)
    outcome, said = filter_to(tmp_path / "out", [tmp_path / "a.jsonl", tmp_path / "b.jsonl"], settings(tmp_path))
    assert outcome.status == 2 and ids(tmp_path / "out") == {"b": 1}
    assert said == [f"{tmp_path}/a.jsonl: cannot be read: Permission denied"] == outcome.summary["unreadable_inputs"]
    monkeypatch.undo()
    outcome, _ = filter_to(tmp_path / "out", [tmp_path / "a.jsonl", tmp_path / "b.jsonl"], settings(tmp_path))
    assert outcome.status == 0 and outcome.resumed == 1 and ids(tmp_path / "out") == {"a": 1, "b": 1}


def test_inputs_are_never_the_outputs(tmp_path):
    path = write_jsonl(tmp_path / "a.jsonl", rows(3))
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "thesis.txt").write_text("mine")
    with pytest.raises(SettingsError, match="not empty and holds no run"):
        filter_to(tmp_path / "mine", path, settings(tmp_path), overwrite=True)
    filter_to(tmp_path / "out", path, settings(tmp_path))
    (once,) = (tmp_path / "out" / "accepted").glob("*")
    with pytest.raises(InputError, match="an input lies in the output folder"):
        filter_to(tmp_path / "out", once, settings(tmp_path), overwrite=True)


def test_a_plugin_that_does_not_load_stops_the_run_before_the_first_document(tmp_path):
    from qualitycheck import PluginError

    path = write_jsonl(tmp_path / "a.jsonl", rows(3))
    (tmp_path / "words.py").write_text("import nonsense_that_is_not_there\n")
    with pytest.raises(PluginError, match="does not load"):
        filter_to(tmp_path / "out", path, settings(tmp_path))
    assert not (tmp_path / "out").exists()
