import itertools
import json
import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support import Marks, Plugin, make_check, make_runner

from qualitycheck import Document, Runner, Settings, SettingsError
from qualitycheck.baseline import Baseline, Recording, recording
from qualitycheck.readers import read_text


def runner(baseline=None, *checks, **settings):
    return Runner(Settings(**settings), [Plugin(*(checks or [Marks()]))], entry_points=False, baseline=baseline)


@pytest.fixture
def here(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def accept(here):
    """Write what is found in texts to a baseline and read that: ``accept(a="text")`` is about a.txt."""

    def make(**texts):
        accepting = recording("baseline.json")
        for name, text in texts.items():
            Path(f"{name}.txt").write_text(text, encoding="utf-8")
            runner(accepting).check(Document(text, path=f"{name}.txt"))
        accepting.write()
        return Baseline.read("baseline.json")

    return make


def found(baseline, text, path="a.txt", **options):
    """The places of what a baseline does not accept."""
    report = runner(baseline, **options).check(Document(text, path=path))
    return [(finding.code, finding.start) for finding in report.findings]


def settled(recording):
    """The baseline that a recording would be once it was written and read."""
    baseline = Baseline(recording.path)
    baseline._entries = recording._entries
    return baseline


TEXT = "Here is one # mark in the first paragraph.\n\nHere is another ! mark and # a third in the second."


# What is accepted


def test_what_is_accepted_is_left_out_and_costs_nothing(accept):
    report = runner(accept(a=TEXT)).check(Document(TEXT, path="a.txt"))
    assert (report.findings, report.score, report.verdict, dict(report.suppressed)) == (
        (),
        100,
        "accept",
        {"baseline": 3},
    )


def test_what_is_new_costs_what_it_would_cost_alone(accept):
    report = runner(accept(a=TEXT)).check(Document(TEXT + " A new # one.", path="a.txt"))
    assert [finding.start for finding in report.findings] == [len(TEXT) + 7]
    assert report.score == runner().check("#").score
    assert sum(result.points for result in report.checks.values()) == pytest.approx(100 - report.score)


def test_lines_do_not_matter(accept):
    baseline = accept(a=TEXT)
    moved = "A new heading\n\nand a new paragraph.\n\n" + TEXT.replace("\n\n", "\r\n\r\nOne more here.\r\n\r\n")
    assert found(baseline, moved) == []
    assert found(baseline, TEXT.replace(" ", "\n")) == []


def test_each_entry_accepts_one_finding(accept):
    baseline = accept(a=TEXT)
    assert len(found(baseline, TEXT + "\n\n" + TEXT)) == 3


def test_a_finding_moves_with_its_paragraph(accept):
    baseline = accept(a=TEXT)
    assert found(baseline, "\n\n".join(reversed(TEXT.split("\n\n")))) == []


@pytest.mark.parametrize(
    ("edited", "is_new"),
    [
        ("one two three four five # these words are all new", False),  # all on one side
        ("these words are all new # six seven eight nine ten", False),
        ("one two three four five # six XXX eight nine ten", False),
        ("one XXX three four five # six seven XXX nine ten", False),  # the nearest on both
        ("one, two three: four (five) # six seven eight, nine ten", False),  # words alone count
        ("one XXX three four five # XXX seven eight nine ten", True),
        ("one two three four XXX # XXX seven eight nine ten", True),
        ("one two three four five ! six seven eight nine ten", True),  # another rule
    ],
)
def test_where_the_words_around_are_edited_those_that_are_left_decide(accept, edited, is_new):
    baseline = accept(a="one two three four five # six seven eight nine ten")
    assert bool(found(baseline, edited)) is is_new


def test_another_text_is_another_finding(here):
    words = make_check(
        "words", inspect=lambda self, d: [self.finding("AAA001", m.span()) for m in d.finditer("b[aei]d")]
    )
    baseline = Recording("baseline.json")
    runner(baseline, words).check(Document("a bad day", path="a.txt"))
    baseline.write()
    again = runner(Baseline.read("baseline.json"), words)
    assert [finding.text for finding in again.check(Document("a bed day", path="a.txt")).findings] == ["bed"]


def test_the_nearest_match_is_taken_first(accept):
    # The entry of the first mark must not go to the second, which stands between the same words on one side.
    baseline = accept(a="one two three four five # six seven eight nine ten")
    text = "one two three four five # new words stand here now. one two three four five # six seven eight nine ten"
    assert found(baseline, text) == [("MRK001", 24)]


def test_a_finding_about_the_document_is_accepted_whatever_becomes_of_the_text(here):
    whole = make_check("whole", inspect=lambda self, document: [self.finding("AAA001")])
    baseline = Recording("baseline.json")
    runner(baseline, whole).check(Document("Some text.", path="a.txt"))
    baseline.write()
    again = runner(Baseline.read("baseline.json"), whole)
    assert again.check(Document("Quite another one.", path="a.txt")).findings == ()
    assert len(again.check(Document("Some text.", path="b.txt")).findings) == 1


def test_markup_does_not_matter(here):
    def check(baseline, text):
        plugins = runner(baseline).plugins
        document = read_text(text, "markdown", plugins, "a.md")
        return runner(baseline).check(document).findings

    baseline = Recording("baseline.json")
    check(baseline, "Some *emphasised* words # and a [link](https://example.org/very/long) after it.")
    baseline.write()
    plain = "Some emphasised **words** # and a link after it."
    assert check(Baseline.read("baseline.json"), plain) == ()


WORDS = st.lists(st.sampled_from(["word", "other", "third", "#", "!", "~"]), max_size=12)
ADDED = st.lists(st.sampled_from(["new", "text", "\n\n", "\r\n"]), max_size=5)


@given(WORDS, ADDED, ADDED)
def test_text_that_is_added_elsewhere_brings_nothing_back(words, above, below):
    # Five words on each side keep what is added out of the sight of the findings.
    old = ["a", "b", "c", "d", "e", *words, "f", "g", "h", "i", "j"]
    baseline = Recording("/nowhere/baseline.json")
    runner(baseline).check(Document(" ".join(old), path="/nowhere/a.txt"))
    baseline = settled(baseline)
    assert found(baseline, " ".join([*above, *old, *below]), "/nowhere/a.txt") == []
    assert [entry for _, entry in baseline.stale()] == []


# Stale entries


def test_what_is_repaired_is_stale(accept):
    baseline = accept(a=TEXT, b="Another # document.")
    assert found(baseline, TEXT.replace("another ! mark", "another mark")) == []
    ((name, entry),) = baseline.stale()
    assert (name, entry.rule, entry.text) == ("a.txt", "MRK002", "!")


def test_only_what_was_looked_at_can_be_stale(accept):
    baseline = accept(a=TEXT, b="Another # document.")
    assert baseline.stale() == []
    assert found(baseline, "Repaired.", select=("MRK001",)) == []
    assert {entry.rule for _, entry in baseline.stale()} == {"MRK001"}
    picky = make_check("marks", inspect=lambda self, document: [], min_words=100, rules=Marks.rules)
    skipped = Baseline.read("baseline.json")
    runner(skipped, picky).check(Document("Repaired.", path="a.txt"))
    assert skipped.stale() == []


def test_entries_of_files_that_are_gone_are_stale(accept):
    baseline = accept(a=TEXT, b="Another # document.")
    Path("b.txt").unlink()
    assert [name for name, _ in baseline.stale()] == ["b.txt"]


def test_the_last_look_at_a_document_counts(accept):
    baseline = accept(a=TEXT)
    found(baseline, "Repaired.")
    found(baseline, TEXT)
    assert baseline.stale() == []


def test_the_run_says_what_is_stale(accept):
    checking = runner(accept(a="# " * 12 + "!"))
    assert checking.notes() == []
    checking.check(Document("Repaired.", path="a.txt"))
    notes = checking.notes()
    assert notes[0] == "stale in the baseline: a.txt no longer has MRK001 “#”"
    assert notes[-1] == "stale in the baseline: 3 more such lines"
    assert len(notes) == 11


# Paths


def test_documents_are_named_from_the_folder_of_the_file(here, monkeypatch):
    (here / "docs" / "deep").mkdir(parents=True)
    (here / "docs" / "deep" / "a.txt").write_text("A # mark.")
    accepting = recording(here / "baseline.json")
    runner(accepting).check(Document("A # mark.", path="docs/deep/a.txt"))
    accepting.write()
    assert json.loads(Path("baseline.json").read_text())["documents"][0]["path"] == "docs/deep/a.txt"
    monkeypatch.chdir(here / "docs")
    for path in ("deep/a.txt", "./deep/a.txt", "../docs/deep/a.txt", str(here / "docs" / "deep" / "a.txt")):
        assert found(Baseline.read("../baseline.json"), "A # mark.", path) == []
    assert found(Baseline.read("../baseline.json"), "A # mark.", "a.txt") != []


def test_folders_may_be_links(accept, here):
    baseline = accept(a=TEXT)
    os.symlink(here, here / "link")
    assert found(baseline, TEXT, "link/a.txt") == []
    assert found(Baseline.read("link/baseline.json"), TEXT) == []


def test_documents_within_a_file_are_told_apart(here):
    accepting = Recording("baseline.json")
    for identity in ("1", "2"):
        runner(accepting).check(Document(f"A # mark {identity}.", path="a.jsonl", id=identity))
    accepting.write()
    baseline = Baseline.read("baseline.json")
    assert runner(baseline).check(Document("A # mark 1.", path="a.jsonl", id="1")).findings == ()
    assert runner(baseline).check(Document("A # mark 1.", path="a.jsonl", id="3")).findings != ()


def test_addresses_are_names_as_they_are(here):
    accepting = Recording("baseline.json")
    runner(accepting).check(Document("A # mark.", path="s3://bucket/a.txt"))
    assert found(accepting, "A # mark.", "s3://bucket/a.txt") == []
    assert len(accepting) == 1


def test_a_text_without_a_path_has_no_baseline(accept):
    for baseline in (accept(a=TEXT), Recording("baseline.json")):
        report = runner(baseline).check(TEXT)
        assert len(report.findings) == 3


# The file


def test_what_is_written_is_read_again_and_does_not_depend_on_the_order(here):
    texts = {"b.txt": "A # mark and ! another.", "a.txt": "One ~ wave.", "sub/ü.txt": "“\u202e#” \x1b[2J"}
    written = []
    for order in (list(texts), list(reversed(texts))):
        accepting = Recording("baseline.json")
        for path in order:
            runner(accepting).check(Document(texts[path], path=path))
        accepting.write()
        written.append(Path("baseline.json").read_text(encoding="utf-8"))
    assert written[0] == written[1]
    assert len(written[0].splitlines()) == 4 + 3 + 2
    assert "\x1b" not in written[0] and "\u202e" not in written[0]
    for path in texts:
        Path(path).parent.mkdir(exist_ok=True)
        Path(path).touch()
    Baseline.read("baseline.json").write()
    assert Path("baseline.json").read_text(encoding="utf-8") == written[0]
    for path, text in texts.items():
        assert found(Baseline.read("baseline.json"), text, path) == []


@given(st.text(st.characters() | st.sampled_from("#! \n")))
def test_whatever_the_text_its_findings_are_known_again(text):
    document = Document(text, path="/nowhere/a.txt")
    baseline = Recording("/nowhere/baseline.json")
    marks = len(runner().check(document).findings)
    assert (found(baseline, text, "/nowhere/a.txt"), len(baseline)) == ([], marks)
    baseline = settled(baseline)
    assert found(baseline, text, "/nowhere/a.txt") == []
    for entries in baseline._entries.values():
        for each in itertools.chain.from_iterable(entries.values()):
            assert f"{each.before}{each.text}{each.after}".encode()


def test_a_long_finding_is_named_by_its_start_and_a_hash(here):
    def inspect(self, document):
        return [self.finding("AAA001", (0, len(document)))]

    long = make_check("long", inspect=inspect)
    accepting = Recording("baseline.json")
    runner(accepting, long).check(Document("word " * 1000 + "end", path="a.txt"))
    accepting.write()
    assert len(Path("baseline.json").read_text()) < 300
    again = runner(Baseline.read("baseline.json"), long)
    assert again.check(Document("word " * 1000 + "end", path="a.txt")).findings == ()
    assert again.check(Document("word " * 1000 + "END", path="a.txt")).findings != ()


def test_writing_anew_keeps_what_was_not_looked_at(accept):
    accept(a=TEXT, b="Another # document.", c="A third # one.")
    Path("c.txt").unlink()
    accepting = recording("baseline.json")
    runner(accepting, select=("MRK001",)).check(Document("Only a ! here.", path="a.txt"))
    accepting.write()
    documents = {each["path"]: each["findings"] for each in json.loads(Path("baseline.json").read_text())["documents"]}
    assert {path: [entry["rule"] for entry in entries] for path, entries in documents.items()} == {
        "a.txt": ["MRK002"],  # the # is gone, and ! was not looked for
        "b.txt": ["MRK001"],
    }


def test_all_findings_are_accepted_however_few_are_listed(here):
    accepting = Recording("baseline.json")
    runner(accepting, max_findings=2).check(Document("# " * 50, path="a.txt"))
    assert len(accepting) == 50


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (None, r"baseline b\.json: there is no such file; --write-baseline makes one"),
        (b"", r"b\.json is not a baseline"),
        (b"\xff\xfe", r"b\.json is not a baseline"),
        (b"[]", r"b\.json is not a baseline: Expected `object`, got `array`"),
        (b'{"baseline": 2, "documents": []}', r"b\.json is not a baseline: Invalid enum value 2"),
        (b'{"baseline": 1, "documents": [{"path": 3}]}', r"b\.json is not a baseline: .*documents\[0\]\.path"),
        (b'{"baseline": 1, "documents": [], "more": 1}', r"b\.json is not a baseline: .*more"),
    ],
)
def test_what_is_no_baseline_is_named(here, content, message):
    if content is not None:
        Path("b.json").write_bytes(content)
    with pytest.raises(SettingsError, match=message) as error:
        Baseline.read("b.json")
    assert "\n" not in str(error.value)
    with pytest.raises(SettingsError, match=message):
        make_runner(Marks(), baseline="b.json")


def test_a_file_that_is_no_baseline_is_not_written_over(here):
    Path("essay.txt").write_text("An essay.")
    with pytest.raises(SettingsError, match=r"essay\.txt is not a baseline"):
        recording("essay.txt")


def test_a_place_that_cannot_be_written_to_is_named(here):
    with pytest.raises(SettingsError, match=r"baseline missing/b\.json: cannot be written: No such file"):
        Recording("missing/b.json").write()


def test_the_settings_name_the_baseline(accept, here):
    accept(a=TEXT)
    assert make_runner(Marks(), baseline="baseline.json").check(Document(TEXT, path="a.txt")).findings == ()
