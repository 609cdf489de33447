"""What the boilerplate check does that case files cannot say: lists, badness, batches, the reference documents."""

import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import qualitycheck_boilerplate
from qualitycheck import Document, Evidence, Finding, Runner, Severity, Signal
from qualitycheck_boilerplate import phrasebook
from qualitycheck_boilerplate.check import Boilerplate
from qualitycheck_boilerplate.find import pieces

REFERENCE = Path(__file__).parents[3] / "shared" / "seeds"
LISTS = Path(qualitycheck_boilerplate.__file__).parent / "lists"
SEVERITIES = {rule.code: rule.severity for rule in Boilerplate.rules}
COSTLY = sorted(code for code, severity in SEVERITIES.items() if severity is not Severity.INFO)
LINES = [code for code in COSTLY if code != "BPL010"]
LANGUAGES = ("en", "de", "fr", "es", "it", "pt", "nl")
ROWS = [
    (language, section, phrase)
    for language in LANGUAGES
    for section, phrase in phrasebook._lines((LISTS / f"{language}.txt").read_text(encoding="utf-8"))
]

WORDS = ("Share this article", "Home", "News", "Photo:", "Tom", "/AP", "Read more", "cookies", "©", "2014", *"|>([…?:a")
words = st.sampled_from(WORDS) | st.sampled_from(["\n", "\n\n"])
texts = st.lists(words).map(" ".join) | st.text()
findings = st.builds(Finding, st.sampled_from(LINES), confidence=st.floats(0, 1))


def find(text):
    return next(iter(pieces([Document(text)])))


def report(text):
    return Runner(plugins=[qualitycheck_boilerplate], entry_points=False).check(text)


def badness(found, length, share=0.0):
    return Boilerplate().badness(Evidence(found, [Signal("boilerplate_share", share)], SEVERITIES, length))


def test_every_section_of_the_lists_belongs_to_a_rule_and_no_phrase_stands_twice():
    names = {rule.name for rule in Boilerplate.rules}
    assert {section.split(" in ")[0].removesuffix(" when repeated") for _, section, _ in ROWS} <= names
    for language in LANGUAGES:
        phrases = [phrase for each, _, phrase in ROWS if each == language]
        assert len(phrases) == len(set(phrases)) > 300


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_phrase_that_counts_alone_is_found(language):
    """Gaps are closed and numbers kept; what follows a label of related links must look like a title."""
    missed = []
    for each, section, phrase in ROWS:
        if each != language or section.endswith(("in company", "when repeated")):
            continue
        line = phrase.replace("*", "").replace(" … ", " ").removeprefix("… ")
        line = line.removesuffix(" …") + (
            " The Old Harbour" if section == "related-links" and "…" in phrase[-1] else ""
        )
        line = line if phrase.isupper() else line[0].upper() + line[1:]
        found = {piece.rule for piece in find(f"{line}\n")}
        if not found & {rule.name for rule in Boilerplate.rules}:
            missed.append(phrase)
    assert not missed


@given(st.lists(findings, min_size=1), findings, st.integers(0, 100_000))
def test_one_more_finding_never_lowers_badness(found, another, length):
    assert 0.0 <= badness(found, length) <= badness([*found, another], length) <= 1.0
    whole = Finding("BPL010", confidence=0.9)
    assert badness(found, length, 0.7) <= badness([*found, whole], length, 0.7) <= 1.0


@given(st.lists(findings, min_size=1), st.integers(0, 100_000), st.integers(0, 100_000))
def test_a_longer_text_never_makes_it_worse(found, length, more):
    assert badness(found, length + more) <= badness(found, length)


@given(st.floats(0.5, 1, exclude_min=True), st.floats(0.5, 1, exclude_min=True))
def test_a_larger_share_is_never_better(one, other):
    whole = [Finding("BPL010")]
    assert (badness(whole, 100, one) <= badness(whole, 100, other)) == (one <= other) or one == pytest.approx(other)


def test_lines_alone_cost_a_tenth_at_most():
    article = "The harbour reopened on Tuesday after a week of repairs, and the boats went out again.\n" * 30
    clean, one = report(article), report(article + "Share this article\n")
    many = report((article[:1305] + "Share this article\n" * 20) * 3)
    assert clean.score == 100
    assert 98 < one.score < 100
    assert 90 <= many.score < 92
    assert {many.verdict, one.verdict} == {"accept"}


def test_what_is_mostly_boilerplate_is_reviewed_and_never_rejected_for_it():
    frame = "Share this article\nWe use cookies to improve your visit.\nSubscribe to our newsletter\nLeave a comment\n"
    half = "The harbour reopened on Tuesday after a week of repairs, and boats went out.\n"
    assert report(frame + half * 4).verdict == "accept"
    assert report(frame + half * 2).verdict == "review"
    assert report(frame * 100).verdict == "review"
    assert report(frame * 100).checks["boilerplate"].signals[0].value == 1.0


@given(texts)
def test_any_text_gives_pieces_in_order_that_share_no_place(text):
    last = 0
    for piece in find(text):
        assert last <= piece.start < piece.end <= len(text)
        assert text[piece.start : piece.end].strip() == text[piece.start : piece.end]
        last = piece.end


@settings(deadline=None)  # the first text may load the language model
@given(texts)
def test_any_text_goes_through_the_runner(text):
    assert report(text).errors == ()


@given(st.lists(texts, max_size=6))
def test_many_documents_at_a_time_give_what_each_gives_alone(batch):
    documents = [Document(text) for text in batch]
    together = [[(piece.rule, piece.start, piece.end) for piece in each] for each in pieces(documents)] if batch else []
    alone = [[(piece.rule, piece.start, piece.end) for piece in find(text)] for text in batch]
    assert together == alone


def test_masked_prose_is_not_looked_at():
    text = "Share this article\nPhoto: AP\n"
    assert next(iter(pieces([Document(text, prose="\n".join(" " * len(line) for line in text.split("\n")))]))) == []


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("000", {"BPL011": ["BERLIN —"]}),
        ("001", {}),
        ("002", {"BPL002": ["Sergey Kozlov/EPA", "Mystyslav Chernov/AP", "Grigory Sysoyev/Pool Sputnik Kremlin/AP"]}),
        (
            "003",
            {
                "BPL001": [
                    "Discover more from Defence Talks | Defense News Hub, Military Updates, Security Insights",
                    "Subscribe to get the latest posts sent to your email.",
                ]
            },
        ),
        ("004", {}),
    ],
)
def test_reference_documents(name, expected):
    if not REFERENCE.is_dir():
        pytest.skip("the reference documents are not here")
    (path,) = REFERENCE.glob(f"{name}_*.txt")
    text = path.read_bytes().decode("utf-8")
    found = {}
    for finding in report(text).findings:
        found.setdefault(finding.code, []).append(finding.text)
    assert found == expected


def test_ten_times_the_lines_take_about_ten_times_as_long():
    def seconds(text):
        started = time.process_time()
        assert find(text)
        return time.process_time() - started

    piece = "Share this article\nPhoto: Ada Lill/AP\nIt rained. Read more\nHome | News | Contact | Search\nIt rained.\n"
    seconds(piece)
    assert seconds(piece * 4000) < 40 * max(seconds(piece * 400), 0.01)


@pytest.mark.parametrize("line", ["Share this article\n", "Advertisement\n", "Ada Lill/AP\n", "Read more\n"])
def test_more_boilerplate_is_never_less(line):
    text = "The harbour reopened on Tuesday.\n" + line * 30_000
    assert len(find(text)) == 30_000
    assert report(text).verdict == "review"
