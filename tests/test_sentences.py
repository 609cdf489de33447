"""All bundled checks on texts of one sentence: what translations, prompts and generators are tested with."""

import json
import lzma
from pathlib import Path

import pytest

from qualitycheck import Document, Settings, assert_quality
from qualitycheck.standard import judge

CORPUS = Path(__file__).parents[2] / "shared" / "corpus"

GOOD = """
    OK
    Save as…
    Chapter One
    Timetable
    Are you sure you want to delete this file?
    Hello, world!
    No results.
    Page 3 of 12
    The ferry leaves at six.
    She said she would come.
    “We won’t sail in a storm,” the captain said.
    “We won’t sail in a storm.
    That’s all I know about it.”
    Don't forget to sign the form before you send it back.
    It was the best of all the inns between the river and the sea, and the cheapest too.
    Whereas the parties have agreed to settle all disputes by arbitration, they appoint the undersigned.
    For all x in S there is a y such that x < y.
    Let S = {1, 2, 3} and let f map S to itself.
    Run `make test` in the folder above.
    Translate the text below into French and keep its headings.
    You are a helpful guide; answer in one short paragraph.
    Write three names for a bakery by the sea
    Le traversier part à six heures.
    Die Fähre fährt um sechs Uhr ab, wenn das Wetter es erlaubt.
    El barco sale a las seis de la mañana.
    Il traghetto parte alle sei.
    渡船六点出发。
    Паром отправляется в шесть часов.
    السفينة تغادر في السادسة.
    נסיעה טובה!
    Ünlü şair İstanbul'da doğdu.
    Ōsaka, São Tomé and Łódź
    10:30 – 12:00, Hall B
    £4.50 a kilo
    Tel. 555 0134
    👍 Thanks, see you at 5!
    y'all ain't seen nothing yet
    me and him we was going home when it begun to rain
    I has been studying the English since two years.
    Breaking: mayor resigns
    By a staff reporter
    A
    42
    The committee, having considered the report of its chair, and having heard the views of its members, resolved
""".strip().splitlines()

DAMAGED = {
    "The mayor received’t say why the ferry was late.": "SYN004",
    "The ferry leaves at {that a} pier.": "BRC002",
    "{The ferry|The boat} leaves at {six|seven}.": "BRC001",
    "Dear {{first_name}}, the ferry leaves at six.": "BRC004",
    "The ferry wonâ€™t sail in a storm.": "ENC001",
    "The ferry won\ufffdt sail.": "ENC002",
    "Sign in to your Pаypal account.": "ENC004",
    "The mayor‘s ferry leaves at six, and Ana‘s too.": "QUO001",
}


@pytest.mark.parametrize("text", [line.strip() for line in GOOD])
def test_a_good_sentence_loses_nothing(text):
    assert_quality(text, min_score=100, fail_on="warning")


@pytest.mark.parametrize(("text", "code"), DAMAGED.items())
def test_a_damaged_sentence_is_found(text, code):
    with pytest.raises(AssertionError, match=code):
        assert_quality(text, min_score=100)


SOURCES = ("news_reuters_fin_2006_2013", "legal_au_fca_2006_2009", "textbook_openstax", "parl_singapore_1980_2024")


@pytest.mark.parametrize("source", SOURCES)
def test_of_the_sentences_of_good_texts_hardly_any_fails(source):
    path = CORPUS / f"{source}.jsonl.xz"
    if not path.exists():
        pytest.skip("the corpus is not here")
    sentences = []
    with lzma.open(path, "rt", encoding="utf-8") as lines:
        for line, _ in zip(lines, range(200), strict=False):
            document = Document(json.loads(line)["text"][:20_000])
            for start, end in document.sentences[5:10]:
                sentences.append(Document(document.text[start:end], fragment=True))
    assert len(sentences) > 500
    # The lines of the parliament's printed pages are really broken.
    settings = Settings(fail_on="warning", ignore=("ENC009", "ENC010"))
    failed = [judged for judged in judge(sentences, settings) if judged.reasons]
    assert len(failed) <= 0.002 * len(sentences), [(each.document.text, each.headline) for each in failed]
