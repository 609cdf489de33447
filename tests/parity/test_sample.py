"""Our datatrove rules against the verdicts that datatrove 0.10.1 gave on documents written for this repository."""

import json
from pathlib import Path

import pytest

from qualitycheck import Runner
from qualitycheck.settings import make_settings
from qualitycheck_datatrove.filters import FILTERS, reasons
from qualitycheck_datatrove.options import DatatroveOptions, FineWebOptions

FILE = Path(__file__).parent / "sample.jsonl"
SAMPLE = [json.loads(line) for line in FILE.read_text(encoding="utf-8").splitlines()]


def ours(text):
    """What ``peer.verdicts`` gives, from our side: the first reason of each filter."""
    found = dict.fromkeys(FILTERS)
    for name, reason in reasons(text, DatatroveOptions()):
        found[name] = found[name] or reason.name
    behind = reasons(text, DatatroveOptions(fineweb=FineWebOptions(after_c4=True)), ["fineweb"])
    found["fineweb_after_c4"] = "" if found["c4"] else next((reason.name for _, reason in behind), None)
    return found


def test_the_sample_shows_every_filter_at_work():
    for name in FILTERS:
        assert {None} < {each["datatrove 0.10.1"][name] for each in SAMPLE}
    assert len(SAMPLE) > 80


@pytest.mark.parametrize("document", SAMPLE, ids=[each["name"] for each in SAMPLE])
def test_verdicts_and_reasons_are_those_of_datatrove(document):
    assert ours(document["text"]) == document["datatrove 0.10.1"]


PROFILES = {
    "gopher": ("gopher_quality", "gopher_repetition"),
    "c4": ("c4",),
    "datatrove": ("gopher_quality", "gopher_repetition", "c4", "fineweb_after_c4"),
}


@pytest.mark.parametrize("profile", PROFILES)
def test_a_profile_rejects_what_the_pipeline_drops(profile):
    runner = Runner(make_settings({"profile": profile}))
    for document in SAMPLE:
        dropped = any(document["datatrove 0.10.1"][name] for name in PROFILES[profile])
        assert runner.check(document["text"]).verdict == ("reject" if dropped else "accept"), document["name"]
