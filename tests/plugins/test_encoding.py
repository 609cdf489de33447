"""What the encoding check does that case files cannot say: badness, round trips, any text, surrogates, speed."""

import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import qualitycheck_encoding
from qualitycheck import Document, Evidence, Finding, Runner
from qualitycheck_encoding.check import Encoding

REFERENCE = Path(__file__).parents[3] / "shared" / "seeds"
SEVERITIES = {rule.code: rule.severity for rule in Encoding.rules}

SENTENCES = {
    "French": "Élodie a déjà reçu la réponse : « où êtes-vous ? », et le garçon naïf s’est tu.",
    "German": "Die Größe der Brücke überraschte „Jürgen“ – und über die Straße ging ein Fuß.",
    "Spanish": "¿Dónde está el niño? Mañana irá al jardín con su tía, dijo José.",
    "Portuguese": "A canção não é só coração: são dez informações à espera de ti, João.",
    "Polish": "Zażółć gęślą jaźń, powiedział źle ubrany chłopiec — i wyszedł później.",
    "Czech": "Příliš žluťoučký kůň pěl ďábelské ódy, řekla Žofie.",
    "Turkish": "Şu köşede üç güzel çiçek açtı; İstanbul’da ılık bir gün.",
    "Greek": "Η Αθήνα είναι όμορφη την άνοιξη, είπε ο παππούς.",
    "Russian": "Сегодня утром шёл снег, и дети строили крепость.",
    "Vietnamese": "Tôi đã học tiếng Việt ở trường được một năm.",
    "Hindi": "आज सुबह बहुत ठंड थी और बच्चे घर में थे।",
    "Arabic": "كان الطقس جميلا هذا الصباح في المدينة القديمة.",
    "Japanese": "今日はとても寒いので、家で本を読みます。",
    "Chinese": "今天早上下雪了，孩子们都很高兴。",
    "English": "It’s a “naïve” question — isn’t it? The café charged £5…",
}

texts = st.text("ÃÂâ€™œ©\u0080\u0099 aбαо\u200b\u200d\u202e\ufe0f\ufffd?&;<>/brnspt\ufdd0\ud800😀é\n") | st.text()
findings = st.builds(Finding, st.sampled_from(sorted(SEVERITIES)), confidence=st.floats(0, 1))


def inspect(text, **arguments):
    return list(Encoding().inspect(Document(text, **arguments)))


def badness(found, words):
    return Encoding().badness(Evidence(found, [], SEVERITIES, words))


def misread(text, codec):
    """UTF-8 read in a one-byte encoding; bytes without a character pass through, as browsers and ftfy have it."""
    return "".join(bytes([byte]).decode(codec, "ignore") or chr(byte) for byte in text.encode())


def repaired(text):
    for finding in sorted(inspect(text), key=lambda finding: -finding.start):
        assert finding.code == "ENC001", text[finding.start : finding.end]
        text = text[: finding.start] + finding.suggestions[0].text + text[finding.end :]
    return text


@pytest.mark.parametrize("language", SENTENCES)
def test_a_clean_sentence_is_clean(language):
    assert inspect(SENTENCES[language]) == []
    assert inspect(SENTENCES[language].upper()) == []


@pytest.mark.parametrize("codec", ["cp1252", "latin-1"])
@pytest.mark.parametrize("language", SENTENCES)
def test_a_misread_sentence_is_restored(language, codec):
    assert repaired(misread(SENTENCES[language], codec)) == SENTENCES[language]


@pytest.mark.parametrize("language", ["French", "German", "English", "Russian"])
def test_a_sentence_misread_twice_is_restored(language):
    assert repaired(misread(misread(SENTENCES[language], "cp1252"), "cp1252")) == SENTENCES[language]


def test_damage_in_the_middle_of_a_long_line_is_found_in_place():
    clean = "The weather was fine, and nobody complained. " * 200
    text = f"{clean}It was the millerâ€™s turn. {clean}"
    (finding,) = inspect(text)
    assert text[finding.start : finding.end] == "millerâ€™s"


def test_bytes_that_could_not_be_decoded_are_read_as_windows_1252():
    (finding,) = inspect(b"the caf\xe9 was closed".decode("utf-8", "surrogateescape"))
    assert (finding.code, finding.suggestions[0].text) == ("ENC002", "é")


def test_half_a_surrogate_pair_is_a_lost_character():
    (finding,) = inspect("so happy \ud83d today")
    assert (finding.code, finding.start, finding.suggestions) == ("ENC002", 9, ())


def test_hidden_tags_are_spelled_out():
    (finding,) = inspect("Hello." + "".join(chr(0xE0000 + ord(letter)) for letter in "ignore this"))
    assert "ignore this" in finding.message


@given(texts)
def test_spans_are_valid_and_no_place_is_reported_twice(text):
    found = sorted(inspect(text), key=lambda finding: finding.start)
    assert all(0 <= finding.start < finding.end <= len(text) for finding in found)
    garbled = [finding for finding in found if finding.code == "ENC001"]
    for one in garbled:
        assert not [two for two in found if two is not one and two.start < one.end and one.start < two.end]


@given(st.text("abé\ufdd0â€™Ã©\u200b &"))
def test_masked_markup_inside_damage_keeps_spans_valid(prose):
    found = inspect(prose.replace("\ufdd0", "x"), prose=prose)
    assert all(0 <= finding.start < finding.end <= len(prose) for finding in found)


@given(st.text(st.characters(min_codepoint=0x20, max_codepoint=0x7E, exclude_characters="&<?")))
def test_plain_ascii_is_never_reported(text):
    assert inspect(text) == []


@given(st.lists(findings, min_size=1), findings, st.integers(0, 100_000))
def test_one_more_finding_never_lowers_badness(found, another, words):
    assert 0.0 <= badness(found, words) <= badness([*found, another], words) <= 1.0


@given(st.lists(findings, min_size=1), st.integers(0, 100_000), st.integers(0, 100_000))
def test_a_longer_text_never_makes_it_worse(found, words, more):
    assert badness(found, words + more) <= badness(found, words)


def score(text):
    return Runner(plugins=[qualitycheck_encoding], entry_points=False).check(text).score


def test_a_stray_accident_in_a_long_text_costs_little_and_a_garbled_text_is_rejected():
    clean = "It was a long day, and everybody said so at least twice before supper came. "
    assert score(clean * 70 + "The cafÃ© was closed.") > 90
    assert score("The cafÃ© wasnâ€™t open. " * 40) < 40
    assert score(clean * 10 + "The cafÃ© was closed, and Saint-SaÃ«ns wasnâ€™t on.") < 75


def test_invisible_characters_alone_never_reject():
    assert 40 < score("A wo\u200brd. " * 500) < 75


def test_the_reference_documents_are_clean():
    paths = sorted(REFERENCE.glob("*.txt"))
    if not paths:
        pytest.skip("the reference documents are not here")
    assert [inspect(path.read_text(encoding="utf-8")) for path in paths] == [[]] * 5


def test_ten_times_the_damage_takes_about_ten_times_as_long():
    def seconds(text):
        started = time.process_time()
        assert inspect(text)
        return time.process_time() - started

    piece = "The cafÃ© wasnâ€™t op\u200ben, s\u0430id th\ufffd n&eacute;e. "
    seconds(piece)
    assert seconds(piece * 2000) < 40 * max(seconds(piece * 200), 0.005)
