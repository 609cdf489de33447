"""``qualitycheck server`` before it serves; ``tests/server`` has the rest."""

import sys


def test_without_the_extra_one_line_says_how_to_get_it(run, monkeypatch):
    for name in [name for name in sys.modules if name.startswith("qualitycheck.server.")]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "lsprotocol", None)
    result = run("server")
    assert result.exit_code == 2
    assert 'pip install "qualitycheck[server]"' in result.stderr
    assert len(result.stderr.splitlines()) == 1


def test_what_is_wrong_on_the_command_line_is_said_at_once(run):
    result = run("server", "--profile", "nosuch")
    assert result.exit_code == 2
    assert "nosuch" in result.stderr
