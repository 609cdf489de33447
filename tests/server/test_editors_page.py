"""What the page for editors shows is well-formed, and starts the server."""

import json
import re
import tomllib
from pathlib import Path

import pytest

PAGE = (Path(__file__).parents[2] / "docs" / "editors.md").read_text(encoding="utf-8")
FENCES = re.findall(r"^```(\w+)\n(.*?)^```", PAGE, re.MULTILINE | re.DOTALL)


@pytest.mark.parametrize("block", [block for language, block in FENCES if language in ("json", "toml")])
def test_settings_can_be_read(block):
    assert '"server"' in json.dumps(json.loads(block) if block.startswith("{") else tomllib.loads(block))


def test_every_editor_starts_the_server():
    blocks = [block for language, block in FENCES if language in ("json", "toml", "lua", "elisp")]
    assert len(blocks) >= 6
    for block in blocks:
        assert re.search(r"""['"]?qualitycheck['"]?.{0,60}['"]server['"]""", block, re.DOTALL)


def test_the_page_names_all_kinds_of_actions():
    from qualitycheck.server.actions import FIX_ALL

    assert f"`{FIX_ALL}`" in PAGE
