import html.parser
import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from qualitycheck.cli.group import qualitycheck
from qualitycheck_odd_synonyms.lexicon import read_lexicon

ORIGINAL = "The mayor said that the council would act. Later he said it again to the press in Lindmoor.\n"
REWRITTEN = "The mayor mentioned that the council would act. Later he mentioned it again to the media in Lindmoor.\n"


@pytest.fixture(autouse=True)
def texts(folder):
    Path("a.txt").write_text(ORIGINAL, encoding="utf-8")
    Path("b.txt").write_text(REWRITTEN, encoding="utf-8")


def test_the_table_is_for_people(run):
    result = run("compare", "a.txt", "b.txt")
    assert (result.exit_code, result.stderr) == (0, "")
    assert "a.txt → b.txt" in result.stdout.splitlines()[0]
    assert "Substitutions (3, 2 pairs)" in result.stdout
    assert "    2  said   → mentioned\n    1  press  → media\n" in result.stdout


def test_json(run):
    result = run("compare", "a.txt", "b.txt", "--output-format", "json")
    plain = json.loads(result.stdout)
    assert plain["original"] == {"path": "a.txt", "words": 18, "language": "en"}
    assert [(row["original"], row["count"]) for row in plain["substitutions"]] == [("said", 2), ("press", 1)]


def test_a_lexicon_is_what_training_reads(run):
    result = run("compare", "a.txt", "b.txt", "--lexicon", "found.tsv", "--output", "report.txt")
    assert (result.exit_code, result.stdout) == (0, "")
    assert "Substitutions" in Path("report.txt").read_text(encoding="utf-8")
    pairs = [(pair.original, pair.observed, pair.source) for pair in read_lexicon(Path("found.tsv"))]
    assert pairs == [("press", "media", "a.txt > b.txt, once"), ("said", "mentioned", "a.txt > b.txt, 2 times")]


def test_standard_input_is_one_of_the_two(run):
    assert "said   → mentioned" in run("compare", "-", "b.txt", input=ORIGINAL).stdout
    assert "said   → mentioned" in run("compare", "a.txt", "-", input=REWRITTEN).stdout
    result = run("compare", "-", "-", input=ORIGINAL)
    assert (result.exit_code, result.stdout) == (2, "") and "only one" in result.stderr


def test_what_cannot_be_read_is_one_line(run):
    result = run("compare", "a.txt", "missing.txt")
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.startswith("qualitycheck: error: no such file or folder: missing.txt")
    Path("c.txt").write_bytes(b"\xff\xfe\x00")
    assert run("compare", "a.txt", "c.txt").exit_code == 2


class Tags(html.parser.HTMLParser):
    """The tags and the text of a page; every tag that is opened must be closed."""

    VOID = ("meta",)

    def __init__(self):
        super().__init__()
        self.open, self.seen, self.text = [], [], ""

    def handle_starttag(self, tag, attributes):
        self.seen.append((tag, dict(attributes)))
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        self.text += data


def page(run, original, rewritten):
    Path("<b>.txt").write_text(original, encoding="utf-8")
    Path("b.txt").write_text(rewritten, encoding="utf-8")
    result = run("compare", "<b>.txt", "b.txt", "--output-format", "html", "--output", "page.html")
    assert result.exit_code == 0, result.stderr
    parser = Tags()
    parser.feed(Path("page.html").read_text(encoding="utf-8"))
    assert not parser.open
    return parser


def test_the_page_shows_both_sides_with_every_change(run):
    parser = page(run, ORIGINAL, REWRITTEN + "Something else was put in here.")
    marks = [attributes for tag, attributes in parser.seen if tag in ("mark", "ins", "del")]
    assert {"class": "substitution", "title": "replaced: mentioned"} in marks
    assert {"class": "substitution", "title": "replaced: said"} in marks
    assert {"class": "insertion", "title": "put in"} in marks
    assert "The mayor said that the council would act." in parser.text
    assert "Something else was put in here." in parser.text


def test_a_document_puts_nothing_into_the_page(run):
    evil = "<script>alert(1)</script> & \"><img src=x onerror='x'> \x1b[31m \u202e said {{ 7*7 }} {% x %} it to us all."
    parser = page(run, evil, evil.replace("said", "<i>mentioned</i>"))
    assert {tag for tag, _ in parser.seen}.isdisjoint({"script", "img", "i", "b"})
    assert "<script>alert(1)</script>" in parser.text and "{{ 7*7 }} {% x %}" in parser.text
    content = Path("page.html").read_text(encoding="utf-8")
    assert "\x1b" not in content and "\u202e" not in content
    assert "\\x1b[31m \\u202e" in content


def test_a_document_puts_no_escape_into_the_terminal(run):
    Path("a.txt").write_text("He was \x1b[31mred\x1b[0m and said it to everybody in the room.", encoding="utf-8")
    Path("b.txt").write_text("He was \x1b[32mgreen\x1b[0m and said it to everybody in the room.", encoding="utf-8")
    assert "\x1b" not in run("compare", "a.txt", "b.txt").stdout
    assert "\x1b[1m" in run("compare", "a.txt", "b.txt", "--color", "always").stdout


@pytest.mark.parametrize("form", ["text", "json", "html"])
@pytest.mark.parametrize(
    "texts", [("", ""), ("One word.", ""), ("", "One word."), ("\ud83d".encode("utf-8", "ignore").decode(), "x")]
)
def test_empty_texts(run, form, texts):
    for name, text in zip("ab", texts, strict=True):
        Path(f"{name}.txt").write_text(text, encoding="utf-8")
    result = run("compare", "a.txt", "b.txt", "--output-format", form)
    assert result.exit_code == 0, result.output
    assert result.stdout


def test_a_narrow_stream_gets_what_it_can_carry(monkeypatch):
    monkeypatch.setenv("COLUMNS", "40")
    Path("b.txt").write_text(REWRITTEN.replace("media", "médias \N{SNOWMAN}" * 20), encoding="utf-8")
    result = CliRunner(charset="ascii").invoke(qualitycheck, ["compare", "--isolated", "a.txt", "b.txt"])
    assert result.exit_code == 0 and result.stdout.isascii()
