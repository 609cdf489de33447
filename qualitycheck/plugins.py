"""Finding, loading and naming plugins.

A plugin is a module, or any object, with hook implementations. It comes from an installed distribution's entry points
in the group ``qualitycheck``, from a Python file, from a module name, or as an object. The bundled plugins are
ordinary entry points of this distribution.
"""

from __future__ import annotations

import functools
import importlib
import importlib.metadata
import importlib.util
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from importlib.metadata import Distribution
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, Any

import pluggy

from qualitycheck import hookspecs
from qualitycheck.checks import Check
from qualitycheck.errors import PluginError, QualityCheckError, SettingsError, nearest
from qualitycheck.options import Options
from qualitycheck.rule import Rule
from qualitycheck.settings import Settings
from qualitycheck.version import __version__

if TYPE_CHECKING:
    from qualitycheck.readers import Reader
    from qualitycheck.reporters import Reporter

GROUP = "qualitycheck"

_OURS = f"and qualitycheck {__version__} has interface {hookspecs.INTERFACE}"

#: What the plugin is called that makes rules of the patterns in the settings.
PATTERNS = "patterns"

#: A plugin is foreign code and may raise anything, SystemExit included; the run names it and goes on.
FOREIGN_ERRORS = (Exception, SystemExit)


@dataclass(frozen=True, slots=True)
class LoadedPlugin:
    """A plugin that works: its name, where it comes from, its version and what it brings."""

    name: str
    origin: str
    version: str
    checks: tuple[Check, ...] = ()
    readers: tuple[Reader, ...] = ()
    reporters: tuple[type[Reporter], ...] = ()


@dataclass(frozen=True, slots=True)
class FailedPlugin:
    """A plugin that does not load, with the reason in one line."""

    name: str
    origin: str
    reason: str


@dataclass(slots=True)
class Plugins:
    """All plugins of one run. ``manager`` is pluggy's, for the hooks that are called later."""

    manager: pluggy.PluginManager
    settings: Settings
    loaded: list[LoadedPlugin] = field(default_factory=list)
    failed: list[FailedPlugin] = field(default_factory=list)

    @property
    def checks(self) -> list[Check]:
        """The checks of all plugins, sorted by name."""
        return sorted((check for plugin in self.loaded for check in plugin.checks), key=lambda check: check.name)

    @property
    def rules(self) -> list[Rule]:
        """The rules of all checks, sorted by code."""
        return sorted((rule for check in self.checks for rule in check.rules), key=lambda rule: rule.code)


def load_plugins(settings: Settings, extra: Sequence[object] = (), *, entry_points: bool = True) -> Plugins:
    """Load every plugin that is installed, named in ``settings`` or given as an object in ``extra``.

    A plugin that fails is recorded in ``failed`` and the others go on. Raises SettingsError where the settings block
    a plugin that there is not.
    """
    manager = pluggy.PluginManager(GROUP)
    manager.add_hookspecs(hookspecs)
    plugins = Plugins(manager, settings)
    for name, origin, version, load in plugin_sources(settings, entry_points=entry_points):
        _add(plugins, name, origin, version, load, settings)
    _know_blocked(settings, entry_points)
    for plugin in extra:
        name = getattr(plugin, "__name__", type(plugin).__name__)
        _add(plugins, name, "given to Runner", "", lambda plugin=plugin: plugin, settings)
    if settings.patterns and PATTERNS not in settings.block:
        _add(plugins, PATTERNS, "the settings", "", lambda: importlib.import_module("qualitycheck.patterns"), settings)
    return plugins


def plugin_sources(
    settings: Settings, *, entry_points: bool = True
) -> Iterator[tuple[str, str, str, Callable[[], Any]]]:
    """Name, origin, version and loader of every plugin that is installed or named, and not blocked."""
    if entry_points:
        told: dict[Distribution, tuple[str, str]] = {}  # reading what one says of itself takes longer than all the rest
        for entry in sorted(importlib.metadata.entry_points(group=GROUP), key=lambda entry: entry.name):
            if entry.name in settings.block:
                continue
            name = version = ""
            if entry.dist is not None:
                if entry.dist not in told:
                    told[entry.dist] = entry.dist.metadata["Name"], entry.dist.metadata["Version"]
                name, version = told[entry.dist]
            yield entry.name, f"{name} {version}" if name else entry.value, version, entry.load
    for source in settings.plugins:
        if _name_of(source) not in settings.block:
            yield _name_of(source), source, "", functools.partial(_import, source)


def _name_of(source: str) -> str:
    """What a plugin from a file or a module is called."""
    return Path(source).stem if source.endswith(".py") else source


def _know_blocked(settings: Settings, entry_points: bool) -> None:
    """Raise SettingsError for a name in ``block`` that means no plugin: a typo would load what was to be kept out."""
    if not settings.block or not entry_points:
        return
    known = [entry.name for entry in importlib.metadata.entry_points(group=GROUP)]
    known += [PATTERNS, *(_name_of(source) for source in settings.plugins)]
    for name in settings.block:
        if name not in known:
            raise SettingsError(f"block: unknown plugin “{name}”{nearest(name, known)}")


def _add(plugins: Plugins, name: str, origin: str, version: str, load: Any, settings: Settings) -> None:
    try:
        for other in plugins.loaded:
            if other.name == name:
                raise PluginError(f"a plugin of this name is already loaded from {other.origin}")
        module = load()
        if isinstance(module, type):
            module = module()
        _know_interface(module)
        if plugins.manager.is_registered(module):
            raise PluginError(f"it is already loaded as plugin “{plugins.manager.get_name(module)}”")
        try:
            plugins.manager.register(module, name=name)
            if not plugins.manager.get_hookcallers(module):
                raise PluginError("it implements no hook; mark its qualitycheck_… functions with @hookimpl")
            plugins.manager.check_pending()
            checks = _checks_of(plugins, name, module, settings)
            readers = tuple(_brought(plugins, "qualitycheck_readers", module, settings))
            reporters = tuple(_brought(plugins, "qualitycheck_reporters", module, settings))
            _examine_formats(readers, reporters)
        except BaseException:
            if plugins.manager.is_registered(module):
                plugins.manager.unregister(module)
            raise
    except FOREIGN_ERRORS as error:
        plugins.failed.append(FailedPlugin(name, origin, one_line(error) + _asks_for_more(error)))
        return
    plugins.loaded.append(LoadedPlugin(name, origin, version, checks, readers, reporters))


def _know_interface(module: object) -> None:
    """Raise PluginError for a plugin that is written for a newer interface than this."""
    wanted = getattr(module, "qualitycheck_interface", hookspecs.INTERFACE)
    if not isinstance(wanted, int) or wanted < 1:
        raise PluginError(f"qualitycheck_interface is {wanted!r}; it is a version such as {hookspecs.INTERFACE}")
    if wanted > hookspecs.INTERFACE:
        raise PluginError(f"it needs plugin interface {wanted}, {_OURS}; install a newer qualitycheck")


def _asks_for_more(error: BaseException) -> str:
    """A hint where a plugin imports a name that qualitycheck does not have: it never gets to say its interface."""
    foreign = isinstance(error, ImportError) and (error.name or "").split(".")[0] == "qualitycheck"
    return f"; {_OURS}: is the plugin for a newer one?" if foreign else ""


def _checks_of(plugins: Plugins, name: str, module: object, settings: Settings) -> tuple[Check, ...]:
    checks = tuple(_brought(plugins, "qualitycheck_checks", module, settings))
    owners = {rule.code: plugin.name for plugin in plugins.loaded for check in plugin.checks for rule in check.rules}
    names = {rule.name: rule.code for rule in plugins.rules}
    taken = {check.name: plugin.name for plugin in plugins.loaded for check in plugin.checks}
    for check in checks:
        _examine(check)
        if check.name in taken:
            raise PluginError(f"check “{check.name}” is already brought by plugin “{taken[check.name]}”")
        taken[check.name] = name
        for rule in check.rules:
            if rule.code in owners:
                raise PluginError(f"rule {rule.code} is already brought by plugin “{owners[rule.code]}”")
            if rule.name in names:
                other = names[rule.name]
                raise PluginError(f"rule name “{rule.name}” is already that of {other}, of plugin “{owners[other]}”")
            owners[rule.code], names[rule.name] = name, rule.code
    return checks


def _examine(check: Any) -> None:
    """Raise PluginError where a check is not what the interface asks for."""
    if not isinstance(check, Check):
        raise PluginError(f"qualitycheck_checks returned {check!r}, which is no Check object")
    if not check.rules:
        raise PluginError(f"check “{check.name}” has no rules, so it could never report anything")
    if isinstance(check.languages, str):
        raise PluginError(f"check “{check.name}” has languages {check.languages!r}; make it a set of codes")
    if not isinstance(check.min_words, int):
        raise PluginError(f"check “{check.name}” has min_words {check.min_words!r}, which is no number of words")
    if not isinstance(check.options, Options):
        raise PluginError(
            f"check “{check.name}” has options {check.options!r}; make them an object of an Options class"
        )
    if not 0 <= check.weight <= 0.99:
        raise PluginError(f"check “{check.name}” has weight {check.weight}, which is not in [0, .99]")


def _examine_formats(readers: Iterable[object], reporters: Iterable[object]) -> None:
    """Raise PluginError for what is no reader, or no class of reporters."""
    for each in readers:
        suffixes: Any = getattr(each, "suffixes", None)
        sound = isinstance(suffixes, tuple | list) and all(str(suffix).startswith(".") for suffix in suffixes)
        if not sound or not isinstance(getattr(each, "name", None), str) or not callable(getattr(each, "prose", None)):
            raise PluginError(f"qualitycheck_readers returned {each!r}; a reader has name, suffixes and prose")
    for each in reporters:
        name = getattr(each, "name", None) if isinstance(each, type) else None
        if not isinstance(name, str) or not name or not callable(getattr(each, "document", None)):
            raise PluginError(f"qualitycheck_reporters returned {each!r}; give Reporter classes with name and document")


def callers(plugins: Plugins, hook_name: str) -> list[tuple[str, pluggy.HookCaller]]:
    """The name of each plugin that implements a hook, with what calls it alone, in the order in which they are heard.

    So what goes wrong in one is known as its own, and the others are still asked.
    """
    manager = plugins.manager
    found = []
    for name in [each.plugin_name for each in reversed(getattr(manager.hook, hook_name).get_hookimpls())]:
        own = manager.get_plugin(name)
        others = [each for each in manager.get_plugins() if each is not own]
        found.append((name, manager.subset_hook_caller(hook_name, others)))
    return found


def _brought(plugins: Plugins, hook_name: str, module: object, settings: Settings) -> list[Any]:
    """What one plugin's hook returns; raises PluginError where that is no list."""
    others = [each for each in plugins.manager.get_plugins() if each is not module]
    hook = plugins.manager.subset_hook_caller(hook_name, others)
    results = hook(settings=settings)
    if hook.get_hookimpls() and not results:
        raise PluginError(f"{hook_name} returned None; return a list")
    for result in results:
        if isinstance(result, Check):
            raise PluginError(f"{hook_name} returned one Check; return a list")
        if not isinstance(result, Iterable):
            raise PluginError(f"{hook_name} returned {result!r}; return a list")
    return [each for result in results for each in result]


def _import(name: str) -> ModuleType:
    if not name.endswith(".py"):
        return importlib.import_module(name)
    path = Path(name)
    if not path.is_file():
        raise PluginError("there is no such file")
    spec = importlib.util.spec_from_file_location(f"qualitycheck_file_{path.stem}", path)
    if spec is None or spec.loader is None:
        raise PluginError("it is not a Python file")
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


def one_line(error: BaseException) -> str:
    """An exception as one line: its kind and message, and for foreign code the line that raised it."""
    import logging

    # The line is for people; who writes the plugin wants it all, and asks for it with --debug.
    logging.getLogger("qualitycheck").debug("the traceback behind the next error:", exc_info=error)
    # Ours are written for people, and say what and where.
    kind = "" if isinstance(error, QualityCheckError) else f"{type(error).__name__}: "
    text = " ".join(str(error).split()) or "no message"
    place = ""
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    if trace is not None and kind:
        place = f" ({Path(trace.tb_frame.f_code.co_filename).name}:{trace.tb_lineno})"
    return f"{kind}{text}{place}"
