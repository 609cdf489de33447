import re

from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from samples import parse

from qualitycheck import Document
from qualitycheck.reporters.markdown import DOCUMENTS, FINDINGS, LONGEST, ROWS, MarkdownReporter, code
from qualitycheck.screen import Screen

HOSTILE = "`` | <script>alert(1)</script> @somebody [a](javascript:b) ![c](d) \n\n# e \u202e"


def html(text):
    return MarkdownIt("commonmark").enable("table").render(text)


def test_a_summary(render):
    shown = render(MarkdownReporter, "A whole text.\nAn odd word.", "Fine.")
    assert (
        shown
        == """\
## Quality report

2 documents, 7 words: 1 accept, 1 review; 2 findings (1 error, 1 warning).

| Score | Verdict | Document | Findings | Words |
|---:|---|---|---:|---:|
| 59.2 | ⚠️ review | `a.txt` | 2 | 6 |
| 100 | ✅ accept | `b.txt` | 0 | 1 |

| Rule | Severity | Findings | Documents |
|---|---|---:|---:|
| WRD001 odd-word | error | 1 | 1 |
| WRD010 odd-document | warning | 1 | 1 |

<details>
<summary><code>a.txt</code>: review, 59.2 of 100</summary>

- **WRD010** odd-document: `The whole document is odd.`
- 2:4 **WRD001** odd-word `odd` → `even`

</details>

"""
    )


def test_nothing_checked(render):
    assert render(MarkdownReporter, errors=["x: cannot be read"]) == (
        "## Quality report\n\nNo document was checked.\n\n- `x: cannot be read`\n\n"
    )


def test_the_worst_come_first_and_long_lists_are_cut(render):
    documents = [Document("odd " * number, path=f"{number}.txt") for number in range(ROWS + 5)]
    shown = render(MarkdownReporter, *documents)
    assert "\nand 5 more\n" in shown
    assert shown.count("<details>") == DOCUMENTS
    assert shown.index(f"`{ROWS + 4}.txt`") < shown.index(f"`{ROWS + 3}.txt`")
    assert f"- and {ROWS + 4 - FINDINGS} more\n" in shown


def test_it_fits_into_a_comment(render):
    documents = [Document("odd " * 40, path=f"{number}/{'漢' * 4000}.txt") for number in range(40)]
    assert 1000 < len(render(MarkdownReporter, *documents)) <= LONGEST


def test_hostile_documents_are_code(render):
    shown = html(render(MarkdownReporter, Document("odd", path=HOSTILE), Document("odd", path="b.txt")))
    page = parse(f"<body>{shown}")
    assert not page.query("script") and not page.query("a") and not page.query("img") and not page.query("h1")
    assert "\u202e" not in shown


def parts(text):
    """The kinds of things that a paragraph of Markdown holds, with their contents."""
    (inline,) = (token for token in MarkdownIt("commonmark").parse(text) if token.type == "inline")
    return [(child.type, child.content) for child in inline.children]


@given(st.text(alphabet=st.one_of(st.sampled_from("`|\\ <&\n"), st.characters()), max_size=60))
def test_no_text_ends_a_code_span(text):
    before, span, after = parts(f"x {code(text, Screen('utf-8'))} y")
    assert (before, after) == (("text", "x "), ("text", " y"))
    assert span[0] == "code_inline"
    if text.strip():
        assert span[1] == re.sub(r"\s", " ", Screen("utf-8").exact(text))


def test_a_bar_does_not_end_a_cell(render):
    page = parse(html(render(MarkdownReporter, Document("odd", path="a|b.txt"))))
    assert page.query("td")[2].to_text() == "a|b.txt"


def test_a_stream_that_cannot_encode_unicode(render):
    shown = render(MarkdownReporter, "An odd word.", "漢", encoding="ascii")
    assert shown.isascii() and "| 64.7 | review |" in shown
