"""Pages to look at, and a browser to look with: Debian's chromium, driven by playwright.

Skipped where either is missing, unless QUALITYCHECK_BROWSER=required says that this must not be.
"""

import os
import shutil

import pytest
from made import HOSTILE, SPUN, documents, write_page

from qualitycheck import Document

REQUIRED = os.environ.get("QUALITYCHECK_BROWSER") == "required"
if REQUIRED:
    import axe_playwright_python  # noqa: F401
    import playwright  # noqa: F401


@pytest.fixture(scope="session")
def pages(tmp_path_factory):
    """A folder with a page of each kind."""
    folder = tmp_path_factory.mktemp("pages")
    spun = Document(SPUN, path="corpus/spun.txt")
    write_page(folder / "many.html", [spun, *documents(249)])
    write_page(folder / "one.html", [spun])
    hostile = [Document(HOSTILE, path=HOSTILE[:150], id=HOSTILE), Document(HOSTILE * 3, path="\u202eevil\u202c.txt")]
    write_page(folder / "hostile.html", [*hostile, spun])
    write_page(folder / "long.html", [Document((SPUN + "word " * 40 + "\n") * 3000, path="long.txt")])
    return folder


@pytest.fixture(scope="session")
def chromium():
    def missing(what):
        if REQUIRED:
            pytest.fail(f"{what} is missing")
        pytest.skip(f"{what} is missing")

    from playwright.sync_api import sync_playwright

    program = shutil.which("chromium") or shutil.which("chromium-browser")
    if program is None:
        missing("chromium")
    with sync_playwright() as playwright:
        # Without a sandbox of its own: containers do not give it one, and the pages are ours.
        browser = playwright.chromium.launch(executable_path=program, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture
def visit(chromium, pages):
    """A function that opens a page; at the end, that nothing was fetched, said on the console, or thrown."""
    contexts, troubles = [], []

    def open_page(name, address="", *, width=1280, height=900, scheme="light", javascript=True):
        context = chromium.new_context(
            viewport={"width": width, "height": height},
            color_scheme=scheme,
            java_script_enabled=javascript,
            reduced_motion="reduce",
        )
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(10_000)
        page.on("console", lambda message: troubles.append(f"console: {message.text}"))
        page.on("pageerror", lambda error: troubles.append(f"error: {error}"))
        page.on("dialog", lambda dialog: troubles.append(f"dialog: {dialog.message}") or dialog.dismiss())
        url = (pages / name).as_uri()
        page.on(
            "request", lambda made: None if made.url.startswith((url, "data:image/svg")) else troubles.append(made.url)
        )
        page.goto(url + address)
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert troubles == []
