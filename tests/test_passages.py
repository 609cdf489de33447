"""Passages in another language: found where they are sure, left alone where words only look like one."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qualitycheck import Document
from qualitycheck.batch import prepare_passages
from qualitycheck.function_words import FUNCTION_WORDS, kin
from qualitycheck.passages import foreign_passages
from qualitycheck.tokens import tokenize

BEFORE = """The old bridge over the river will be closed in spring, the council said on Monday. There are cracks in the
wall that were found in September, and nobody knows how deep they are. """
AFTER = """ For the people who live there it means a detour of six kilometres, and the parents are worried about it."""

SENTENCES = {
    "de": "Die Arbeiten werden acht Monate dauern, und die Gemeinde hat noch nicht das Geld, das sie dafür braucht.",
    "fr": "Les travaux vont durer huit mois et la commune n'a pas encore tout l'argent dont elle a besoin pour cela.",
    "es": "Las obras van a durar ocho meses y el ayuntamiento no tiene todavía el dinero que necesita para ello.",
    "it": "I lavori dureranno otto mesi e il comune non ha ancora tutto il denaro che gli serve per pagare la ditta.",
    "pt": "As obras vão durar oito meses e a câmara ainda não tem o dinheiro de que precisa para pagar aos operários.",
    "nl": "De werken zullen acht maanden duren en de gemeente heeft nog niet het geld dat zij daarvoor nodig heeft.",
    "sv": "Arbetet kommer att ta åtta månader och kommunen har inte alla de pengar som den behöver för det ännu.",
    "pl": "Prace potrwają osiem miesięcy, a gmina nie ma jeszcze pieniędzy, które są do tego potrzebne w tym roku.",
    "cs": "Práce potrvají osm měsíců a obec ještě nemá všechny peníze, které na to bude v tomto roce potřebovat.",
    "hu": "A munka nyolc hónapig tart, és a község még nem találta meg azt a pénzt, amely ehhez kell, de majd meglesz.",
    "tr": "Çalışmalar sekiz ay sürecek ve belediye bunun için gerekli olan parayı daha bulmuş değil ama çok istiyor.",
    "id": "Pekerjaan itu akan berlangsung delapan bulan dan kota ini belum mempunyai uang yang dibutuhkan untuk itu.",
    "fi": "Työt kestävät kahdeksan kuukautta, mutta kunta ei ole vielä saanut niitä rahoja, jotka se tarvitsee.",
    "ru": "Работы продлятся восемь месяцев, а у города ещё нет тех денег, которые для этого нужны.",
    "el": "Οι εργασίες θα διαρκέσουν οκτώ μήνες και ο δήμος δεν έχει ακόμη τα χρήματα που χρειάζεται.",
    "zh": "这项工程将持续八个月，而市里还没有找到所需要的资金，所以大家都很担心。",
}  # fmt: skip


@pytest.mark.parametrize("language", SENTENCES)
def test_a_sentence_is_found_whole(language):
    text = BEFORE + SENTENCES[language] + AFTER
    (passage,) = Document(text).foreign_passages
    assert passage.language in kin(language)
    assert text[passage.start : passage.end] == SENTENCES[language]
    assert passage.words >= 7


@pytest.mark.parametrize("language", ["de", "fr", "es", "nl"])
def test_english_is_found_in_another_language(language):
    own = SENTENCES[language]
    english = "The work will take about eight months and it will be paid for by the town, which has not got the money."
    text = f"{own} {own} {own} {english} {own}"
    (passage,) = Document(text).foreign_passages
    assert passage.language == "en"
    assert text[passage.start : passage.end] == english


@pytest.mark.parametrize(
    "text",
    [
        "",
        BEFORE,
        BEFORE + "Ludwig van Beethoven, Charles de Gaulle and Leonardo da Vinci never met Vincent van Gogh." + AFTER,
        BEFORE + "De facto, et al., vis-à-vis, per se and c'est la vie are what they like to say." + AFTER,
        BEFORE + "The Rio de la Plata, the Tierra del Fuego and the Sierra Madre del Sur are in the book." + AFTER,
        BEFORE + "Guten Tag! Bonjour! Buenos días!" + AFTER,
        BEFORE + "The words αβγ and даже are short." + AFTER,
    ],
)
def test_what_is_no_passage(text):
    assert Document(text).foreign_passages == ()


def test_languages_that_are_alike_are_not_foreign_to_each_other():
    text = f"{SENTENCES['es']} {SENTENCES['es']} {SENTENCES['es']} {SENTENCES['pt']}"
    assert Document(text).language == "es"
    assert Document(text).foreign_passages == ()


def test_every_list_has_words_of_its_own():
    for language, words in FUNCTION_WORDS.items():
        others = {
            word for other in FUNCTION_WORDS if other not in kin(language) for word in FUNCTION_WORDS[other].split()
        }
        assert len(set(words.split()) - others) >= 10, language


@settings(deadline=None)  # the first text may load the language model
@given(st.lists(st.sampled_from([*" ".join(FUNCTION_WORDS.values()).split(), ".", "\n\n", "и", "好", "(", "“"])))
def test_passages_are_in_order_and_apart(words):
    text = " ".join(words)
    for language in ("en", "de", "es", None, "cy"):
        passages = foreign_passages(text, tokenize(text), language)
        ends = [0, *(passage.end for passage in passages)]
        assert all(end <= passage.start < passage.end for end, passage in zip(ends, passages, strict=False))
        assert all(text[passage.start : passage.end].strip() for passage in passages)


@pytest.mark.parametrize(
    "text", ["der und nicht von the " * 9000, "и " * 100_000, "好" * 200_000, "la el de " * 25_000]
)
def test_hostile_texts_take_little_time(text):
    tokens = tokenize(text)
    started = time.perf_counter()
    foreign_passages(text, tokens, "en")
    assert time.perf_counter() - started < 8.0


def test_a_quick_look_leaves_only_texts_out_that_have_none():
    foreign = " ".join(SENTENCES.values())
    documents = [Document(text) for text in ("", "A quiet harbour. " * 9, foreign, f"{foreign} Это тоже предложение.")]
    prepare_passages(documents)
    assert [document.__dict__.get("foreign_passages") for document in documents[:2]] == [(), ()]
    for document in documents:
        assert document.foreign_passages == Document(document.text).foreign_passages
