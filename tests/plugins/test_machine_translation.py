"""What the machine translation check does that case files cannot say: sounds, badness, the reference documents."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import qualitycheck_machine_translation
from qualitycheck import Document, Evidence, Finding, Runner
from qualitycheck_machine_translation.check import MachineTranslation
from qualitycheck_machine_translation.pronunciation import Sound, first_sound

REFERENCE = Path(__file__).parents[3] / "shared" / "seeds"
SEVERITIES = {rule.code: rule.severity for rule in MachineTranslation.rules}

SOUNDS = {
    Sound.VOWEL: """apple element idea old ocean ounce hour hours honest honour honor heir heiress under umbrella uncle
        unusual unable unimportant uninformed unidentified ugly upper usher urge urban ultimate outcome FBI MRI NBA MP
        LCD IRS ATM OK NGO XML 8 8th 80 800 8.5 11 11th 18 18th 18,000 80s""",
    Sound.CONSONANT: """house high human hundred European euro eulogy ewe unit unique union universe university
        unanimous unary uniform user useful use usual utility utopia uranium urine Ukrainian ubiquitous one once ones
        oneself ouija book tree year yellow window zero BBC CIA GDP TV UN UK US USB NATO NASA YMCA 1 2 5 10 12 50 100
        150 7.5 9th""",
    Sound.UNSURE: """historic hotel herb homage habitual nginx xor SQL SUV HIV LED RAF UNO EUR AAA PhD iPod mRNA 0.8
        1,100 1100 1840 8x10 HTTPX""",
}
PIECES = "a an the of is hour old European FBI 8 18 . , ! ? : « “ ” ( ) translated by TL note"

findings = st.builds(Finding, st.sampled_from(sorted(SEVERITIES)), confidence=st.floats(0, 1))
words = st.sampled_from(PIECES.split())
texts = st.lists(words).map(" ".join) | st.text()


def badness(found, length):
    return MachineTranslation().badness(Evidence(found, [], SEVERITIES, length))


def found(text, code):
    return [finding for finding in MachineTranslation().inspect(Document(text)) if finding.code == code]


@pytest.mark.parametrize(
    ("sound", "word"),
    [(sound, word) for sound, given_words in SOUNDS.items() for word in given_words.split()],
)
def test_sounds(sound, word):
    assert first_sound(word) is sound


@given(st.lists(findings, min_size=1), findings, st.integers(0, 100_000))
def test_one_more_finding_never_lowers_badness(given_findings, another, length):
    assert 0.0 <= badness(given_findings, length) <= badness([*given_findings, another], length) <= 1.0


@given(st.lists(findings, min_size=1), st.integers(0, 100_000), st.integers(0, 100_000))
def test_a_longer_text_never_makes_it_worse(given_findings, length, more):
    assert badness(given_findings, length + more) <= badness(given_findings, length)


def test_a_slip_in_a_page_costs_next_to_nothing_and_many_cost_the_verdict():
    clean = "The people of the town came to the hall to hear what the council had to say about the bridge. " * 30
    runner = Runner(plugins=[qualitycheck_machine_translation], entry_points=False)
    assert runner.check(clean).score == 100
    assert 97 < runner.check(clean + "It was a old one.").score < 100
    assert runner.check("It was a old man in an house on an hill, an mile from an town with a inn. " * 5).score < 75


def test_messages_say_what_is_wrong():
    text = "It was an finish of the the day, they said , and he said : yes , it was ."
    messages = [finding.message for finding in MachineTranslation().inspect(Document(text))]
    assert messages[:2] == ["“an finish” should be “a finish”", "“the” stands twice"]
    assert "white space before “,”" in messages


def test_replacing_a_finding_with_its_suggestion_leaves_nothing_to_report():
    text = "This is a old house of of an European man , who was tired , and it was late ."
    for finding in sorted(MachineTranslation().inspect(Document(text)), key=lambda each: each.start, reverse=True):
        text = text[: finding.start] + finding.suggestions[0].text + text[finding.end :]
    assert list(MachineTranslation().inspect(Document(text))) == []
    assert text == "This is an old house of a European man, who was tired, and it was late."


@settings(deadline=None)  # the first text may load a model or a word list
@given(texts)
def test_any_text_goes_through_the_runner(text):
    report = Runner(plugins=[qualitycheck_machine_translation], entry_points=False).check(text)
    assert report.errors == ()
    assert 0 <= report.score <= 100


@pytest.mark.parametrize("language", ["de", "fr", None])
def test_english_rules_are_for_english_texts(language):
    texts_of = {
        "de": "Die alte Brücke an der Sorbe wird im Frühjahr gesperrt , und niemand weiß , wie lange das dauern wird .",
        "fr": "Le vieux pont a un an et a été fermé , il a ouvert la la porte ! Et a-t-il eu une idée ? Oui !",
        None: "a apple ,",
    }
    assert Document(texts_of[language]).language == language
    assert list(MachineTranslation().inspect(Document(texts_of[language]))) == []


@pytest.mark.parametrize(
    ("name", "expected"),
    [("000", []), ("001", ["an more", "a assume", "an finish"]), ("002", ["a extra"]), ("003", []), ("004", [])],
)
def test_reference_documents(name, expected):
    if not REFERENCE.is_dir():
        pytest.skip("the reference documents are not here")
    (path,) = REFERENCE.glob(f"{name}_*.txt")
    text = path.read_bytes().decode("utf-8")
    all_found = list(MachineTranslation().inspect(Document(text)))
    assert [text[finding.start : finding.end] for finding in all_found] == expected
