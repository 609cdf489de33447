"""What the languages check does that case files cannot say: the setting, what it costs, what is said of a wrong one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

import qualitycheck_languages
from qualitycheck import Document, Evidence, Finding, Runner, Settings
from qualitycheck_languages.check import Languages
from qualitycheck_languages.names import NAMES

PARAGRAPHS = {
    "en": "The harbour was quiet when we came down to it that morning, and two men were mending a net there.",
    "de": "Der Hafen war still, als wir am Morgen hinunterkamen, und zwei Männer flickten auf der Mauer ein Netz.",
    "fr": "Le port était calme quand nous y sommes descendus ce matin, et deux hommes réparaient un filet.",
    "es": "El puerto estaba tranquilo cuando bajamos aquella mañana, y dos hombres remendaban una red sobre el muro.",
    "pl": "Port był cichy, kiedy zeszliśmy tam tego ranka, a dwóch mężczyzn naprawiało na murze swoją starą sieć.",
    "ru": "В гавани было тихо, когда мы спустились туда тем утром, и двое мужчин чинили на стене свою старую сеть.",
    "ja": "その朝、私たちが港に下りていくと、あたりは静かだった。二人の男が塀の上で網を繕っていた。",
}


def report(text, *languages):
    runner = Runner(Settings(languages=languages), [qualitycheck_languages], entry_points=False)
    assert not runner.plugins.failed
    return runner.check(text)


@pytest.mark.parametrize("code", PARAGRAPHS)
def test_any_language_is_welcome_by_default(code):
    assert report(PARAGRAPHS[code]).score == 100
    assert report(PARAGRAPHS[code]).findings == ()


@pytest.mark.parametrize("code", PARAGRAPHS)
def test_an_unexpected_language_is_named(code):
    (finding,) = report(PARAGRAPHS[code], "sw", "cy").findings
    assert (finding.code, finding.start) == ("LNG001", None)
    assert finding.message == f"this is in {NAMES[code]} ({code}); expected: Welsh (cy), Swahili (sw)"


@pytest.mark.parametrize("code", PARAGRAPHS)
def test_an_expected_language_is_not(code):
    assert report(PARAGRAPHS[code], "sw", code).findings == ()


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Guten Tag!",
        "Der Hund schläft hier im Garten.",
        "Jean-Paul Lefèvre, Marie-Claire Dupont, André Müller, José García, Ana Núñez, Søren Åberg, Paweł Żuk",
    ],
)
def test_a_few_words_and_lists_of_names_are_of_no_language(text):
    assert report(text, "en").findings == ()


def test_a_short_text_can_be_of_a_language_that_is_alike():
    text = "Broen blir stengt til våren, sa rådet mandag, og ingen vet hvor lenge det vil vare for dem som bor der."
    assert report(text, "da").findings == ()
    assert [finding.code for finding in report(text, "en").findings] == ["LNG001"]


def test_two_languages_that_are_expected_may_be_mixed():
    text = " ".join([PARAGRAPHS["en"]] * 3 + [PARAGRAPHS["de"]] * 3)
    assert [finding.code for finding in report(text).findings] == ["LNG002"]
    assert report(text, "en", "de").findings == ()
    assert [finding.code for finding in report(text, "en").findings] == ["LNG002"]


def test_a_language_alone_never_sends_a_text_to_review():
    assert 90 - 1e-9 <= report(PARAGRAPHS["de"], "en").score < 95
    assert report(PARAGRAPHS["de"], "en").verdict == "accept"


@pytest.mark.parametrize(
    ("code", "hint"),
    [("english", "write “en”"), ("German", "write “de”"), ("xx", "such as “en”"), ("en-GB", "such as")],
)
def test_a_code_that_is_none_is_refused_with_a_hint(code, hint):
    runner = Runner(Settings(languages=(code,)), [qualitycheck_languages], entry_points=False)
    (failed,) = runner.plugins.failed
    assert f"“{code}”" in failed.reason
    assert hint in failed.reason


def test_one_text_is_no_list_of_languages():
    with pytest.raises(ValueError, match="languages is one text"):
        Settings(languages="en")


def test_every_language_that_can_be_told_has_a_name():
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    labels = set(LanguageIdentifier.from_model_file(MODEL_FILE).labels)
    assert labels - {"zxx", "pcm"} == set(NAMES)


@given(st.lists(st.sampled_from(["LNG001", "LNG002"]), min_size=1), st.sampled_from(["LNG001", "LNG002"]))
def test_one_more_finding_never_lowers_badness(codes, another):
    severities = {rule.code: rule.severity for rule in Languages.rules}
    few = [Finding(code, confidence=0.9) for code in codes]
    more = [*few, Finding(another, confidence=0.9)]
    worse = [Languages().badness(Evidence(found, [], severities, 100)) for found in (few, more)]
    assert 0.0 <= worse[0] <= worse[1] <= 1.0


def test_any_document_has_at_most_one_finding():
    document = Document(" ".join(PARAGRAPHS.values()))
    assert len(list(Languages(("cy",)).inspect(document))) == 1
