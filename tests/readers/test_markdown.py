"""Markdown: exact offsets, against markdown-it's own rendering where both can be compared, and hostile files."""

import time

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from qualitycheck.document import Document
from qualitycheck.readers import html, markdown
from qualitycheck.tokens import FILLER, OBJECT

_FRAGMENTS = (
    "a|b |word|é|😀|*|**|_|__|~~|`|``|[|]|(|)|](x)|](<y> 't')|![|!|<b>|</b>|<i x='1'>|<!-- c -->|<mailto:e@x>|&amp;|"
    "&eacute;|&#39;|&no|\\|\\*|\n|\n|\n\n|\r\n|\r|\n> |\n- |\n  - |\n1. |\n    |\n\t|# |\n## | ##|\n===\n|\n---\n|"
    "\n```\n|\n~~~\n|\n[r]: z\n\n|[r]|[t][r]| |  |\t|>|- |\"|'|\n<div>\n|\u3000|\xa0|\x0b|\u2028|\x0c"
)
FRAGMENTS = [*_FRAGMENTS.split("|"), "|", "\n|a|b|\n|-|-|\n|", "\\|"]
# What is masked beyond CommonMark, and what has no place of its own in a rendering.
BEYOND = ["https://example.org/a_b", "[^1]", "- [ ] ", "{#id}", "<code>", "</code>", "<br>", "---\n", "+++\n", "\0"]


def prose(text):
    return markdown.prose(text)


def show(text):
    return prose(text).replace(FILLER, "·").replace(OBJECT, "◆")


def visible(masked):
    return "".join(c for c in masked if not c.isspace() and c != FILLER)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Plain words.", "Plain words."),
        ("Some **bold**, *it* and _it_.", "Some   bold··,  it  and  it·."),
        ("un*frigging*believable", "un·frigging·believable"),
        ("snake_case and 2 * 3 * 4", "snake_case and 2 * 3 * 4"),
        ("***both***!", "   both···!"),
        ("~~gone~~.", "  gone··."),
        ("use `a``b`, then", "use ◆·····, then"),
        ("a lone ` tick", "a lone ` tick"),
        ("[text](http://e.org/x 'a title'), so", " text" + "·" * 27 + ", so"),
        ("[a](x)[b](y)", " a     b    "),
        ("[t][r] [r] [r][] [no]\n\n[r]: /x 'y'", " t      r   r    [no]\n\n\n\n         "),
        ("![alt *text*](x.png).", "  alt  text·◆·······."),
        ("[![alt](a)](b)", "   alt◆···    "),
        ("see <https://e.org>, or", "see ◆··············, or"),
        ("see https://e.org/a_(b)_c?d=e&amp;f.", "see ◆······························."),
        ("(www.e.org)", "(◆········)"),
        ("**https://e.org/x**", "  ◆··············  "),
        ("a <b>c</b>d <br> e<!-- f -->g", "a    c····d \n    e··········g"),
        ("x <code>*a</code>, y", "x ◆··············, y"),
        ("it&rsquo;s &copy 1 \\*a\\*", "it’······s &copy 1  *a·*"),
        ("a\\\nb", "a \nb"),
        ("a  \nb", "a  \nb"),
        ("foot[^1].\n\n[^1]: The note.", "foot····.\n\n      The note."),
        ("# Title", "\n\nTitle"),
        ("## A ## B ##", "\n\n A ## B\n\n "),
        ("# # #", "\n\n#\n\n"),
        ("# Title {#id .class}", "\n\nTitle             "),
        ("Title\n=====", "Title\n\n\n   "),
        ("> quote\nlazy\n> more", "\n\nquote\nlazy\n  more"),
        ("> > two\n> > lines", "\n\n  two\n    lines"),
        ("- [ ] task\n- [x] done", "\n\n    task\n\n\n    done"),
        ("> [!NOTE]\n> text", "\n\n       \n  text"),
        ("1. one\n2. two", "\n\n one\n\n\n two"),
        ("a\n\n***\n\nb", "a\n\n\n\n \n\nb"),
        ("|a b|c|\n|-|:-:|\n|`d\\|e` f|**g**|", "\na b\nc\n\n\n      \n ◆····· f\n  g  \n"),
        ("| a\\|b |\n|---|\n", "\n\na·|b\n\n\n     \n"),
        ("a\n\n    code\n\nb", "a\n\n\n\n  code\n\nb".replace("code", "    ")),
        ("a\n```x\ncode\n```\nb", "a\n\n\n  \n    \n   \nb"),
        ("<div>\nx\n</div>\n\nb", "\n\n   \nx\n\n\n    \n\nb"),
        ("> <div>x</div>\n\nb", "\n\n            \n\nb"),
        ("", ""),
        ("\ufeff# a", " \n\na"),
    ],
)
def test_mask(text, expected):
    assert show(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("---\ntitle: A\ntags: [b]\n---\nText", "Text"),
        ("---\r\n# c\r\ntitle: A\r\n...\r\nText", "Text"),
        ("\ufeff---\ntitle: A\n---\nText", "Text"),
        ("---\n---\nText", "Text"),
        ("+++\ntitle = 'A'\n+++\nText", "Text"),
        ("---\n\nText: a\n\n---\nmore", "Text:amore"),
        ("---\nText\n---\nmore", "Textmore"),
        ("---\ntitle: never closed\n", "title:neverclosed"),
        ("Text\n\n---\na: b\n---\n", "Texta:b"),
    ],
)
def test_front_matter(text, expected):
    assert visible(prose(text)) == expected


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_offsets_hold_with_every_kind_of_line_end(end):
    lines = [
        "# Head 😀",
        "",
        "> First *e\u0301*\tline",
        "> second `c`\x00",
        "",
        "- item",
        "\tcontinued **x**",
        "",
        "| a | b |",
    ]
    text = end.join([*lines, "|---|---|", "| last | cell |", ""])
    masked = prose(text)
    assert len(masked) == len(text)
    for word in ("Head 😀", "First", "e\u0301", "second", "item", "continued", "x", "last", "cell"):
        assert masked.index(word) == text.index(word)
    assert [at for at, c in enumerate(text) if c == "\r"] == [at for at, c in enumerate(masked) if c == "\r"]


def test_blocks_never_run_into_one_sentence():
    text = "# Title\n\nSome text\n\n- one\n- two\n\n| a | b |\n|---|---|\n| c | d |\n"
    document = Document(text, prose=prose(text))
    assert [document.prose[s:e] for s, e in document.sentences.tolist()] == [
        "Title", "Some text", "one", "two", "a", "b", "c", "d"
    ]  # fmt: skip


def fragments(kept):
    return st.lists(st.sampled_from(kept), max_size=30).map("".join)


@settings(max_examples=1000, deadline=None)
@given(st.one_of(fragments([*FRAGMENTS, *BEYOND]), st.text(), st.text("*_`[]()<>!&;#-+.~|\\ \t\r\nab1:'\"")))
@example("\ud800[a](\udfff)")
@example("[a]: \ud800\n\n[a]")
def test_any_text_is_masked_in_place(text):
    masked = prose(text)
    assert len(masked) == len(text)
    for at, (before, after) in enumerate(zip(text, masked, strict=True)):
        if before in "\r\n":
            assert after == before
        elif not after.isspace() and after not in (FILLER, OBJECT) and after != before:
            assert before == "&" or text[at - 1] == "&"


class _Renderer(MarkdownIt):
    def normalizeLink(self, url):  # noqa: N802
        return url

    def validateLink(self, url):  # noqa: N802
        return True


def rendered(tokens):
    """The text of inline tokens, with a mark where code, a picture or an address stands."""
    shown, address = [], False
    for token in tokens or ():
        if token.type in ("link_open", "link_close") and token.markup == "autolink":
            address = token.type == "link_open"
            shown.append("" if address else OBJECT)
        elif token.type in ("text", "text_special") and not address:
            shown.append(token.content)
        elif token.type == "code_inline":
            shown.append(OBJECT)
        elif token.type == "image":
            shown += [rendered(token.children), OBJECT]
    return "".join(shown)


@settings(max_examples=2000, deadline=None)
@given(fragments(FRAGMENTS))
@example("- \u3000\n;")
@example("| `a\\|b` \\| c | \\|d |\n|-|-|\n")
def test_the_text_is_that_which_markdown_it_shows(text):
    tokens = _Renderer("commonmark").enable(["table", "strikethrough"]).parse(text)
    shown = "".join(
        visible(html.prose(token.content)) if token.type == "html_block" else rendered(token.children)
        for token in tokens
        if token.type == "inline" or (token.type == "html_block" and token.level == 0)
    )
    assert visible(prose(text)) == "".join(c for c in shown if not c.isspace())


BLOCKS = (
    "# A *head* ##\n\nSome [text][r] with `code`.\n> quoted\n> text\n\n- one\n- two\n\n  more\n\n1. a\n2. b\n\n"
    "```\n# not\n\na head\n```\n\n    code\n\nTitle\n=====\n\n<div>\nhtml\n</div>\n\n***\n\nlast *one*\n\n"
)


@pytest.mark.parametrize("size", [16, 40, 100, 101, 102, 103, 104, 105, 106, 107, 1000])
def test_a_file_parsed_in_pieces_is_masked_as_one_parsed_whole(size, monkeypatch):
    text = BLOCKS * 20 + "[r]: /x 'title'\n"
    whole = prose(text)
    monkeypatch.setattr(markdown, "_PIECE", size)
    assert visible(prose(text)) == visible(whole)


def test_a_block_longer_than_a_piece_ends_where_it_should(monkeypatch):
    monkeypatch.setattr(markdown, "_PIECE", 64)
    monkeypatch.setattr(markdown, "_LONGEST_PIECE", 1024)
    fence = "~~~~\n" + "~~~\nfalse\n" * 100 + "~~~~\n"
    comment = "<!--\n" + "false\n\n" * 100 + "-->\n"
    items = "- item *one*\n" * 100
    lines = "a line\n" * 100
    table = "|a|b|\n|-|-|\n" + "|x|*y*\n" * 100
    text = "\n*end*\n\n".join([fence, comment, items, lines, table, table + "# head", table + "- item", ""])
    shown = visible(prose(text))
    rows = "ab" + "xy" * 100
    assert shown == (
        "end" + "end" + "itemone" * 100 + "end" + "aline" * 100 + "end"
        + rows + "end" + rows + "headend" + rows + "itemend"
    )  # fmt: skip


def test_long_paragraphs_are_parsed_in_slices():
    text = "*a* `b` and [c](d) so\n" * 10_000
    assert visible(prose(text)) == ("a" + OBJECT + "andcso") * 10_000


@pytest.mark.parametrize(
    "text",
    [
        "[" * 100_000,
        "![" * 30_000,
        "[a](" * 30_000,
        "[a][b" * 15_000,
        "[]" * 50_000,
        "*a " * 50_000,
        "*a_ " * 30_000,
        "a**b" + "c* " * 50_000,
        "~~a" * 30_000,
        "".join("e" + "`" * count for count in range(1, 600)),
        "`" * 200_000,
        "<" * 100_000,
        "<a " * 50_000,
        "x <a b='" * 30_000,
        "a <!--" * 30_000,
        "a <![CDATA[" * 10_000,
        "<code>" * 20_000,
        "&" * 100_000,
        "\\" * 100_000,
        "> " * 50_000 + "x",
        (">" * 500 + "a\n") * 100,
        "- " * 20_000 + "x",
        "".join("  " * depth + "- a\n" for depth in range(500)),
        "[a]: x\n" * 10_000,
        "[a\n" * 10_000,
        "[^" * 50_000,
        "{#" * 50_000,
        "https://" * 25_000,
        "https://a" + "(" * 200_000,
        "|a|b|\n|-|-|\n" + "|x|y|\n" * 10_000,
        "a|" * 10_000 + "\n" + "-|" * 10_000 + "\n" + "x|" * 10_000,
        "\u3000\n" * 20_000 + "a",
        "a\n" * 50_000 + "===",
        "```\n" * 20_001,
        "---\n" + "# a\n" * 50_000,
        "---\na: b\n" + "-- \n" * 50_000,
        "<div>\n" * 30_000,
        "\t" * 200_000,
        " " * 200_000 + "x",
        "\r" * 100_000,
    ],
    ids=lambda text: repr(text[:12]),
)
def test_hostile_files_take_linear_time(text):
    started = time.process_time()
    masked = prose(text)
    assert time.process_time() - started < 4.0
    assert len(masked) == len(text)
