"""What holds for the page as a whole: looks, phones, screen readers, hostile documents, no JavaScript, size."""

import time

import pytest
from made import HOSTILE, SPUN, documents, write_page

expect = pytest.importorskip("playwright.sync_api").expect


def background(page):
    return page.evaluate("getComputedStyle(document.body).backgroundColor")


def test_dark_and_light(visit):
    light, dark = (background(visit("many.html", scheme=scheme)) for scheme in ("light", "dark"))
    assert light != dark
    page = visit("many.html", scheme="dark")
    for expected in (light, dark, dark):  # light, dark, and again what the system has
        page.get_by_role("button", name="Colours").click()
        assert background(page) == expected


def test_the_choice_of_colours_is_kept(visit):
    page = visit("many.html")
    page.keyboard.press("t")
    page.keyboard.press("t")
    dark = background(page)
    page.reload()
    assert background(page) == dark
    assert "dark" in page.evaluate("document.documentElement.className").split()


@pytest.mark.parametrize("address", ["", "#doc-0", "#doc-0-f1"])
@pytest.mark.parametrize("name", ["many.html", "hostile.html"])
def test_a_phone_needs_no_scrolling_to_the_side(visit, name, address):
    page = visit(name, address, width=360, height=740)
    page.locator(".view" if address else "#table").wait_for()
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    if address:
        page.keyboard.press("o")
        page.keyboard.press("o")
        assert page.evaluate("document.documentElement.scrollWidth") <= 360


def test_on_a_phone_the_finding_is_told_at_the_bottom(visit):
    page = visit("many.html", "#doc-0", width=360, height=740)
    page.locator("mark", has_text="metropolis").first.click()
    box = page.locator(".pop").bounding_box()
    assert box["x"] >= 0 and box["x"] + box["width"] <= 360
    assert 700 < box["y"] + box["height"] <= 740


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("state", ["index", "finding", "both", "keys", "phone"])
def test_axe_finds_nothing(visit, state, scheme):
    axe = pytest.importorskip("axe_playwright_python.sync_playwright")
    width = 390 if state == "phone" else 1280
    page = visit("many.html", "" if state in ("index", "keys", "phone") else "#doc-0-f2", scheme=scheme, width=width)
    if state == "both":
        page.keyboard.press("o")
        page.keyboard.press("o")
    if state == "keys":
        page.keyboard.press("?")
    results = axe.Axe().run(page)
    nodes = [node["html"][:200] for violation in results.response["violations"] for node in violation["nodes"]]
    assert results.violations_count == 0, "\n".join([results.generate_snapshot(), *nodes])


def test_a_screen_reader_hears_of_findings_and_counts(visit):
    page = visit("many.html", "#doc-0")
    page.keyboard.press("n")
    page.keyboard.press("n")
    live = page.locator("#live")
    expect(live).to_have_text("2 of 11: odd-word: error: mentioned, perhaps originally said")
    assert page.get_by_role("heading", name="corpus/spun.txt").count() == 1
    assert page.get_by_role("complementary", name="Report on this document").count() == 1
    assert page.get_by_role("img", name="Score").get_attribute("aria-label").endswith("reject")


def test_without_a_mouse(visit):
    page = visit("many.html")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Skip to the content"
    page.keyboard.press("/")
    page.keyboard.type("spun.txt")
    expect(page.locator("#matches")).to_have_text("1 of 250 documents")
    for _ in range(20):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.matches('#table a')"):
            break
    page.keyboard.press("Enter")
    page.locator(".view").wait_for()
    assert page.evaluate("document.activeElement.tagName") == "H2"
    page.keyboard.press("n")
    page.keyboard.press("n")
    assert page.evaluate("document.activeElement.tagName") == "MARK"


def test_hostile_documents_break_nothing(visit):
    page = visit("hostile.html")
    page.locator("#table a").first.wait_for()
    assert page.locator("#table tbody tr").count() == 3
    for number in range(2):
        page.evaluate(f"location.hash = '#doc-{number}'")
        expect(page.locator("#which")).to_contain_text("/ 3")
        text = page.locator(".text").inner_text()
        assert text.startswith("</noscript></script><script>window.hacked = true; alert(1)</script><img src=x")
        assert page.locator(".view script, .view img").count() == 0
        assert "metropolis" in page.locator(".view mark").all_inner_texts()
        page.keyboard.press("o")
        page.keyboard.press("o")
        page.keyboard.press("n")
        if not number:
            page.get_by_role("link", name="All documents").click()
    assert page.evaluate("window.hacked") is None
    badges = page.locator(".text:not([hidden]) .ch").evaluate_all("all => all.map(each => each.dataset.c)")
    assert {"RLO", "PDF", "NUL", "ESC", "U+D800"} <= set(badges)
    assert page.locator("header.top").bounding_box()["height"] < 80
    assert HOSTILE[:20] in page.title() or "evil" in page.title()


def test_without_javascript_the_text_can_be_read(visit):
    page = visit("hostile.html", javascript=False)
    assert page.locator("#index table tbody tr").count() == 3
    page.get_by_role("link", name="corpus/spun.txt").click()
    lines = page.locator("#doc-2 .text p").all_inner_texts()
    assert lines == SPUN.rstrip("\n").split("\n")
    assert page.locator("#doc-2 mark").first.is_visible()
    page.locator("#doc-2 .finds summary").click()
    page.locator("#doc-2 .finds li a").nth(2).click()
    assert page.url.endswith("#m2-2")
    assert page.locator("#filters").is_visible() is False


def test_five_thousand_documents(visit, tmp_path):
    file = write_page(tmp_path / "five-thousand.html", documents(5000, length=4))
    size = file.stat().st_size
    started = time.perf_counter()
    page = visit(file)
    page.locator("#table a").first.wait_for()
    loaded = time.perf_counter() - started
    first = page.evaluate("performance.getEntriesByName('first-contentful-paint')[0].startTime")
    took = page.evaluate("""async () => {
        const started = performance.now();
        location.hash = "#doc-4990";
        await new Promise((done) => addEventListener("hashchange", done, { once: true }));
        document.querySelector(".view").offsetHeight;
        return performance.now() - started;
    }""")
    found = page.evaluate("""() => {
        location.hash = "";
        const started = performance.now();
        controls.query.value = "text49 odd-phrase";
        refresh();
        document.body.offsetHeight;
        return performance.now() - started;
    }""")
    print(  # noqa: T201 (the figures that a report on the page quotes)
        f"\n5,000 documents: {size / 1e6:.1f} MB, loaded in {loaded:.2f} s, first paint after {first / 1000:.2f} s, "
        f"a document opened in {took:.0f} ms, searched in {found:.0f} ms"
    )
    assert page.locator("#table tbody tr").count() > 0
    assert loaded < 8 and first < 4000 and took < 1000 and found < 1000
