"""One look for each family of rules, the same wherever the same plugins are loaded."""

from __future__ import annotations

from collections.abc import Iterable

from qualitycheck.plugins import Plugins


def families(plugins: Plugins | None, found: Iterable[str] = ()) -> list[str]:
    """The families of all rules that are loaded, and of the codes that were ``found`` though nobody brings them, in an
    order that does not depend on what was found: the first sorted, then the others.
    """
    loaded = {rule.family for rule in plugins.rules} if plugins else set()
    return [*sorted(loaded), *sorted({code[:3] for code in found} - loaded)]
