"""Pairs of a user's own list: weighed in spun documents, and told nothing of others."""

import time
from pathlib import Path

import pytest

from qualitycheck import Document, Runner, Settings, load_settings
from qualitycheck.settings import make_settings
from qualitycheck_odd_synonyms.lexicon import LexiconError
from qualitycheck_odd_synonyms.listed import LEAST_POSTERIOR, ListedPairs

SEEDS = Path(__file__).parents[2] / "seeds"
SPUN = (SEEDS / "spun-news-item.txt").read_text(encoding="utf-8")
CLEAN = (SEEDS / "clean-news-item.txt").read_text(encoding="utf-8")
PAIRS = "also\tfurthermost\nsmall\tpetite-sized\nthe\ta\nharbour\tharborage\nharbour\tmooring\n"


@pytest.fixture(scope="module")
def path(tmp_path_factory):
    path = tmp_path_factory.mktemp("lists") / "mine.tsv"
    path.write_text(PAIRS, encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def runner(path):
    return Runner(Settings(select=("SYN",), lexicons=(str(path),)))


def listed(report):
    return [each for each in report.findings if "says mine.tsv" in each.message]


def test_a_listed_pair_is_reported_in_a_spun_document(runner):
    text = SPUN + "\nThe Harborage was furthermost closed, and a petite-sized boat lay in it.\n"
    found = listed(runner.check(text))
    assert [(each.code, each.text) for each in found] == [
        ("SYN001", "Harborage"),
        ("SYN001", "furthermost"),
        ("SYN002", "petite-sized"),
    ]
    assert [each.suggestions[0].text for each in found] == ["Harbour", "also", "small"]
    assert found[0].message == "“Harborage” is odd here; “Harbour” probably stood here, says mine.tsv"
    assert all(LEAST_POSTERIOR <= each.confidence <= 0.95 for each in found)


def test_a_list_makes_no_document_a_spun_one(runner):
    text = CLEAN + "\nThe harborage was furthermost closed, and a petite-sized boat lay in it.\n"
    report = runner.check(text)
    assert report.findings == () and report.score == 100.0


def test_everywhere_is_for_those_who_want_it(path):
    values = {"select": ["SYN"], "lexicons": [str(path)], "checks": {"odd-synonyms": {"listed-everywhere": True}}}
    report = Runner(make_settings(values)).check("The ferry left the harborage in the morning, and nobody saw it.")
    assert [(each.text, each.confidence) for each in report.findings] == [("harborage", 1.0)]
    assert report.findings[0].suggestions[0].text == "harbour"
    assert 90.0 < report.score < 100.0 and report.verdict == "accept"


def test_what_the_model_reports_is_not_reported_twice(tmp_path):
    reported = next(each for each in Runner(Settings(select=("SYN",))).check(SPUN).findings if each.code == "SYN001")
    path = tmp_path / "mine.tsv"
    path.write_text(f"something\t{reported.text}\n", encoding="utf-8")
    values = {"select": ["SYN"], "lexicons": [str(path)], "checks": {"odd-synonyms": {"listed-everywhere": True}}}
    report = Runner(make_settings(values)).check(SPUN)
    spans = [(each.start, each.end) for each in report.findings if each.start is not None]
    assert all(first[1] <= second[0] for first, second in zip(sorted(spans), sorted(spans)[1:], strict=False))


def pairs(tmp_path, text):
    path = tmp_path / "mine.tsv"
    path.write_text(text, encoding="utf-8")
    return ListedPairs([path])


def posterior(found, text="The mooring was long.", rate=0.5):
    return [round(each.confidence, 2) for each in found.find(Document(text, language="en"), rate)]


def test_a_rare_phrase_for_a_common_word_is_likely_and_the_other_way_round_not(tmp_path):
    assert posterior(pairs(tmp_path, "as\tarsenic\n"), "Arsenic he said.") == [0.95]
    assert posterior(pairs(tmp_path, "arsenic\tas\n"), "As he said.") == []
    assert posterior(pairs(tmp_path, "big\tlarge\n"), "A large one.") == []


def test_originals_that_are_left_speak_against_it(tmp_path):
    found = pairs(tmp_path, "big\tmassive\n")
    alone = posterior(found, "A massive one.", 0.9)
    assert alone and posterior(found, "A massive one, a big one, a big one, a big one and a big one.", 0.9) < alone


def test_the_less_was_replaced_the_less_likely(tmp_path):
    found = pairs(tmp_path, "harbour\tmooring\n")
    texts = [posterior(found, rate=rate) for rate in (0.9, 0.5, 0.02)]
    assert texts[0] >= texts[1] and texts[2] == []


def test_nothing_is_known_of_a_language_without_frequencies(tmp_path):
    found = pairs(tmp_path, "harbour\tmooring\n")
    assert list(found.find(Document("The mooring was long.", language="tlh"), 0.9)) == []
    assert len(list(found.find(Document("The mooring was long.", language="tlh"), 0.0, everywhere=True))) == 1


def test_numbers_are_told_apart_and_apostrophes_not(tmp_path):
    found = pairs(tmp_path, "unit 4\tunit 7\nwon't\treceived't\n")
    hits = found.find(Document("Unit 7, unit 9, unit 4 received’t."), 0.0, everywhere=True)
    assert [(each.start, each.end) for each in hits] == [(0, 6), (23, 33)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a\tb\nonly one column\n", ":2: expected “original TAB observed TAB source”, found ['only one column']"),
        ("original\tobserved\n\na\tb\n", ":2: expected"),
        ("a\tb\tc\td\n", ":1: expected"),
        ("a\t\n", ":1: expected"),
        ("a\tb\nHarbour\tharbour\n", ":2: “harbour” stands for itself; take the line out"),
        ("a\tb\nlong\t" + "word " * 300 + "\n", ":2: the phrase "),
    ],
)
def test_a_bad_file_is_named_with_its_line(tmp_path, text, expected):
    with pytest.raises(LexiconError) as caught:
        pairs(tmp_path, text)
    assert str(caught.value).startswith(f"{tmp_path / 'mine.tsv'}{expected}")
    assert "\n" not in str(caught.value)


def test_a_bad_file_is_one_clear_line_of_the_run(tmp_path):
    path = tmp_path / "mine.tsv"
    path.write_bytes(b"a\tb\n\xff\tc\n")
    (failed,) = Runner(Settings(select=("BRC",), lexicons=(str(path),))).plugins.failed
    assert failed.name == "odd-synonyms" and failed.reason == f"{path}: not UTF-8 at byte 4"
    (failed,) = Runner(Settings(select=("BRC",), lexicons=(str(tmp_path / "gone.tsv"),))).plugins.failed
    assert failed.reason == f"{tmp_path / 'gone.tsv'}: cannot be read: No such file or directory"


def test_a_list_is_beside_its_settings_and_its_contents_are_a_version(tmp_path, monkeypatch):
    (tmp_path / "mine.tsv").write_text("a\tb\n", encoding="utf-8")
    (tmp_path / "qualitycheck.toml").write_text('lexicons = ["mine.tsv"]\n', encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    loaded = load_settings()
    assert loaded.lexicons == (str(tmp_path / "mine.tsv"),)
    first = Runner(loaded).versions()["odd-synonyms.lexicon mine.tsv"]
    (tmp_path / "mine.tsv").write_text("a\tc\n", encoding="utf-8")
    assert Runner(loaded).versions()["odd-synonyms.lexicon mine.tsv"] != first


def test_long_texts_and_lists_stay_fast(tmp_path):
    many = pairs(tmp_path, "".join(f"original{number:05d}x\tobserved{number:05d}y\n" for number in range(5_000)))
    document = Document("observed00001y original00001x harbour " * 20_000, language="en")
    _ = document.tokens
    started = time.process_time()
    assert len(list(many.find(document, 0.0, everywhere=True))) == 20_000
    assert time.process_time() - started < 3
