"""What stands in fences on pages of Markdown, and how it is run."""

import re
import shlex
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

import click

from qualitycheck.cli.group import qualitycheck

ROOT = Path(__file__).parent.parent
PAGES = sorted(path for path in (ROOT / "docs").rglob("*.md") if "reference" not in path.parts)

_FENCE = re.compile(r"^```(?:\{code-block\} )?(\w+)\n(?::caption: (\S+)\n\n)?(.*?)^```", re.MULTILINE | re.DOTALL)
_SEPARATORS = {"|", "||", "&&", ";", ">", ">>", "<", "&"}


class Fence(NamedTuple):
    """A fenced block: its language, the file that it is to be saved as (empty where it is none), and what is in it."""

    language: str
    caption: str
    text: str


def fences(page):
    """The fenced blocks of a page, in order."""
    return [Fence(language, caption, text) for language, caption, text in _FENCE.findall(page)]


def commands(fence):
    """The shell commands in a fence: every line of ``sh``, and those of ``console`` after a prompt."""
    lines = fence.text.splitlines()
    if fence.language == "sh":
        return lines
    return [line.removeprefix("$ ") for line in lines if line.startswith("$ ")] if fence.language == "console" else []


def run(command, folder=ROOT):
    """Run a shell command with this environment's ``qualitycheck`` and ``python`` in front."""
    path = f"{Path(sys.executable).parent}:/usr/local/bin:/usr/bin:/bin"
    environment = {"PATH": path, "NO_COLOR": "1", "COLUMNS": "100", "LANG": "C.UTF-8"}
    return subprocess.run(
        ["bash", "-c", command], cwd=folder, env=environment, capture_output=True, text=True, check=False
    )


def parse(line):
    """Hold the parts of a shell line that start qualitycheck against its commands, options and choices.

    How many there were; raises click.ClickException for what there is not.
    """
    words = list(shlex.shlex(line, posix=True, punctuation_chars=True))
    words = shlex.split(line) if not _SEPARATORS & set(words) else _shell_words(line)
    count = 0
    for part in _split(words):
        if part[:1] == ["qualitycheck"]:
            _parse_command(part[1:])
            count += 1
    return count


def _shell_words(line):
    lexer = shlex.shlex(line, posix=True, punctuation_chars="|&;<>")
    lexer.whitespace_split = True
    return list(lexer)


def _split(words):
    part = []
    for word in words:
        if word in _SEPARATORS:
            yield part
            part = []
        else:
            part.append(word)
    yield part


def _parse_command(words):
    root = click.Context(qualitycheck, info_name="qualitycheck")
    if words and words[0].startswith("-"):
        qualitycheck.make_parser(root).parse_args(list(words))
        return
    name, command, rest = qualitycheck.resolve_command(root, list(words))
    context = click.Context(command, info_name=name, parent=root)
    given, _, _ = command.make_parser(context).parse_args(list(rest))
    for parameter in command.params:
        if isinstance(parameter.type, click.Choice) and isinstance(given.get(parameter.name), str):
            parameter.type.convert(given[parameter.name], parameter, context)
