"""The Duplicates check: copies, near copies, rewrites, and what is none of them."""

import random
import re
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qualitycheck import Document, Finding, Runner, Seen, Settings, Signal
from qualitycheck.corpus import enter, resolve
from qualitycheck_duplicates.candidates import kindred_pairs
from qualitycheck_duplicates.check import Duplicates
from qualitycheck_duplicates.sketch import HEAD, Sketch, sketch

ROOT = Path(__file__).parent.parent.parent
sys.path.insert(0, str(ROOT / "benchmarks" / "accuracy"))

from sources import pairs  # noqa: E402
from spinner import Spinner  # noqa: E402

FERRY = (
    "The ferry from Ardrossan to Brodick will run again from 14 May, Caledonian MacBrayne said on Tuesday. The MV Glen "
    "Sannox was taken out of service on 3 November, when a storm broke the landing stage. Repairs cost £2.7m, and "
    "Fiona Hyslop called the delay “a very hard winter for Arran”. The company said that people who live on the island "
    "will be able to book from 2 May, a week before everyone else, and that fares will not rise before 2027. Sheila "
    "Gilmore of VisitArran said hotels in Lamlash and Whiting Bay had lost about a third of their guests."
)
BRIDGE = (
    "The Kessock bridge north of Inverness will close for nine nights from 2 June while Morrison Construction lays a "
    "new surface, Transport Scotland announced on Friday. Drivers will be sent through Beauly, which takes 25 minutes "
    "more. The bridge opened in 1982 and carries 33,000 vehicles a day. Kate Forbes asked whether buses to Raigmore "
    "hospital will still cross; the answer was that ambulances and the 61 to Dingwall will."
)
WORDS = ("harbour", "council", "winter", "island", "people", "market", "garden", "school", "water", "letter", "river")


def said(*texts, codes=(), near=0.8):
    """Findings and signals by the number of the document; ``codes`` are what others found in each."""
    check = Duplicates()
    check.options = type(check.options)(near=near)
    known = [*codes, *[()] * len(texts)]
    seen = []
    for number, text in enumerate(texts):
        document = Document(text)
        seen.append(Seen(f"text {number}", check.sketch(document), document.words, frozenset(known[number])))
    found = {}
    for number, item in check.resolve(seen):
        found.setdefault(number, []).append(item)
    return found


def rules(*texts, **more):
    """Rule and related document by the number of the document."""
    return {
        number: (
            next(item.code for item in items if isinstance(item, Finding)),
            next(item.value for item in items if isinstance(item, Signal)),
        )
        for number, items in said(*texts, **more).items()
    }


def spun(text, seed=1, rate=1.0):
    return Spinner(pairs("news-spinner")).spin(text, rate, seed)[0]


def test_the_later_copy_is_reported_and_names_the_first():
    assert rules(FERRY, BRIDGE, FERRY, FERRY) == {2: ("DUP001", "text 0"), 3: ("DUP001", "text 0")}


@pytest.mark.parametrize(
    "change", [str.upper, str.lower, lambda text: re.sub(r"\s", "\n\n", text), lambda text: text.replace(",", " ;")]
)
def test_capitals_white_space_and_marks_do_not_count(change):
    assert rules(FERRY, change(FERRY)) == {1: ("DUP001", "text 0")}


@pytest.mark.parametrize("change", [("14", "15"), ("2027", "2028"), ("ferry", "boat")])
def test_a_word_or_number_more_is_a_near_copy(change):
    assert rules(FERRY, FERRY.replace(*change)) == {1: ("DUP002", "text 0")}


def test_a_note_below_makes_a_near_copy_and_much_more_none():
    assert rules(FERRY, FERRY + " Read more on our website.") == {1: ("DUP002", "text 0")}
    assert rules(FERRY, f"{FERRY} {BRIDGE}") == {}


def test_how_near_can_be_set():
    changed = FERRY.replace("said", "told us").replace("storm", "gale")
    assert rules(FERRY, changed, near=0.5) == {1: ("DUP002", "text 0")}
    assert rules(FERRY, FERRY.replace("14", "15"), near=1.0) == {}


def test_a_copy_is_held_against_what_stays():
    words = [f"word{number}" for number in range(400)]
    steps = [" ".join(words[start : start + 300]) for start in (0, 25, 50, 75)]
    found = rules(*steps)
    assert found == {1: ("DUP002", "text 0"), 3: ("DUP002", "text 2")}  # the third is not enough like the first


def test_a_copy_of_a_near_copy_names_what_stays():
    changed = FERRY.replace("14", "15")
    assert rules(FERRY, changed, changed) == {1: ("DUP002", "text 0"), 2: ("DUP002", "text 0")}


@pytest.mark.parametrize("rate", [1.0, 0.5])
def test_a_spun_text_names_its_original(rate):
    assert rules(BRIDGE, FERRY, spun(FERRY, rate=rate)) == {2: ("DUP010", "text 1")}


def test_what_is_held_to_be_spun_is_not_the_original():
    assert rules(spun(FERRY), FERRY, codes=[("SYN010",)]) == {0: ("DUP010", "text 1")}
    assert rules(spun(FERRY), FERRY) == {1: ("DUP010", "text 0")}
    assert rules(FERRY, spun(FERRY), codes=[("SYN010",), ("SYN010",)]) == {1: ("DUP010", "text 0")}


def test_several_rewrites_of_one_text_name_it_and_not_each_other():
    texts = [spun(FERRY, seed) for seed in range(30)]
    found = rules(*texts, FERRY, codes=[("SYN010",)] * 30)
    assert {other for _, other in found.values()} == {"text 30"} and len(found) == 30


def test_a_farm_of_rewrites_makes_few_pairs():
    heads = [sketch(Document(FERRY)).head] * 300
    first, second = kindred_pairs(heads)
    assert len(first) == 2 * 300 - 3 and set(second.tolist()) == set(range(1, 300))
    assert len(kindred_pairs(heads * 4)[0]) == 0  # of what more than a thousand have nothing follows


def test_the_message_and_signals_say_how_much_is_kept():
    *signals, finding = said(FERRY, spun(FERRY))[1]
    assert [signal.name for signal in signals] == ["rewritten_from", "anchors_kept", "words_kept"]
    assert signals[1].value > 0.7 > signals[2].value
    assert finding.message.startswith("probably text 0 with its words replaced: of the numbers, names and rare words ")
    assert finding.confidence > 0.7


def test_another_account_of_the_same_event_is_no_rewrite():
    other = (
        "Fiona Hyslop has welcomed news that the MV Glen Sannox returns to the Arran route in May. It has been idle "
        "since a storm on 3 November damaged Brodick pier, and the work on it came to £2.7m. Islanders can book from "
        "2 May, Caledonian MacBrayne confirmed. VisitArran’s Sheila Gilmore called it a relief for Lamlash and Whiting "
        "Bay, and said that sailings from Ardrossan could not come soon enough."
    )
    assert rules(FERRY, other) == {}


def test_two_notices_of_one_form_are_no_rewrites():
    form = (
        "{0} Corp is raising {1} mln dlrs through an offering of notes due {2} yielding {3} pct, said manager {4}. "
        "The notes have a coupon of {5} and were priced at {6} to yield {7} basis points more than comparable Treasury "
        "securities. The issue is not callable for life and was rated {8} by Moody’s and {9} by Standard and Poor’s."
    )
    one = form.format("Brunwick", 110, 1997, "8.199", "Shearham", "8-1/4", "99.50", 96, "Baa-1", "BBB-plus")
    two = form.format("Ohmega", 125, 1989, "9.612", "Salobrook", "9-1/2", "99.80", 63, "Aa-1", "AA-minus")
    assert rules(one, two) == {}


def test_a_revised_version_is_no_rewrite():
    lead = "Hotels on Arran hope for guests again, after a winter without their ferry. "
    assert rules(FERRY, lead + FERRY.partition(". ")[2] + " " + BRIDGE[:200]) == {}


def test_unrelated_texts_have_nothing_to_do_with_each_other():
    chance = random.Random(1)
    texts = [" ".join(chance.choices(WORDS, k=120)) for _ in range(40)]
    assert rules(*texts, FERRY, BRIDGE) == {}


def test_texts_without_names_or_numbers_and_empty_ones_are_no_trouble():
    plain = "it was the same as it had been and there was no more to say about it than that " * 4
    assert rules(plain, plain.replace("been", "seemed"), "", "1 2 3 " * 30, "4 5 6 " * 30) == {}


def test_hostile_texts():
    texts = [
        "a " * 200_000,
        "A1 " * 200_000,
        "\U0001f600" * 100_000,
        "x" * 300_000,
        "1.1." * 60_000,
        FERRY,
        spun(FERRY),
    ]
    assert rules(*texts) == {6: ("DUP010", "text 5")}


@settings(max_examples=40)
@given(st.lists(st.text(st.characters(codec="utf-8"), max_size=60), max_size=6))
def test_a_sketch_comes_back_as_it_was(texts):
    for text in texts:
        made = sketch(Document(text))
        again = Sketch.unpack(made.pack())
        assert (again.digest, again.words) == (made.digest, made.words)
        assert (again.signature == made.signature).all() and (again.head == made.head).all()


def test_a_sketch_is_small_whatever_the_document():
    assert len(sketch(Document("word7 " * 100_000)).pack()) < 4 * HEAD + 600
    with pytest.raises(ValueError, match="3 bytes are no sketch"):
        Sketch.unpack(b"abc")


def test_the_points_are_a_case_for_review_and_the_weight_can_make_it_more():
    def verdicts(**settings):
        runner = Runner(Settings(select=("DUP",), **settings))
        pairs = list(runner.run([Document(text) for text in (FERRY, FERRY, FERRY.replace("14", "15"), spun(FERRY))]))
        outcomes = resolve(runner, [enter(runner, *pair) for pair in pairs])
        return [runner.amended(*pair, outcomes.get(number, {})).verdict for number, pair in enumerate(pairs)]

    assert verdicts() == ["accept", "review", "review", "review"]
    assert verdicts(weights={"duplicates": 0.99}) == ["accept", "reject", "reject", "reject"]


@pytest.mark.parametrize("code", ["DUP001", "DUP002", "DUP010"])
def test_the_example_of_each_page_is_found(code):
    page = (ROOT / f"plugins/qualitycheck_duplicates/rules/{code}.md").read_text(encoding="utf-8")
    quotes = re.findall(r"(?:^>.*\n)+", page, re.MULTILINE)[:2]
    texts = [" ".join(line.removeprefix("> ") for line in quote.splitlines()) for quote in quotes]
    assert rules(*texts) == {1: (code, "text 0")}
