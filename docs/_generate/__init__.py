"""Writes the reference from the code: rules, checks, settings, hooks, Python names, command line, JSON.

It imports nothing of Sphinx, so that tests can ask whether all is documented without building the site.
"""

from __future__ import annotations

from pathlib import Path

from _generate import checks, commands, hooks, python, rules, schema, settings

_INDEX = """# Reference

Every page here is written from the code when the site is built.

```{toctree}
:maxdepth: 1

rules/index
checks
settings
command-line
json
hooks
python
```
"""


def pages() -> dict[str, str]:
    """Every page of the reference as Markdown, by its name below ``reference``."""
    return {
        "index.md": _INDEX,
        **rules.pages(),
        "checks.md": checks.page(),
        "settings.md": settings.page(),
        "command-line.md": commands.page(),
        "json.md": schema.page(),
        "hooks.md": hooks.page(),
        "python.md": python.page(),
    }


def write_reference(folder: Path) -> None:
    """Write the pages into a folder, and take out what is none of them; a page that has not changed is not touched."""
    made = pages()
    for path in folder.rglob("*.md") if folder.is_dir() else ():
        if path.relative_to(folder).as_posix() not in made:
            path.unlink()
    for name, text in made.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        if not path.is_file() or path.read_text(encoding="utf-8") != text:
            path.write_text(text, encoding="utf-8")
