"""Settings: what stands in ``qualitycheck.toml`` or under ``[tool.qualitycheck]``."""

from __future__ import annotations

from _generate.fields import table
from qualitycheck.filtering.options import FilterSettings
from qualitycheck.patterns.entries import PatternEntry
from qualitycheck.profiles import load_profile, profile_names
from qualitycheck.settings import Settings


def page() -> str:
    """The page."""
    profiles = "\n".join(f"| `{name}` | {_profile(name)} |" for name in profile_names())
    return f"""# Settings

They stand in `qualitycheck.toml`, or in `pyproject.toml` under `[tool.qualitycheck]`, and are searched from the working
directory upwards, never from the folders that are checked. The command line wins. `qualitycheck check --show-settings`
prints those in force; an unknown name is an error that names the nearest one.

{table(Settings)}

`profile` names a set of settings that lies under your own:

| profile | what it sets |
|---|---|
{profiles}

## The filter

The table `[filter]`, or `[tool.qualitycheck.filter]`, holds what concerns `qualitycheck filter` alone.

{table(FilterSettings)}

## Patterns

Each table `[[patterns]]`, or `[[tool.qualitycheck.patterns]]`, is a rule of your own.

{table(PatternEntry)}

## Options of checks

What a single check lets you set stands in the table `[checks.NAME]`, or `[tool.qualitycheck.checks.NAME]`: see
[the checks](checks.md).
"""


def _profile(name: str) -> str:
    values = load_profile(name)
    parts = [f"`{key}`" for key in values if key != "checks"]
    parts += [f"options of `{check}`" for check in values.get("checks", {})]
    return ", ".join(parts) or "nothing"
