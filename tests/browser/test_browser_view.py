"""A document: its findings in place, the original, filters, keys."""

import pytest
from made import ORIGINAL, SPUN

expect = pytest.importorskip("playwright.sync_api").expect


@pytest.fixture
def view(visit):
    return visit("many.html", "#doc-0")


def marks(page, state=""):
    return page.locator(f".reading > .text:not([hidden]) mark{state}").all_inner_texts()


def counter(page):
    return page.locator(".step > span").first.inner_text()


def test_the_text_is_as_it_is_with_the_findings_marked(view):
    assert view.locator(".text p").all_inner_texts() == SPUN.rstrip("\n").split("\n")
    assert marks(view)[:4] == ["mentioned", "metropolis", "brand new", "!"]
    assert view.title() == "corpus/spun.txt – quality report"


def test_n_and_p_step_through_all_findings_and_around(view):
    view.keyboard.press("n")
    assert counter(view) == "1 of 11"
    assert view.locator(".pop").inner_text().startswith("ODD010")
    seen = []
    for _ in range(10):
        view.keyboard.press("n")
        assert view.locator("mark.on").first.evaluate("mark => mark === document.activeElement")
        seen.append(" ".join(view.locator("mark.on").all_inner_texts()))
    assert seen[:4] == ["mentioned", "metropolis", "brand new", "!"]
    assert "brand new" in seen[5:], "a finding over a line end is marked in both lines"
    view.keyboard.press("n")
    assert counter(view) == "1 of 11"
    view.keyboard.press("p")
    assert counter(view) == "11 of 11"
    assert view.url.endswith("#doc-0-f10")


def test_an_address_leads_to_a_finding(visit):
    page = visit("many.html", "#doc-0-f2")
    assert counter(page) == "3 of 11"
    assert marks(page, ".on") == ["metropolis"]
    box = page.locator("mark.on").bounding_box()
    assert 0 < box["y"] < 900


def test_the_original_is_one_tap_away(view):
    view.locator("mark", has_text="metropolis").first.click()
    pop = view.locator(".pop")
    assert pop.locator("ins").first.inner_text() == "city"
    assert "90%" in pop.inner_text() and "error · 98 %" in pop.inner_text()
    assert "metropolis" in view.locator(".finds li.on").inner_text()
    view.keyboard.press("Escape")
    assert not pop.is_visible() and view.locator(".view").is_visible()


def test_the_list_leads_to_the_text(view):
    view.locator(".finds li", has_text="within").click()
    assert marks(view, ".on") == ["within"]


def test_original_and_side_by_side(view):
    view.get_by_role("button", name="Original").click()
    shown = view.locator(".reading > .text:not([hidden]) p").all_inner_texts()
    assert shown[:3] == ORIGINAL
    assert view.locator(".text:not([hidden]) ins").first.inner_text() == "said"
    view.keyboard.press("o")
    pairs = view.locator(".pairs .pair:not(.titles)")
    assert pairs.count() == 5
    for number, line in enumerate(SPUN.rstrip("\n").split("\n")):
        assert pairs.nth(number).locator("p").first.inner_text() == line
    assert pairs.nth(0).locator("p").nth(1).inner_text() == ORIGINAL[0]
    left, right = (pairs.nth(0).locator("p").nth(place).bounding_box() for place in (0, 1))
    assert left["y"] == right["y"] and left["x"] + left["width"] <= right["x"]
    view.keyboard.press("o")
    assert marks(view)[0] == "mentioned"


def test_a_restored_word_leads_to_its_finding(view):
    view.get_by_role("button", name="Side by side").click()
    view.locator("ins", has_text="city").first.click()
    assert view.locator(".text:not([hidden]) .on").all_inner_texts() == ["metropolis", "city"]
    assert view.locator(".pop del").inner_text() == "metropolis"


def test_filters_by_rule_severity_and_confidence(view):
    rules, severities = view.get_by_role("group", name="Rules"), view.get_by_role("group", name="Severities")
    rules.get_by_role("button", name="ODD001").click()
    assert view.locator(".finds .count").inner_text() == "4 of 11"
    assert set(marks(view, ":not(.off)")) == {"brand new", "brand", "new", "!"}
    view.keyboard.press("n")
    view.keyboard.press("n")
    assert counter(view) == "2 of 4" and marks(view, ".on") == ["brand new"]
    rules.get_by_role("button", name="ODD001").click()
    severities.get_by_role("button", name="error").click()
    assert view.locator(".finds .count").inner_text() == "3 of 11"
    severities.get_by_role("button", name="error").click()
    view.get_by_label("Least confidence").fill("90")
    assert "within" not in marks(view, ":not(.off)") and "mentioned" in marks(view, ":not(.off)")
    assert view.locator(".sieve output").inner_text() == "90 %"


def test_the_points_and_what_was_measured(view):
    card = view.locator(".scorecard")
    assert "odd-words" in card.inner_text() and "spin rate 0.4 of words" in card.inner_text()
    score = float(card.locator(".ring text").text_content())
    widths = [float(bar.get_attribute("width")) for bar in card.locator(".points rect").all()]
    assert widths[0] == pytest.approx(score, abs=0.1) and sum(widths) == pytest.approx(100, abs=0.01)


def test_the_rule_explains_itself(view):
    view.locator("mark", has_text="metropolis").first.click()
    view.get_by_role("button", name="About the rule").click()
    dialog = view.get_by_role("dialog")
    assert "Words that are odd." in dialog.inner_text()
    view.keyboard.press("Escape")
    assert not dialog.is_visible()
    assert view.locator(".pop").is_visible(), "Esc closes one thing at a time"


def test_the_keys_are_listed(view):
    view.keyboard.press("?")
    assert "next and previous finding" in view.get_by_role("dialog", name="Keys").inner_text()


def test_documents_in_the_order_of_the_index(view):
    assert view.locator("#which").inner_text().endswith("/ 250")
    place = int(view.locator("#which").inner_text().split()[0])
    view.keyboard.press("]")
    expect(view.locator("#which")).to_have_text(f"{place + 1} / 250")
    view.keyboard.press("[")
    expect(view.locator("#which")).to_have_text(f"{place} / 250")
    assert view.locator(".view h2").inner_text() == "corpus/spun.txt"


def test_escape_and_slash_lead_back(view):
    view.keyboard.press("Escape")
    view.locator("#table").wait_for()
    view.locator("#table a").first.click()
    view.locator(".view").wait_for()
    view.keyboard.press("/")
    expect(view.locator("#query")).to_be_focused()
    view.keyboard.type("npo")
    assert view.locator("#query").input_value() == "npo", "keys are letters where one types"


def test_one_document_opens_by_itself(visit):
    page = visit("one.html")
    assert page.locator(".view h2").inner_text() == "corpus/spun.txt"
    page.get_by_role("link", name="All documents").click()
    assert page.locator("#matches").inner_text() == "1 document"


def test_a_long_document_is_no_burden(visit):
    page = visit("long.html")
    assert page.locator(".text p").count() == 18_000
    took = page.evaluate("""() => {
        const started = performance.now();
        view.step(1); view.step(-1); view.step(-1);
        document.body.offsetHeight;
        return performance.now() - started;
    }""")
    assert took < 1500
    assert page.locator("mark.on").first.bounding_box()["y"] < 900
