"""dolma: the tagger's attributes are those of the filter's files, and dolma's own mixer takes them."""

import gzip
import json

import engine_corpus
import pytest

from qualitycheck import Settings
from qualitycheck.filtering.attributes import spans
from qualitycheck.filtering.options import FilterSettings
from qualitycheck.filtering.run import Run

pytest.importorskip("dolma")

from dolma.core.data_types import Document
from dolma.core.registry import TaggerRegistry

from qualitycheck.engines.dolma import QualityCheckTagger


def tagger_with(chosen):
    return type("Tagger", (QualityCheckTagger,), {"settings": chosen})()


def test_the_tagger_says_what_the_attribute_files_say(documents, chosen, tmp_path):
    # What dolma can read at all: rows whose text is text.
    readable = [row for row in documents if isinstance(row.get("text"), str)]
    assert len(readable) > 1800
    path = tmp_path / "shard.jsonl"
    path.write_text("".join(json.dumps(row) + "\n" for row in readable))
    given = FilterSettings(max_document=engine_corpus.MOST_CHARACTERS, output_format="dolma", annotate=True)
    written = Settings(plugins=chosen.plugins, filter=given)
    Run(written, [str(path)], in_process=True, progress=False).into_folder(tmp_path / "out")
    lines = (tmp_path / "out" / "attributes" / "qualitycheck" / "shard.jsonl").read_text().splitlines()
    tagger = tagger_with(chosen)
    for row, line in zip(readable, map(json.loads, lines), strict=True):
        tagged = tagger.group_output(tagger.predict(Document(row["source"], row["id"], row["text"])))
        # dolma rounds to five digits.
        expected = {
            name.removeprefix("qualitycheck__qualitycheck__"): [(s, e, round(x, 5)) for s, e, x in places]
            for name, places in line["attributes"].items()
        }
        assert line["id"] == row["id"] and tagged == expected


def test_the_tagger_says_what_the_plain_filter_says(documents, chosen, expected):
    readable = [row for row in documents if isinstance(row.get("text"), str)]
    tagger = tagger_with(chosen)
    for row in readable:
        tagged = tagger.group_output(tagger.predict(Document(row["source"], row["id"], row["text"])))
        plain = expected[row["id"]]
        if plain["score"] is None:
            assert "score" not in tagged
        else:
            assert tagged["score"] == [(0, len(row["text"]), round(plain["score"], 5))]
        assert ("quarantine" if plain["folder"] == "quarantine" else plain["verdict"]) in tagged
        whole = 0, len(row["text"])
        places = [
            (each["code"], *(whole if each["start"] is None else (each["start"], each["end"])))
            for each in plain["findings"] or ()
        ]
        codes = {code for code, *_ in places}
        assert sorted((code, s, e) for code in codes for s, e, _ in tagged[code]) == sorted(places)


def test_the_tagger_is_registered_and_takes_the_settings_of_the_folder(tmp_path, monkeypatch):
    assert TaggerRegistry.get("qualitycheck") is QualityCheckTagger
    (tmp_path / "qualitycheck.toml").write_text('select = ["BRC"]\n')
    monkeypatch.chdir(tmp_path)
    tagged = QualityCheckTagger().predict(Document("s", "a", "A fine {text|essay} here, received’t."))
    assert {span.type for span in tagged.spans} == {"score", "review", "points_braces", "BRC001"}


def test_dolma_tags_and_mixes(tmp_path, monkeypatch):
    from dolma.cli.__main__ import main

    monkeypatch.chdir(tmp_path)
    (tmp_path / "qualitycheck.toml").write_text('select = ["BRC"]\n')
    place = tmp_path / "documents"
    place.mkdir()
    texts = ["Fine.", "A fine {text|essay} here.", "Fine as well."]
    rows = [{"id": str(number), "text": text, "source": "s"} for number, text in enumerate(texts)]
    (place / "shard.jsonl.gz").write_bytes(gzip.compress(b"".join(json.dumps(row).encode() + b"\n" for row in rows)))
    main(["tag", "--documents", f"{place}/*.gz", "--taggers", "qualitycheck", "--tagger_modules",
          "qualitycheck.engines.dolma", "--processes", "1"])  # fmt: skip
    by_dolma = tmp_path / "attributes" / "qualitycheck" / "shard.jsonl.gz"
    tagged = [json.loads(line) for line in gzip.decompress(by_dolma.read_bytes()).splitlines()]
    options = FilterSettings(output_format="dolma", annotate=True)
    Run(Settings(select=("BRC",), filter=options), [str(place)], in_process=True, progress=False).into_folder(
        tmp_path / "out"
    )
    by_us = tmp_path / "out" / "attributes" / "qualitycheck" / "shard.jsonl.gz"
    ours = [json.loads(line) for line in gzip.decompress(by_us.read_bytes()).splitlines()]
    assert [line["attributes"] for line in ours] == [
        {name: [[s, e, x] for s, e, x in places] for name, places in line["attributes"].items()} for line in tagged
    ]
    by_dolma.write_bytes(by_us.read_bytes())
    mix = {
        "streams": [{
            "name": "kept", "documents": [f"{place}/*.gz"], "attributes": ["qualitycheck"],
            "output": {"path": f"{tmp_path}/kept", "max_size_in_bytes": 10**8},
            "filter": {"include": [], "exclude": ["$@.attributes[?(@.qualitycheck__qualitycheck__score[0][2] < 75)]"]},
        }],
        "processes": 1,
    }  # fmt: skip
    (tmp_path / "mix.json").write_text(json.dumps(mix))
    main(["-c", str(tmp_path / "mix.json"), "mix"])
    (kept,) = (tmp_path / "kept").glob("*.gz")
    mixed = [json.loads(line)["text"] for line in gzip.decompress(kept.read_bytes()).splitlines()]
    assert mixed == ["Fine.", "Fine as well."]


def test_every_span_lies_in_the_document(documents, chosen):
    from qualitycheck.engines.batch import BatchJudge

    for judged in BatchJudge(chosen).judged(documents[:300]):
        length = len(judged.record.text)
        assert all(0 <= s <= e <= length for places in spans(judged).values() for s, e, _ in places)
