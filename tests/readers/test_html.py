"""HTML: exact offsets, against an HTML5 parser where both can be compared, and hostile pages."""

import time

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from justhtml import JustHTML

from qualitycheck.document import Document
from qualitycheck.readers import html
from qualitycheck.tokens import FILLER, OBJECT

_FRAGMENTS = (
    "a|b |word|é|😀|e\u0301|\x00|<p>|</p>|<div class='x'>|</div>|<b title='a>b'>|</b>|<i>|</i>|<br>|<br/>|</a>|</x-y>|"
    "<a href=x/y?z=1&amp>|<x-y>|<!--|-->|--!>|<!---->|<!-->|<!--->|<!DOCTYPE html>|<?php ?>|</>|</ x>|<|>|&|&amp;|&lt|"
    "&notit;|&eacute|&#39;|&#x41|&#0;|&#128;|&bogus;|&NotEqualTilde;|\"|'|=|/|-|;| |\n|\r\n|\r|\t|\f|<script>|"
    "</script>|<!--<script>|<SCRIPT |<style>|</style>|</STYLE >|<noscript>|</noscript>|<textarea>|</textarea>|<iframe>|"
    '</iframe>|<a "b>|<a b= >|<a b=c"d>|<a/b>|<1>|<h1>|</h1>|<span/>|<![CDATA[|]]>|<b\n|x>|<p a="|<pre>|</pre>|<code>|'
    "</code>|<svg>|</svg>|<svg/>|<title>|</title>|<table>|<td>|</table>|<template>|</template>|<li>|<img>|<plaintext>"
)
FRAGMENTS = _FRAGMENTS.split("|")
# Where a tree closes or moves elements, it knows what the tokens alone do not tell.
TREE = {"<pre>", "<code>", "<svg>", "<svg/>", "<table>", "<td>", "<template>", "<title>", "<plaintext>", "\x00"}
# The standard ends a comment here after any number of dashes; the parser that is compared with does not.
PARSER_DIFFERS = {"--!>"}
NOT_SHOWN = {"script", "style", "noscript", "iframe", "textarea"}


def prose(text):
    return html.prose(text)


def show(text):
    return prose(text).replace(FILLER, "·").replace(OBJECT, "◆")


def visible(text):
    return "".join(c for c in prose(text) if not c.isspace() and c not in (FILLER, OBJECT))


def words(text):
    document = Document(text, prose=prose(text))
    tokens = document.tokens
    spans = zip(tokens.start.tolist(), tokens.end.tolist(), strict=True)
    return [document.prose[start:end].replace(FILLER, "") for start, end in spans]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("<p>One.</p>", "\n\n One.\n\n  "),
        ("un<b><i>do</i></b>ing", "un······do········ing"),
        ("<b>Note</b>: x", "   Note····: x"),
        ("(<i>x</i>)", "(···x····)"),
        ("a <b>b</b> c", "a    b     c"),
        ("a<wbr>b", "a·····b"),
        ("a<!-- c -->b", "a··········b"),
        ("a<br>b", "a\n   b"),
        ("x <code>a &amp; b</code>, y", "x ◆·····················, y"),
        ("x <img src=a>.", "x ◆··········."),
        ("it&rsquo;s", "it’······s"),
        ("caf&eacute;s", "café·······s"),
        ("AT&T &amp T &bogus;", "AT&T &··· T &bogus;"),
        ("a &#10; b", "a  ···· b"),
        ("a < b, <3 and x<", "a < b, <3 and x<"),
        ("<a title='a > b'>c</a>", " " * 17 + "c    "),
        ("<a href=x>Home</a><a href=y>News</a>", " " * 10 + "Home" + " " * 14 + "News    "),
        ("<a href=x><b>Home</b></a><a href=y>News</a>", " " * 13 + "Home" + " " * 18 + "News    "),
        ("<title>A &lt; <b></title>", "\n\n     A <··· <b>\n\n      "),
        ("\ufeffa", " a"),
        ("a\r\n<b\r\nx>b</b>\rc", "a\r\n  \r\n  b    \rc"),
        ("", ""),
    ],
)
def test_mask(text, expected):
    assert show(text) == expected


@pytest.mark.parametrize(
    "inner",
    [
        "<script>a < b && '</b>'</script>",
        "<script><!-- document.write('<script></script>') --></script>",
        "<SCRIPT>x</sCrIpT >",
        "<style>p > a { b: 'c' }</style>",
        "<pre>if (a) { b }</pre>",
        "<pre><code><span>a</span>\n</code></pre>",
        "<code>a</code>",
        "<kbd>b</kbd>",
        "<samp>c</samp>",
        "<textarea>d <b></textarea>",
        "<template><p>e</p><template>f</template></template>",
        "<svg><title>g</title><path d='h'/><style>i</style></svg>",
        "<svg><![CDATA[ </svg> > ]]></svg>",
        "<math><mi>j</mi></math>",
        "<select><option>k</option></select>",
        "<noscript>l</noscript>",
        "<iframe>m</iframe>",
        "<!-- n > o -->",
        "<!doctype html>",
        "<?php p ?>",
        "<x-y z='q'>",
        "</>",
        "</ r>",
        "<svg/>",
    ],
)
def test_what_is_no_prose(inner):
    assert visible(f"<p>11{inner}22</p>") == "1122"
    assert "33" in visible(f"<div>{inner}</div>33")


def test_blocks_never_run_into_one_word_or_sentence():
    page = "<ul><li>one<li>two</ul><h1>Title</h1>Text follows<table><tr><td>a<td>b</table>"
    document = Document(page, prose=prose(page))
    sentences = [document.prose[s:e] for s, e in document.sentences.tolist()]
    assert sentences == ["one", "two", "Title", "Text follows", "a", "b"]


def test_inline_tags_split_no_word():
    assert words("un<b>frigging</b>believable, <em>don</em>’t H<sub>2</sub>O the <b>A</b>&amp;<b>B</b>") == [
        "unfriggingbelievable", ",", "don’t", "H2O", "the", "A", "&", "B"
    ]  # fmt: skip


def test_code_stands_as_a_mark_between_words():
    assert words("from <code>a</code> to <code>b</code> to") == [
        "from", OBJECT, "to", OBJECT, "to"
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("page", "expected"),
    [
        ("<div><code>x</div>prose", "prose"),
        ("<p><kbd>x</p>prose", "prose"),
        ("<div><pre>x</div>prose", "prose"),
        ("<td><code>x<b>y</td>prose", "prose"),
        ("<p>a<pre>List</p>x</List>y</pre>prose", "aprose"),
        ("<pre>x</b>y</pre>prose", "prose"),
    ],
)
def test_an_element_that_is_never_closed_ends_with_the_one_around_it(page, expected):
    assert visible(page) == expected


def test_xhtml_elements_close_themselves():
    assert (
        visible('<?xml version="1.0"?><html><script src="x"/><title/><p>prose</p><![CDATA[ > a ]]></html>') == "prose"
    )
    assert visible('<script src="x"/><p>prose</p>') == ""


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_offsets_hold_with_every_kind_of_line_end(end):
    text = f"<p>First\t😀 e\u0301 line{end}{end}second &mdash; line</p>{end}<!-- x{end}y -->{end}last\x00word"
    masked = prose(text)
    assert len(masked) == len(text)
    for word in ("First", "😀", "e\u0301", "second", "last\x00word"):
        assert masked.index(word) == text.index(word)
    assert masked[text.index("&mdash;")] == "—"
    assert [c for c in masked if c == "\r"] == [c for c in text if c == "\r"]


def fragments(kept):
    return st.lists(st.sampled_from(kept), max_size=30).map("".join)


@settings(max_examples=1000, deadline=None)
@given(st.one_of(fragments(FRAGMENTS), st.text(), st.text("<>&;/!-=\"'ab \r\n#x0")))
@example("<!DOCTYPE\r")
@example("&#x110000000000000000000000000;")
def test_any_text_is_masked_in_place(text):
    masked = prose(text)
    assert len(masked) == len(text)
    for at, (before, after) in enumerate(zip(text, masked, strict=True)):
        if before in "\r\n":
            assert after == before
        elif not after.isspace() and after not in (FILLER, OBJECT) and after != before:
            assert before == "&" or text[at - 1] == "&"  # an entity, of two characters at most


@settings(max_examples=1000, deadline=None)
@given(fragments([fragment for fragment in FRAGMENTS if fragment not in TREE | PARSER_DIFFERS]))
def test_the_text_is_that_which_an_html5_parser_finds(page):
    page = f"<body>{page}"
    found, waiting = [], [JustHTML(page, sanitize=False).root]
    while waiting:
        node = waiting.pop()
        if node.name == "#text":
            found.append(node.data)
        elif node.name not in NOT_SHOWN:
            waiting.extend(reversed(node.children or []))
    assert visible(page) == "".join(c for c in "".join(found) if not c.isspace())


@pytest.mark.parametrize(
    "page",
    [
        "<div>" * 100_000 + "x",
        "<b>" * 100_000 + "</b>" * 100_000,
        "<" * 200_000,
        "&" * 200_000,
        "&#" * 100_000,
        "&#" + "1" * 200_000,
        "&" + "a" * 200_000,
        "</" * 100_000,
        "<!--" * 50_000,
        "<!--" + "-x" * 100_000,
        "<!-- -->" * 30_000,
        "<a b='" + "x " * 100_000,
        '<a "' * 50_000,
        "<a " + "b " * 100_000,
        "<a " + "b=" * 100_000,
        "<a" + " " * 200_000,
        "<a b" + " " * 200_000 + "c",
        "<a" + "/" * 200_000,
        "<table><b>x" * 20_000,
        "<table>x" * 20_000,
        "<pre>" * 40_000,
        "<code><b>" * 20_000 + "</div>" * 20_000,
        "<div><code>" * 20_000 + "</div>" * 20_000,
        "<svg>" * 40_000,
        "<svg/>" * 40_000,
        "<script>" * 30_000,
        "<script><!--" + "<script></script>" * 15_000,
        "<title>" * 30_000,
        "<title>&amp;</title>" * 15_000,
        "<textarea></textarea>" * 10_000,
        "<![CDATA[" * 25_000,
        "<?" * 100_000,
        "<p>word &amp; word</p>\r\n" * 10_000,
    ],
    ids=lambda page: page[:16],
)
def test_hostile_pages_take_linear_time(page):
    started = time.process_time()
    masked = prose(page)
    assert time.process_time() - started < 2.0
    assert len(masked) == len(page)


def test_a_page_twice_as_long_takes_about_twice_as_long():
    page = "<p>Some words of <b>text</b> that stand &amp; fall with <a href='x'>links</a>.</p>\r\n" * 5_000

    def seconds(text):
        started = time.process_time()
        prose(text)
        return time.process_time() - started

    prose(page)
    assert seconds(page * 4) < 12 * min(seconds(page) for _ in range(3)) + 0.05
