"""The server as its own process, and a real client of the protocol."""

import time

import pytest
from editor import Editor, applied
from lsprotocol import types

WORD = "odd"


def places(diagnostics):
    return [
        (str(each.code), each.range.start.line, each.range.start.character, each.range.end.character)
        for each in diagnostics
    ]


def test_positions_count_utf_16_units_unless_told(editor):
    assert editor.answer.capabilities.position_encoding == "utf-16"
    found = editor.open("a.txt", "😀 an odd word\r\nand\u2028one odd more\n")
    assert places(found) == [("WRD001", 0, 6, 9), ("WRD001", 1, 8, 11)]
    (first, _) = found
    assert (first.severity, first.source) == (types.DiagnosticSeverity.Error, "qualitycheck")
    assert first.message == "An odd word."


def test_settings_are_those_of_the_folder(editor):
    assert places(editor.open("dull.txt", "A dull one, and an odd one.")) == [("WRD001", 0, 19, 22)]
    assert editor.open("drafts/b.txt", "An odd one, in a draft.") == ()


def test_markdown_is_read_as_such_whatever_the_file_is_called(editor):
    assert places(editor.open("notes", "`odd` and odd\n", "markdown")) == [("WRD001", 0, 10, 13)]
    assert editor.open("program.py", "odd = 1\n", "python") == ()


def test_a_text_is_checked_when_the_typing_stops_and_only_its_last_version(editor):
    editor.open("c.txt", "Nothing here.")
    for version in range(2, 8):
        editor.change("c.txt", version, "odd " * version)
    assert len(editor.found("c.txt", 7)) == 7
    versions = [each.version for each in editor.published[editor.uri("c.txt")]]
    assert versions == [1, 7]


def test_what_is_found_in_an_old_version_is_dropped(editor):
    editor.open("d.txt", "Nothing here.")
    document = types.TextDocumentIdentifier(editor.uri("d.txt"))
    editor.change("d.txt", 2, "SLOW odd odd")
    editor.call(editor.client.text_document_did_save, types.DidSaveTextDocumentParams(document))
    time.sleep(0.3)  # it is being checked now
    editor.change("d.txt", 3, "one odd word")
    assert len(editor.found("d.txt", 3)) == 1
    assert 2 not in [each.version for each in editor.published[editor.uri("d.txt")]]


def test_hover_tells_message_suggestion_evidence_and_rule(editor):
    editor.open("e.txt", "This is odd.")
    shown = editor.hover("e.txt", 0, 9)
    assert "**WRD001 odd-word** (error): An odd word" in shown
    assert "“even”" in shown and "nothing" in shown
    assert "+1.50 nats  ```# odd (it is)" in shown
    assert "````text" in shown  # a block that its content cannot end
    assert "[so]" not in shown  # no link
    assert "without this finding it would have 100 (accept)" in shown
    assert "The word *odd*." in shown and "It does not" not in shown
    assert editor.hover("e.txt", 0, 1) is None


def test_a_suggestion_and_all_that_is_safe(editor):
    text = "😀 One odd word,\r\nand an odd one.\r\n"
    editor.open("f.txt", text)
    actions = editor.actions("f.txt", (0, 8), (0, 8))
    titles = [action.title for action in actions]
    assert titles == [
        "Replace with “even” (WRD001)",
        "Leave “odd” out (WRD001)",
        "Fix all that is safe (2 findings)",
    ]
    assert [action.is_preferred for action in actions] == [True, None, None]
    uri = editor.uri("f.txt")
    assert applied(text, actions[0], uri) == "😀 One even word,\r\nand an odd one.\r\n"
    assert applied(text, actions[1], uri) == "😀 One  word,\r\nand an odd one.\r\n"
    assert applied(text, actions[2], uri) == "😀 One even word,\r\nand an even one.\r\n"
    edits = actions[0].edit.document_changes
    assert edits[0].text_document.version == 1
    assert [each.kind for each in editor.actions("f.txt", (0, 0), (0, 0), ["source.fixAll"])] == [
        "source.fixAll.qualitycheck"
    ]
    assert not editor.actions("f.txt", (0, 8), (0, 8), ["refactor"])


def test_actions_asked_for_while_typing_are_those_of_the_latest_text(editor):
    editor.open("g.txt", "Nothing here.")
    editor.change("g.txt", 2, "Here is odd.")
    (first, *_) = editor.actions("g.txt", (0, 9), (0, 9))
    assert applied("Here is odd.", first, editor.uri("g.txt")) == "Here is even."


def test_ignoring_a_rule_makes_it_silent(editor):
    text = "# Title\n\nAn odd word\nin two lines.\n\nwhole\n"
    assert [each[0] for each in places(editor.open("h.md", text, "markdown"))] == ["WRD003", "WRD001"]
    actions = {each.title: each for each in editor.actions("h.md", (2, 4), (2, 4))}
    text = applied(text, actions["Ignore WRD001 odd-word in this line"], editor.uri("h.md"))
    assert "An odd word <!-- qualitycheck: ignore WRD001 -->\n" in text
    editor.change("h.md", 2, text)
    assert [each[0] for each in places(editor.found("h.md", 2))] == ["WRD003"]
    (action,) = [each for each in editor.actions("h.md", (0, 0), (0, 0)) if "in this file" in each.title]
    editor.change("h.md", 3, applied(text, action, editor.uri("h.md")))
    assert editor.found("h.md", 3) == ()


def test_a_check_that_crashes_is_one_message_and_costs_nothing_else(editor):
    assert editor.open("boom.txt", "BOOM odd") == ()
    editor.change("boom.txt", 2, "BOOM odd again")
    editor.found("boom.txt", 2)
    crashes = [message for message in editor.messages if "the fuse blew" in message]
    assert len(crashes) == 1
    assert len(editor.open("well.txt", "odd")) == 1


def test_closing_takes_the_findings_away(editor):
    editor.open("i.txt", "odd")
    editor.close("i.txt")
    editor.wait(lambda: not editor.published[editor.uri("i.txt")][-1].diagnostics)


def test_changed_settings_are_read(editor):
    assert editor.registered[0].method == types.WORKSPACE_DID_CHANGE_WATCHED_FILES
    editor.open("j.txt", "odd and dull")
    settings = editor.root / "qualitycheck.toml"
    before = settings.read_text(encoding="utf-8")
    settings.write_text(before.replace("ignore = ['WRD002']", ""), encoding="utf-8")
    change = types.FileEvent(settings.as_uri(), types.FileChangeType.Changed)
    editor.call(editor.client.workspace_did_change_watched_files, types.DidChangeWatchedFilesParams([change]))
    uri = editor.uri("j.txt")
    editor.wait(lambda: len(editor.published[uri][-1].diagnostics) == 2)
    settings.write_text("fail-onn = 'error'\n", encoding="utf-8")
    editor.call(editor.client.workspace_did_change_watched_files, types.DidChangeWatchedFilesParams([change]))
    editor.wait(lambda: any("fail-onn" in message for message in editor.messages))
    editor.wait(lambda: not editor.published[uri][-1].diagnostics)
    settings.write_text(before, encoding="utf-8")
    editor.call(editor.client.workspace_did_change_watched_files, types.DidChangeWatchedFilesParams([change]))
    editor.wait(lambda: len(editor.published[uri][-1].diagnostics) == 1)


@pytest.mark.parametrize("encoding", ["utf-8"])
def test_another_encoding_of_positions_and_a_client_without_versions(words, tmp_path, encoding):
    editor = Editor(tmp_path, "--isolated", "-p", str(words), encodings=[encoding], versioned=False)
    assert editor.answer.capabilities.position_encoding == encoding
    text = "é😀 odd\n"
    assert places(editor.open("a.txt", text)) == [("WRD001", 0, 7, 10)]
    (action, *_) = editor.actions("a.txt", (0, 8), (0, 8))
    assert action.edit.document_changes is None
    (edit,) = action.edit.changes[editor.uri("a.txt")]
    assert edit.range.end.character == 10
    assert editor.quit() == 0
