"""Which rules are asked for: codes, names and code prefixes, resolved against the rules that exist."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from qualitycheck.errors import SettingsError, nearest
from qualitycheck.rule import Rule


def resolve(names: Sequence[str], rules: Sequence[Rule]) -> set[str]:
    """The codes meant by ``names``, each a code, a rule name, or a prefix of codes (``SYN``, ``BRC00``).

    Raises SettingsError for a name that means nothing, with the nearest that does.
    """
    codes: set[str] = set()
    for name in names:
        matched = {rule.code for rule in rules if rule.name == name or (name and rule.code.startswith(name.upper()))}
        if not matched:
            known = [word for rule in rules for word in (rule.code, rule.name, rule.family)]
            near = nearest(name, known) or nearest(name.upper(), known)
            raise SettingsError(f"unknown rule “{name}”{near}")
        codes |= matched
    return codes


def selected(
    select: Sequence[str], ignore: Sequence[str], rules: Sequence[Rule], opt_in: Collection[str] = ()
) -> frozenset[str]:
    """The codes of all selected rules that are not ignored; an empty ``select`` means all but those of ``opt_in``."""
    chosen = resolve(select, rules) if select else {rule.code for rule in rules} - set(opt_in)
    return frozenset(chosen - resolve(ignore, rules))


def find_rule(name: str, rules: Sequence[Rule]) -> Rule:
    """The rule with this code or name. Raises SettingsError with the nearest match where there is none."""
    for rule in rules:
        if name.upper() == rule.code or name == rule.name:
            return rule
    known = [word for rule in rules for word in (rule.code, rule.name)]
    raise SettingsError(f"unknown rule “{name}”{nearest(name, known) or nearest(name.upper(), known)}")
