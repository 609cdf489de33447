"""Settings: where they are looked for, what they may hold, and what is said when they are wrong.

They are searched from the working directory upwards, never from the folders that are checked: a downloaded corpus
must not configure, let alone load code into, its checker.
"""

from __future__ import annotations

import hashlib
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any, Literal

import msgspec

from qualitycheck.errors import SettingsError
from qualitycheck.file_ignores import anchored
from qualitycheck.filtering.options import FilterSettings
from qualitycheck.options import convert, field_names
from qualitycheck.patterns.entries import PatternEntry, examine_patterns
from qualitycheck.profiles import load_profile

FailOn = Literal["info", "warning", "error", "never"]
_Points = Annotated[float, msgspec.Meta(ge=0, le=100)]
_Weight = Annotated[float, msgspec.Meta(ge=0, le=0.99)]


class Settings(msgspec.Struct, frozen=True, rename="kebab", forbid_unknown_fields=True):
    """Everything a user can set. Names in files have hyphens: ``fail-on``.

    ``select`` and ``ignore`` hold rule codes, names or code prefixes; nothing in ``select`` means every rule.
    ``fail_on`` is the least severity that makes ``check`` exit with 1, apart from a ``reject``; ``min_score`` makes it
    exit with 1 for any document with a lower score. ``reject_below`` and ``review_below`` are scores in [0, 100].
    ``weights`` replaces the weights of checks, by check name, in [0, .99]; ``checks`` holds what single checks let one
    set, by check name. ``plugins`` are Python files or importable modules; ``block`` names plugins that are not loaded;
    ``models`` are folders of trained models, for checks that take such; ``lexicons`` are files with pairs of an
    original and what is put in its place. ``max_size`` is the size in bytes above which a file is refused unread;
    ``max_findings`` how many findings of one rule a report lists for one document; ``slow_check`` the characters a
    second below which a check is named as slow, 0 for never. ``encoding`` is that of input files. ``languages`` are the
    ISO 639 codes of the languages that documents are expected in; none means any. ``allow`` holds names and terms that
    no rule may object to; ``per_file_ignores`` rules to ignore in some files, by pattern; ``inline_ignores`` says
    whether comments in documents may suppress findings; ``baseline`` is the file with the findings that are accepted
    for now, none where it is empty. ``patterns`` are rules of the user's own, from regular expressions and word lists.
    ``filter`` holds what concerns ``qualitycheck filter`` alone.
    """

    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    fail_on: FailOn = "error"
    min_score: _Points = 0.0
    reject_below: _Points = 40.0
    review_below: _Points = 75.0
    weights: dict[str, _Weight] = {}
    checks: dict[str, dict[str, Any]] = {}
    plugins: tuple[str, ...] = ()
    block: tuple[str, ...] = ()
    models: tuple[str, ...] = ()
    lexicons: tuple[str, ...] = ()
    encoding: str = "utf-8"
    allow: tuple[str, ...] = ()
    per_file_ignores: dict[str, tuple[str, ...]] = {}
    inline_ignores: bool = True
    baseline: str = ""
    max_size: Annotated[int, msgspec.Meta(ge=1)] = 50_000_000
    max_findings: Annotated[int, msgspec.Meta(ge=1)] = 1000
    slow_check: Annotated[int, msgspec.Meta(ge=0)] = 100_000
    languages: tuple[str, ...] = ()
    patterns: tuple[PatternEntry, ...] = ()
    filter: FilterSettings = FilterSettings()

    def __post_init__(self) -> None:
        for name in ("select", "ignore", "plugins", "block", "models", "lexicons", "allow", "languages"):
            if isinstance(getattr(self, name), str):
                raise ValueError(f"{name} is one text; give a list")
        for name, weight in self.weights.items():
            if not 0.0 <= weight <= 0.99:
                raise ValueError(f"the weight of {name} ({weight}) is not in [0, .99]")
        if self.reject_below > self.review_below:
            raise ValueError(f"reject-below ({self.reject_below}) is above review-below ({self.review_below})")
        try:
            "".encode(self.encoding)
        except LookupError:
            raise ValueError(f"encoding “{self.encoding}” is not known") from None

    def digest(self) -> str:
        """A hash of all values that can change a report."""
        return hashlib.sha256(msgspec.json.encode(self, order="sorted")).hexdigest()[:16]


def setting_names() -> list[str]:
    """The names of all settings as they stand in a file; ``profile`` names one that lies under them."""
    return ["profile", *field_names(Settings)]


def make_settings(values: Mapping[str, Any], source: str = "settings") -> Settings:
    """Settings from plain values; ``source`` names where they come from in messages.

    A ``profile`` among them lies under the others. Raises SettingsError for an unknown name (with the nearest known
    one), an unknown profile or a value of the wrong kind.
    """
    plain = dict(values)
    profile = plain.pop("profile", None)
    if profile is not None:
        plain = _over(load_profile(profile), plain)
    examine_patterns(plain.get("patterns", ()), source)
    return convert(plain, Settings, source, "setting", known=setting_names())


def find_settings_file(directory: Path) -> Path | None:
    """The nearest ``qualitycheck.toml``, or ``pyproject.toml`` with our table, from ``directory`` upwards."""
    for folder in (directory, *directory.parents):
        own = folder / "qualitycheck.toml"
        if own.is_file():
            return own
        project = folder / "pyproject.toml"
        if project.is_file() and _table(project) is not None:
            return project
    return None


def load_settings(
    config: Path | None = None,
    overrides: Mapping[str, Any] | None = None,
    *,
    isolated: bool = False,
    folder: Path | None = None,
) -> Settings:
    """Settings from ``config``, or from the file found from ``folder`` or else the working directory, with
    ``overrides`` on top.

    ``isolated`` reads no file. Plugin files, models, lexicons, patterns for files, word lists and a baseline are
    relative to the settings file. Raises SettingsError, naming file and setting.
    """
    path = config
    if path is None and not isolated:
        path = find_settings_file(folder or Path.cwd())
    values: dict[str, Any] = {}
    if path is not None:
        table = _table(path)
        if table is None:
            raise SettingsError(f"{path}: holds no table [tool.qualitycheck]")
        settings = make_settings(table, str(path))
        values = {
            **table,
            "plugins": [_from_folder(name, path.parent) for name in settings.plugins],
            "models": [str(path.parent / name) for name in settings.models],
            "lexicons": [str(path.parent / name) for name in settings.lexicons],
            "per-file-ignores": {
                anchored(pattern, path.parent): names for pattern, names in settings.per_file_ignores.items()
            },
        }
        values["patterns"] = [
            {**entry, "word-list": str(path.parent / entry["word-list"])} if "word-list" in entry else entry
            for entry in values.get("patterns", ())
        ]
        if settings.baseline:
            values["baseline"] = str(path.parent / settings.baseline)
    return make_settings(_over(values, overrides or {}))


def _over(base: Mapping[str, Any], top: Mapping[str, Any]) -> dict[str, Any]:
    """``top`` laid over ``base``: lists of plugins add up, tables merge, and whatever else is in both is top's."""
    merged = {**base, **top}
    for name in {"plugins", "block", "models", "lexicons"} & base.keys() & top.keys():
        merged[name] = [*base[name], *top[name]]
    for name in base.keys() & top.keys():
        if isinstance(base[name], Mapping) and isinstance(top[name], Mapping):
            merged[name] = _over(base[name], top[name])
    return merged


def _from_folder(plugin: str, folder: Path) -> str:
    return str(folder / plugin) if plugin.endswith(".py") else plugin


def _table(path: Path) -> dict[str, Any] | None:
    """The settings in a file; None where it is a ``pyproject.toml`` without any."""
    values = _read(path)
    if path.name != "pyproject.toml":
        return values
    tools = values.get("tool")
    table = tools.get("qualitycheck") if isinstance(tools, dict) else None
    if table is not None and not isinstance(table, dict):
        raise SettingsError(f"{path}: tool.qualitycheck is no table; write [tool.qualitycheck]")
    return table


def _read(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise SettingsError(f"{path}: cannot be read: {error.strerror}") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise SettingsError(f"{path}: not valid TOML: {error}") from None
