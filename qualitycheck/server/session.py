"""Talks to the client: what it opens and changes is checked, and what it asks about findings is answered.

Checks run in one thread of their own, so that the client is always heard. A text that changed is checked when nothing
was typed for a moment, one that was opened or saved at once; what is found in a version that is no longer the latest is
dropped. The client sends whole texts: pygls applies parts of them wrongly where a text has line separators that the
protocol does not know (U+2028, form feeds).
"""

from __future__ import annotations

import asyncio
import contextlib
import re
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from lsprotocol import types
from pygls.lsp.server import LanguageServer
from pygls.uris import to_fs_path

from qualitycheck.plugins import FOREIGN_ERRORS, one_line
from qualitycheck.screen import harmless
from qualitycheck.server.actions import KINDS, Actions
from qualitycheck.server.diagnostics import diagnostics
from qualitycheck.server.hover import hover
from qualitycheck.server.judged import Judged
from qualitycheck.server.workspaces import Workspaces
from qualitycheck.settings import Settings
from qualitycheck.version import __version__

#: Seconds without a change after which a text is checked.
CALM = 0.4
#: Code points; longer texts are not checked in an editor.
MOST = 5_000_000

_SETTINGS_FILES = ("qualitycheck.toml", "pyproject.toml")
_MOST_COMPLAINTS = 1000  # remembered, so that each is made once
_ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")


class Session(LanguageServer):
    """A server for one client. ``settings_for`` gives the settings for a folder, or for what is in none (None)."""

    def __init__(self, settings_for: Callable[[Path | None], Settings]) -> None:
        super().__init__("qualitycheck", __version__, types.TextDocumentSyncKind.Full)
        self._workspaces = Workspaces(settings_for, self.complain)
        self._worker = ThreadPoolExecutor(1, "checks")
        self._waiting: dict[str, asyncio.Task[None]] = {}
        self._judged: dict[str, Judged] = {}
        self._complaints: set[str] = set()
        self._loop: asyncio.AbstractEventLoop | None = None
        _register(self)

    def begin(self) -> None:
        """The client is ready: ask it to tell when settings change."""
        self._loop = asyncio.get_running_loop()
        workspace = self.client_capabilities.workspace
        watched = workspace.did_change_watched_files if workspace else None
        if watched and watched.dynamic_registration:
            watchers = [types.FileSystemWatcher(f"**/{name}") for name in _SETTINGS_FILES]
            options = types.DidChangeWatchedFilesRegistrationOptions(watchers)
            wish = types.Registration("settings", types.WORKSPACE_DID_CHANGE_WATCHED_FILES, options)
            self.client_register_capability(types.RegistrationParams([wish]))

    def complain(self, message: str) -> None:
        """Show a message to the user, once; from any thread."""
        shown = harmless(message)
        if shown not in self._complaints and len(self._complaints) < _MOST_COMPLAINTS and self._loop is not None:
            self._complaints.add(shown)
            params = types.ShowMessageParams(types.MessageType.Error, f"qualitycheck: {shown}")
            self._loop.call_soon_threadsafe(self.window_show_message, params)

    def renew(self) -> None:
        """Read the settings again, and check all that is open."""
        self._complaints.clear()
        self._worker.submit(self._workspaces.forget)
        for uri in list(self.workspace.text_documents):
            self.schedule(uri)

    def saved(self, uri: str) -> None:
        """Check what was saved; if it holds settings, everything."""
        if uri.endswith(_SETTINGS_FILES):
            self.renew()
        else:
            self.schedule(uri)

    def schedule(self, uri: str, delay: float = 0.0) -> asyncio.Task[None]:
        """Check a document after so many seconds, unless it changes before."""
        if uri in self._waiting:
            self._waiting[uri].cancel()
        self._waiting[uri] = asyncio.create_task(self._check(uri, delay))
        return self._waiting[uri]

    def close(self, uri: str) -> None:
        """Forget a document, and what was found in it."""
        if uri in self._waiting:
            self._waiting.pop(uri).cancel()
        self._judged.pop(uri, None)
        self._publish(uri, [], None)

    async def current(self, uri: str) -> Judged | None:
        """What is known of the latest version of a document, which is checked now if it was not; None for no result."""
        if self._is_stale(uri):
            with contextlib.suppress(asyncio.CancelledError):
                await asyncio.shield(self.schedule(uri))
        return None if self._is_stale(uri) else self._judged.get(uri)

    async def explain(self, params: types.HoverParams) -> types.Hover | None:
        """What there is to say about the findings at a position."""
        judged = await self.current(params.text_document.uri)
        if judged is None:
            return None
        offset = judged.positions.offset(params.position)
        loop = asyncio.get_running_loop()
        text = await loop.run_in_executor(self._worker, hover, judged, offset, offset)
        if not text:
            return None
        wants = self.client_capabilities.text_document
        formats = wants.hover.content_format if wants and wants.hover else None
        if formats and types.MarkupKind.Markdown not in formats:
            return types.Hover(types.MarkupContent(types.MarkupKind.PlainText, _ESCAPED.sub(r"\1", text)))
        return types.Hover(types.MarkupContent(types.MarkupKind.Markdown, text))

    async def offer(self, params: types.CodeActionParams) -> list[types.CodeAction] | None:
        """What can be done about the findings in a range."""
        judged = await self.current(params.text_document.uri)
        if judged is None:
            return None
        workspace = self.client_capabilities.workspace
        edits = workspace.workspace_edit if workspace else None
        actions = Actions(judged, params.text_document.uri, versioned=bool(edits and edits.document_changes))
        start, end = judged.positions.offset(params.range.start), judged.positions.offset(params.range.end)
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._worker, lambda: list(actions.list(start, end, params.context.only)))

    def shutdown(self) -> None:
        """End with the client."""
        self._worker.shutdown(wait=False, cancel_futures=True)
        super().shutdown()  # type: ignore[no-untyped-call]

    async def _check(self, uri: str, delay: float) -> None:
        if delay:
            await asyncio.sleep(delay)
        document = self.workspace.get_text_document(uri)
        loop = asyncio.get_running_loop()
        version = document.version
        judged = await loop.run_in_executor(
            self._worker, self._judge, uri, document.source, version, document.language_id
        )
        # It may have been changed while it was checked: then somebody else looks at it already.
        if uri in self.workspace.text_documents and self.workspace.get_text_document(uri).version == version:
            if judged is None:
                self._judged.pop(uri, None)
            else:
                self._judged[uri] = judged
            self._publish(uri, diagnostics(judged) if judged else [], version)

    def _judge(self, uri: str, text: str, version: int | None, language: str | None) -> Judged | None:
        """Check a text, in the thread for it; None where that cannot be, which the user is told."""
        try:
            path = to_fs_path(uri)
            workspace = self._workspaces.of(Path(path) if path else None, self._folders())
            reader = workspace.reader(path or "", language) if workspace else None
            if workspace is None or reader is None:
                return None
            if len(text) > min(MOST, workspace.runner.settings.max_size):
                self.complain(f"{path or uri}: too long to be checked here; qualitycheck check does it")
                return None
            encoding = types.PositionEncodingKind(self.workspace.position_encoding).value
            judged = Judged(workspace.runner, reader, text, path, version, encoding)
        except FOREIGN_ERRORS as error:
            self.complain(f"{uri}: cannot be checked: {one_line(error)}")
            return None
        for error_line in judged.report.errors:
            self.complain(error_line)
        return judged

    def _folders(self) -> list[Path]:
        uris = [folder.uri for folder in self.workspace.folders.values()]
        if not uris and self.workspace.root_uri:
            uris = [self.workspace.root_uri]
        return [Path(path) for path in map(to_fs_path, uris) if path]

    def _is_stale(self, uri: str) -> bool:
        if uri not in self.workspace.text_documents:
            return False
        known = self._judged.get(uri)
        return known is None or known.version != self.workspace.get_text_document(uri).version

    def _publish(self, uri: str, found: list[types.Diagnostic], version: int | None) -> None:
        self.text_document_publish_diagnostics(types.PublishDiagnosticsParams(uri, found, version))


def _register(session: Session) -> None:
    """Tell pygls what the session answers."""

    @session.feature(types.INITIALIZED)
    def initialized(_: types.InitializedParams) -> None:
        session.begin()

    @session.feature(types.TEXT_DOCUMENT_DID_OPEN)
    async def did_open(params: types.DidOpenTextDocumentParams) -> None:
        session.schedule(params.text_document.uri)

    @session.feature(types.TEXT_DOCUMENT_DID_CHANGE)
    async def did_change(params: types.DidChangeTextDocumentParams) -> None:
        session.schedule(params.text_document.uri, CALM)

    @session.feature(types.TEXT_DOCUMENT_DID_SAVE)
    async def did_save(params: types.DidSaveTextDocumentParams) -> None:
        session.saved(params.text_document.uri)

    @session.feature(types.TEXT_DOCUMENT_DID_CLOSE)
    async def did_close(params: types.DidCloseTextDocumentParams) -> None:
        session.close(params.text_document.uri)

    @session.feature(types.WORKSPACE_DID_CHANGE_WATCHED_FILES)
    async def did_change_files(_: types.DidChangeWatchedFilesParams) -> None:
        session.renew()

    @session.feature(types.WORKSPACE_DID_CHANGE_CONFIGURATION)
    async def did_change_configuration(_: types.DidChangeConfigurationParams) -> None:
        session.renew()

    @session.feature(types.TEXT_DOCUMENT_HOVER)
    async def on_hover(params: types.HoverParams) -> types.Hover | None:
        return await session.explain(params)

    @session.feature(types.TEXT_DOCUMENT_CODE_ACTION, types.CodeActionOptions(list(KINDS)))
    async def on_code_action(params: types.CodeActionParams) -> list[types.CodeAction] | None:
        return await session.offer(params)
