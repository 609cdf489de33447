"""A small editor: a real client that starts the server as its own process and speaks the protocol with it."""

import asyncio
import sys
import threading
from collections import defaultdict

from lsprotocol import types
from pygls.lsp.client import LanguageClient

PATIENCE = 60  # seconds


class Editor:
    """Has a server for a folder. ``encodings`` are those that it offers for positions."""

    def __init__(self, root, *arguments, encodings=None, versioned=True):
        self.root = root
        self.published = defaultdict(list)
        self.messages = []
        self._news = threading.Condition()
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)
        self._thread.start()
        self.client = LanguageClient("editor", "1")
        self._listen()
        self.run(self.client.start_io(sys.executable, "-m", "qualitycheck", "server", *arguments, cwd=root))
        capabilities = types.ClientCapabilities(
            general=types.GeneralClientCapabilities(position_encodings=encodings),
            workspace=types.WorkspaceClientCapabilities(
                workspace_edit=types.WorkspaceEditClientCapabilities(document_changes=versioned),
                did_change_watched_files=types.DidChangeWatchedFilesClientCapabilities(dynamic_registration=True),
            ),
        )
        self.answer = self.run(
            self.client.initialize_async(types.InitializeParams(capabilities, root_uri=root.as_uri()))
        )
        self.client.initialized(types.InitializedParams())

    def _listen(self):
        @self.client.feature(types.TEXT_DOCUMENT_PUBLISH_DIAGNOSTICS)
        def published(params):
            with self._news:
                self.published[params.uri].append(params)
                self._news.notify_all()

        @self.client.feature(types.WINDOW_SHOW_MESSAGE)
        def shown(params):
            with self._news:
                self.messages.append(params.message)
                self._news.notify_all()

        @self.client.feature(types.CLIENT_REGISTER_CAPABILITY)
        def register(params):
            self.registered = params.registrations

    def run(self, work):
        return asyncio.run_coroutine_threadsafe(work, self._loop).result(PATIENCE)

    def call(self, function, *arguments):
        """Call a method of the client in the thread of its loop."""

        async def work():
            return function(*arguments)

        return self.run(work())

    def wait(self, condition):
        """Wait until something holds of what the server has sent."""
        with self._news:
            assert self._news.wait_for(condition, PATIENCE)

    def uri(self, name):
        return (self.root / name).as_uri()

    def open(self, name, text, language="plaintext"):
        item = types.TextDocumentItem(self.uri(name), language, 1, text)
        self.call(self.client.text_document_did_open, types.DidOpenTextDocumentParams(item))
        return self.found(name, 1)

    def change(self, name, version, text):
        document = types.VersionedTextDocumentIdentifier(version, self.uri(name))
        whole = [types.TextDocumentContentChangeWholeDocument(text)]
        self.call(self.client.text_document_did_change, types.DidChangeTextDocumentParams(document, whole))

    def found(self, name, version):
        """The diagnostics of a version, once they are there."""

        def last():
            of_it = [each for each in self.published[self.uri(name)] if each.version == version]
            return of_it[-1] if of_it else None

        self.wait(last)
        return last().diagnostics

    def close(self, name):
        document = types.TextDocumentIdentifier(self.uri(name))
        self.call(self.client.text_document_did_close, types.DidCloseTextDocumentParams(document))

    def hover(self, name, line, character):
        document = types.TextDocumentIdentifier(self.uri(name))
        params = types.HoverParams(document, types.Position(line, character))
        answer = self.run(self.client.text_document_hover_async(params))
        return answer and answer.contents.value

    def actions(self, name, start, end, only=None):
        document = types.TextDocumentIdentifier(self.uri(name))
        place = types.Range(types.Position(*start), types.Position(*end))
        params = types.CodeActionParams(document, place, types.CodeActionContext([], only))
        return self.run(self.client.text_document_code_action_async(params))

    def quit(self):
        """End as an editor does; the exit status of the server."""
        self.run(self.client.shutdown_async(None))
        self.call(self.client.exit, None)
        status = self.run(self.client._server.wait())
        self.run(self.client.stop())
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(PATIENCE)
        return status


def applied(text, action, uri):
    """The text with what an action does to it; positions count UTF-16 units, as unless told otherwise."""
    edit = action.edit
    edits = edit.changes[uri] if edit.changes else edit.document_changes[0].edits
    lines = text.splitlines(keepends=True)

    def offset(position):
        line = lines[position.line] if position.line < len(lines) else ""
        units = line.encode("utf-16-le")[: 2 * position.character]
        return sum(map(len, lines[: position.line])) + len(units.decode("utf-16-le"))

    for each in sorted(edits, key=lambda edit: offset(edit.range.start), reverse=True):
        text = text[: offset(each.range.start)] + each.new_text + text[offset(each.range.end) :]
    return text
