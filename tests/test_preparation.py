"""A plugin prepares documents: it says what is known of them, and can change neither text nor offsets."""

import time

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from support import Marks, Plugin, make_check, make_runner

from qualitycheck import Document, Filter, Preparation, Runner, Settings, hookimpl
from qualitycheck.fixing import Fixer
from qualitycheck.readers import PLAIN_TEXT
from qualitycheck.rule import Fix, Rule
from qualitycheck.tokens import FILLER, OBJECT


def preparing(said, name="Preparing"):
    """A plugin that says this of every document: a Preparation, or a function of the document that gives one."""

    def prepare(self, document, settings):
        return said(document) if callable(said) else said

    return type(name, (), {"qualitycheck_prepare": hookimpl(prepare)})()


def prepared(text, *said, document=None):
    """The document as checks see it, and the errors of its report."""
    seen = []
    check = make_check("seeing", inspect=lambda self, document: seen.append(document) or [])
    plugins = [preparing(each, f"Preparing{number}") for number, each in enumerate(said)]
    runner = Runner(Settings(), [*plugins, Plugin(check)], entry_points=False)
    assert not runner.plugins.failed, runner.plugins.failed
    report = runner.check(document or Document(text, path="a.txt"))
    return seen[0], report.errors


def test_a_stretch_within_a_line_becomes_a_thing_that_is_no_word():
    document, errors = prepared("from [name] to [town] by ferry", Preparation(mask=[(5, 11), (15, 21)]))
    assert not errors
    assert document.text == "from [name] to [town] by ferry"
    assert document.prose == f"from {OBJECT}{FILLER * 5} to {OBJECT}{FILLER * 5} by ferry"


def test_whole_lines_are_not_there():
    text = "One.\r\n  %% header %%\r\n%% more %%\r\nTwo."
    start, end = text.index("%%"), text.index("\r\nTwo")
    document, _ = prepared(text, Preparation(mask=[(start, end)]))
    assert document.prose.split() == ["One.", "Two."]
    assert len(document.prose) == len(text)
    assert [place for place, each in enumerate(document.prose) if each in "\r\n"] == [
        place for place, each in enumerate(text) if each in "\r\n"
    ]


def test_what_a_reader_masked_stays_masked():
    document, _ = prepared("", Preparation(mask=[(0, 3)]), document=Document("# a <b> c", prose="  a     c"))
    assert document.prose == f"{OBJECT}{FILLER * 2}     c"


def test_findings_keep_their_places_and_masked_ones_are_gone():
    def templates(document):
        return Preparation(mask=[match.span() for match in document.finditer(r"<%.*?%>")])

    runner = Runner(Settings(), [preparing(templates), Plugin(Marks())], entry_points=False)
    report = runner.check("One #\n<% # %>\nand <% ! %> here #")
    assert [(each.start, each.line, each.column, each.text) for each in report.findings] == [
        (4, 1, 5, "#"),
        (31, 3, 18, "#"),
    ]


def test_quotations_language_and_metadata():
    said = Preparation(quotations=[(4, 8), (6, 10)], language="la", metadata={"source": "a", "page": 3})
    given = Document("One two “three” four", metadata={"source": "b", "kept": 1})
    document, errors = prepared("", said, document=given)
    assert not errors
    assert document.in_quotation(5, 10) and document.in_quotation(9, 14) and not document.in_quotation(0, 3)
    assert document.language == "la"
    assert document.metadata == {"source": "a", "page": 3, "kept": 1}
    assert given.metadata == {"source": "b", "kept": 1} and given.language != "la"


def test_what_several_plugins_say_adds_up_and_the_later_one_is_heard():
    document, _ = prepared(
        "abcdef ghi",
        Preparation(mask=[(0, 3)], language="en", metadata={"a": 1, "b": 1}),
        Preparation(mask=[(2, 6)], language="de", metadata={"b": 2}),
        None,
    )
    assert document.prose == f"{OBJECT}{FILLER * 5} ghi"
    assert (document.language, document.metadata) == ("de", {"a": 1, "b": 2})


def test_a_document_of_which_nothing_is_said_is_the_one_that_was_given():
    given = Document("Some text.")
    assert prepared("", None, document=given)[0] is given
    assert make_runner(Marks()).prepared(given) is given


def test_words_that_were_found_already_are_not_looked_for_again():
    given = Document("Some text.")
    tokens = given.tokens
    assert prepared("", Preparation(language="en"), document=given)[0].tokens is tokens


def boom(document):
    raise RuntimeError("it\nbroke")


class Endless:
    def __iter__(self):
        while True:
            yield (0, 1)


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        (boom, "RuntimeError: it broke (test_preparation.py:"),
        ("masked", "qualitycheck_prepare returned 'masked', which is no Preparation"),
        ([Preparation()], "which is no Preparation"),
        (Preparation(mask=[(0, 99)]), "mask has 0:99, outside the text or empty"),
        (Preparation(mask=[(-1, 2)]), "mask has -1:2, outside the text or empty"),
        (Preparation(mask=[(2, 2)]), "mask has 2:2, outside the text or empty"),
        (Preparation(quotations=[(3, 1)]), "quotations has 3:1, outside the text or empty"),
        (Preparation(mask=[(0.0, 1.0)]), "TypeError"),
        (Preparation(mask=[5]), "TypeError"),
        (Preparation(mask=7), "TypeError"),
        (Preparation(mask=Endless()), "mask has more stretches than the text has characters"),
        (Preparation(language="English"), "language 'English' is no ISO 639 code such as en"),
        (Preparation(language=7), "language 7 is no ISO 639 code"),
        (Preparation(metadata=["a"]), "metadata is ['a']; give names and values"),
    ],
)
def test_a_plugin_that_fails_is_named_and_the_run_goes_on(said, expected):
    document, errors = prepared("Some text.", said, Preparation(language="de"))
    (error,) = errors
    assert error.startswith("plugin “Preparing0” failed to prepare a.txt: ")
    assert expected in error and "\n" not in error
    assert (document.prose, document.language) == ("Some text.", "de")


def test_keyboard_interrupt_stops_the_run():
    def stop(document):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        prepared("text", stop)


def test_offsets_from_arrays_are_welcome():
    document, errors = prepared("a bc", Preparation(mask=np.array([[2, 4]]), quotations=np.array([[0, 1]])))
    assert not errors and document.prose == f"a {OBJECT}{FILLER}"


@given(
    st.text(alphabet="ab \r\n“”", max_size=30).flatmap(
        lambda text: st.tuples(
            st.just(text),
            st.lists(st.tuples(st.integers(0, max(len(text) - 1, 0)), st.integers(1, 5)), max_size=5 if text else 0),
        )
    )
)
def test_nothing_else_changes(case):
    text, places = case
    spans = [(start, min(start + length, len(text))) for start, length in places]
    document, errors = prepared("", Preparation(mask=spans), document=Document(text))
    assert not errors
    assert document.text == text and len(document.prose) == len(text)
    masked = {place for span in spans for place in range(*span)}
    for place, (before, after) in enumerate(zip(text, document.prose, strict=True)):
        if place not in masked or before in "\r\n":
            assert after == before
        else:
            assert after in (" ", OBJECT, FILLER)


def test_a_hundred_thousand_stretches_in_one_line_take_no_time():
    text = "a#" * 100_000
    spans = [(place, place + 1) for place in range(1, len(text), 2)]
    started = time.process_time()
    document, errors = prepared(text, Preparation(mask=spans))
    assert not errors and document.prose.count(OBJECT) == 100_000
    assert time.process_time() - started < 5


class Shorten(Marks):
    """Takes out all that lies between two marks."""

    rules = (Rule("SHO001", "shorten", "Too long.", fix=Fix.SAFE),)

    def inspect(self, document):
        for match in document.finditer(r"#[^#]*#"):
            yield self.finding("SHO001", match.span(), suggestions=[""])


def test_a_machine_does_not_mend_what_a_plugin_holds_to_be_no_prose():
    plugin = preparing(lambda document: Preparation(mask=[m.span() for m in document.finditer("<[^>]*>")]))
    runner = Runner(Settings(), [plugin, Plugin(Shorten())], entry_points=False)
    fixed = Fixer(runner).fix(Document("a #b# c #d <e> f# g"), PLAIN_TEXT)
    assert fixed.document.text == "a  c #d <e> f# g"


def test_the_filter_prepares_and_tells_where_a_document_came_from():
    seen = []

    def by_source(document):
        seen.append(document.metadata)
        return Preparation(language="de")

    (report,) = Filter(plugins=[preparing(by_source)]).run([{"text": "The council met.", "source": "web"}])
    assert report.language == "de" and seen == [{"source": "web"}]
    (report,) = Filter(plugins=[preparing(boom)]).run(["The council met."])
    assert report.verdict == "reject" and "plugin “Preparing” failed to prepare" in report.errors[0]


PLUGIN = """
from qualitycheck import Preparation, hookimpl

@hookimpl
def qualitycheck_prepare(document, settings):
    if "broken" in document.text:
        raise ValueError("no idea")
    return Preparation(mask=[match.span() for match in document.finditer(r"<%.*?%>")])
"""


def test_check_and_compare_prepare(tmp_path):
    from click.testing import CliRunner

    from qualitycheck.cli.group import qualitycheck

    def run(*arguments):
        return CliRunner().invoke(qualitycheck, [*arguments, "--isolated", "--plugin", str(tmp_path / "own.py")])

    (tmp_path / "own.py").write_text(PLUGIN)
    one, two = tmp_path / "one.txt", tmp_path / "two.txt"
    one.write_text("The ferry leaves the harbour at six <% {that a} %> in the morning.\n")
    two.write_text("The ferry leaves the harbour at six <% else %> in the morning.\n")
    assert run("check", str(one)).exit_code == 0
    assert "became" in (result := run("compare", str(one), str(two))).stdout and " copy" in result.stdout
    two.write_text("This one is broken, and the others are not.\n")
    result = run("check", str(two))
    assert result.exit_code == 2 and "plugin “own” failed to prepare" in result.stderr
    assert "ValueError: no idea (own.py:7)" in result.stderr
    assert run("compare", str(one), str(two)).exit_code == 2
