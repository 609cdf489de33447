"""Linear algebra takes one thread a process, unless somebody wants another number."""

import json
import os
import subprocess
import sys

import pytest

from qualitycheck.threads import THREAD_VARIABLES, one_thread

SEEN_BY_NUMPY = """
import builtins, json, os, sys
from qualitycheck.cli import main
imported, seen = builtins.__import__, {}
def watch(name, *rest, **options):
    if name.partition(".")[0] == "numpy" and "numpy" not in sys.modules and not seen:
        seen.update(os.environ)
    return imported(name, *rest, **options)
builtins.__import__ = watch
sys.argv = ["qualitycheck", "check", "--isolated", "-"]
try:
    main()
except SystemExit:
    print(json.dumps({name: value for name, value in seen.items() if name.endswith("_THREADS")}), file=sys.stderr)
"""


def test_a_number_that_is_set_stays(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in THREAD_VARIABLES:
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv(THREAD_VARIABLES[0], "4")
    one_thread()
    assert [os.environ[name] for name in THREAD_VARIABLES] == ["4", "1", "1", "1"]


def test_the_command_settles_it_before_numpy_is_loaded() -> None:
    environment = {name: value for name, value in os.environ.items() if name not in THREAD_VARIABLES}
    done = subprocess.run(
        [sys.executable, "-c", SEEN_BY_NUMPY],
        input="It rained on the day of the fair.",
        env=environment,
        capture_output=True,
        text=True,
        check=True,
    )
    seen = json.loads(done.stderr.splitlines()[-1])
    assert {name: seen.get(name) for name in ("OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")} == {
        "OPENBLAS_NUM_THREADS": "1",
        "MKL_NUM_THREADS": "1",
    }
