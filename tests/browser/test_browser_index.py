"""The index: sort, search, filter, turn the page."""

import re

import pytest


@pytest.fixture
def index(visit):
    return visit("many.html")


expect = pytest.importorskip("playwright.sync_api").expect


def column(page, name):
    return [cell.inner_text() for cell in page.locator(f"#table td.{name}").all()]


def sort_by(page, title):
    page.locator("#table").get_by_role("button", name=title, exact=True).click()


def matches(page):
    return page.locator("#matches").inner_text()


def test_the_worst_come_first(index):
    scores = [float(score) for score in column(index, "score")]
    assert len(scores) == 100 and scores == sorted(scores)
    assert column(index, "verdict")[0].endswith("reject")
    assert matches(index) == "250 documents"


@pytest.mark.parametrize(
    ("title", "name", "value"),
    [
        ("Score", "score", float),
        ("Words", "words", lambda text: int(text.replace(",", ""))),
        ("Findings", "findings", int),
    ],
)
def test_sorting_by_number_both_ways(index, title, name, value):
    orders = []
    for _ in range(2):
        sort_by(index, title)
        values = [value(text) for text in column(index, name)]
        direction = index.locator(f"#table th.{name}").get_attribute("aria-sort")
        assert values == sorted(values, reverse=direction == "descending")
        assert len(set(values)) > 1 or direction
        orders.append(direction)
    assert set(orders) == {"ascending", "descending"}


def test_sorting_by_path_is_natural(index):
    sort_by(index, "Document")
    names = column(index, "name")
    assert names[:4] == [f"corpus/part0/text{number}.txt" for number in (0, 4, 8, 12)]
    sort_by(index, "Document")
    assert column(index, "name")[0] == "corpus/spun.txt"


def test_sorting_by_verdict_and_rule(index):
    sort_by(index, "Verdict")
    verdicts = [text.split()[-1] for text in column(index, "verdict")]
    assert verdicts == sorted(verdicts, key=["reject", "review", "accept"].index)
    sort_by(index, "Rules")
    assert column(index, "rules")[0].startswith("MRK001")


def test_search_in_paths_rules_and_verdicts(index):
    search = index.get_by_role("searchbox", name="Search")
    search.fill("part2 REJECT")
    expect(index.locator("#matches")).to_contain_text(" of ")
    assert all("part2" in name for name in column(index, "name"))
    assert matches(index) == f"{len(column(index, 'name'))} of 250 documents"
    search.fill("exclamation-mark")
    expect(index.locator("#matches")).to_contain_text(" of ")
    expect(index.locator("#table tbody tr").first).to_contain_text("MRK001")
    assert all("MRK001" in rules for rules in column(index, "rules"))
    search.fill("no such thing")
    expect(index.locator("#matches")).to_have_text("No document matches.")
    assert index.locator("#table").inner_text() == ""
    index.get_by_role("button", name="Clear").click()
    expect(index.locator("#matches")).to_have_text("250 documents")
    assert search.input_value() == ""


def test_the_charts_filter(index):
    tile = index.locator("button.tile.reject")
    number = tile.locator("b").inner_text()
    tile.click()
    assert tile.get_attribute("aria-pressed") == "true"
    assert matches(index) == f"{number} of 250 documents"
    assert {text.split()[-1] for text in column(index, "verdict")} == {"reject"}
    tile.click()
    rule = index.locator("#common button", has_text="MRK001")
    within = rule.locator(".many").inner_text().split()[-1]
    rule.click()
    assert matches(index) == f"{within} of 250 documents"
    rule.click()
    bar = index.locator(".bin:has(text)").first
    said = bar.locator("title").text_content()
    bar.click()
    assert matches(index).startswith(re.search(r"(\d+) document", said)[1])
    low, high = (index.locator(control).input_value() for control in ("#from", "#to"))
    assert said.startswith(f"{low} to {high}: ") and matches(index) != "250 documents"
    bar.press("Enter")
    assert matches(index) == "250 documents"


def test_score_rule_and_verdict_together(index):
    index.locator("#rule").select_option("ODD002")
    index.locator("#verdict").select_option("accept")
    index.get_by_label("Score to").fill("95")
    index.get_by_label("Score to").press("Tab")
    scores = [float(score) for score in column(index, "score")]
    assert scores and max(scores) < 95
    assert all("ODD002" in rules for rules in column(index, "rules"))


def test_the_bars_hold_every_document(index):
    held = [int(re.search(r": ([\d,]+) doc", bar.text_content())[1]) for bar in index.locator(".bin title").all()]
    assert sum(held) == 250


def test_turning_pages(index):
    pages = index.get_by_role("navigation", name="Pages")
    seen = set(column(index, "name"))
    for shown in ("101–200 of 250", "201–250 of 250"):
        pages.get_by_role("button", name="Next").click()
        assert shown in pages.inner_text()
        seen |= set(column(index, "name"))
    assert len(seen) == 250
    assert pages.get_by_role("button", name="Next").is_disabled()


def test_back_from_a_document_all_is_as_it_was(index):
    index.locator("button.tile.reject").click()
    before = column(index, "name")
    index.locator("#table a").nth(3).click()
    index.get_by_role("heading", name=before[3]).wait_for()
    index.go_back()
    index.locator("#table a").first.wait_for()
    assert column(index, "name") == before
    assert index.evaluate("document.activeElement.textContent") == before[3]
