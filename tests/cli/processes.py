"""Runs the command line in processes of its own, on a terminal or not."""

import importlib.metadata
import os
import select
import subprocess
import sys

#: The bundled plugins, whose findings would disturb these tests.
INSTALLED = ",".join(entry.name for entry in importlib.metadata.entry_points(group="qualitycheck"))


def command_line(command, *arguments):
    """The same for a process of its own."""
    only = ["--block", INSTALLED, "--plugin", "words.py"]
    return [sys.executable, "-m", "qualitycheck", command, *only, *map(str, arguments)]


def write(**texts):
    """Files by name in the working directory: ``write(a="text")`` writes a.txt."""
    for name, text in texts.items():
        with open(f"{name}.txt", "w", encoding="utf-8") as file:
            file.write(text)


def on_a_terminal(arguments, **environment):
    """The exit status of a process, and what it wrote to a terminal of eighty columns."""
    master, slave = os.openpty()
    variables = {**os.environ, "TERM": "xterm-256color", "COLUMNS": "80", **environment}
    process = subprocess.Popen(arguments, stdin=slave, stdout=slave, stderr=slave, env=variables)
    os.close(slave)
    output = b""
    while select.select([master], [], [], 30)[0]:
        try:
            data = os.read(master, 65536)
        except OSError:
            break
        if not data:
            break
        output += data
    os.close(master)
    return process.wait(), output.decode().replace("\r\n", "\n")
