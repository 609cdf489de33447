import pytest

from qualitycheck import Document
from qualitycheck.document import prepare

PARAGRAPHS = {
    "en": """The harbour was quiet when we came down to it that morning. Two men were mending a net on the wall, and a
        dog slept between them with its head on a coil of rope. Nobody looked up.""",
    "de": """Der Hafen war still, als wir am Morgen hinunterkamen. Zwei Männer flickten auf der Mauer ein Netz, und
        zwischen ihnen schlief ein Hund. Niemand blickte auf, denn es war noch früh.""",
    "fr": """Le port était calme quand nous y sommes descendus ce matin-là. Deux hommes réparaient un filet sur le mur,
        et un chien dormait entre eux. Personne ne leva les yeux.""",
    "es": """El puerto estaba tranquilo cuando bajamos aquella mañana. Dos hombres remendaban una red sobre el muro, y
        un perro dormía entre ellos. Nadie levantó la vista.""",
    "it": """Il porto era tranquillo quando scendemmo quella mattina. Due uomini riparavano una rete sul muro, e un cane
        dormiva in mezzo a loro. Nessuno alzò gli occhi.""",
    "nl": """De haven was stil toen we die ochtend naar beneden kwamen. Twee mannen herstelden een net op de muur, en
        tussen hen in sliep een hond. Niemand keek op, want het was nog vroeg.""",
    "pl": """Port był cichy, kiedy zeszliśmy tam tego ranka. Dwóch mężczyzn naprawiało sieć na murze, a między nimi
        spał pies. Nikt nie podniósł wzroku, bo było jeszcze wcześnie.""",
    "sv": """Hamnen var stilla när vi kom ner dit den morgonen. Två män lagade ett nät på muren, och mellan dem sov en
        hund. Ingen tittade upp, för det var ännu tidigt.""",
    "ru": """В гавани было тихо, когда мы спустились туда тем утром. Двое мужчин чинили сеть на стене, а между ними
        спала собака. Никто не поднял глаз, потому что было ещё рано.""",
    "ja": """その朝、私たちが港に下りていくと、あたりは静かだった。二人の男が塀の上で網を繕っていて、その間で犬が眠って
        いた。誰も顔を上げなかった。""",
}


@pytest.mark.parametrize("code", PARAGRAPHS)
def test_paragraphs(code):
    assert Document(PARAGRAPHS[code]).language == code


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("The cat sat", "en"),
        ("What would they say about it?", "en"),
        ("No money, no food", "en"),
        ("WHY THE RIVER ROSE AND WHAT CAME AFTER", "en"),
        ("Der Hund schläft hier im Garten.", "de"),
        ("was will man mehr", "de"),
        ("De hond was moe en wij waren dat ook.", "nl"),
        ("Le chien dort dans le jardin.", "fr"),
    ],
)
def test_short_texts(text, code):
    assert Document(text).language == code


@pytest.mark.parametrize(
    "text", ["", " \n", "Hello", "Good morning", "1 2 3 4 5 6 7 8", "... !!! --- ???", "❤️ 👩‍💻 👍🏽 ❤️"]
)
def test_too_little_text_has_no_language(text):
    assert Document(text).language is None


def test_only_prose_counts():
    english = "The harbour was quiet when we came."
    german = "Der Hafen war still, als wir kamen."
    text = f"{english} {german}"
    assert Document(text, prose=" " * len(english) + " " + german).language == "de"


def test_english_among_code_and_numbers_is_still_english():
    text = "Set x = 3, y = 4 and z = 12 before you run it; the result is then written to out.txt, which must exist."
    assert Document(text).language == "en"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("\ud800 these are lone surrogates \udfff", "en"),
        ("\x00 these are \x00 zero bytes \x00", "en"),
        ("xxxx " * 40_000, None),
        ("x" * 200_000, None),
    ],
)
def test_hostile_text(text, code):
    assert Document(text).language == code


def test_together_they_have_the_languages_they_have_alone():
    texts = [*PARAGRAPHS.values(), "", "Yes, of course.", *PARAGRAPHS.values()]
    together, alone = [Document(text) for text in texts], [Document(text) for text in texts]
    prepare(together)
    assert [each.__dict__["language"] for each in together] == [each.language for each in alone]
