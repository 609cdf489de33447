"""Looks for links of a built site that lead nowhere: ``python .ci/links.py build/docs``."""

from __future__ import annotations

import re
import sys
from html import unescape
from pathlib import Path
from urllib.parse import unquote, urlsplit

_ATTRIBUTE = re.compile(r"""\s(href|src|id)="([^"]*)\"""")


def main() -> int:
    """Print every link to a file or anchor that is not there; 1 where there is one."""
    site = Path(sys.argv[1]).resolve()
    pages = {path: _attributes(path) for path in sorted(site.rglob("*.html"))}
    anchors = {path: {value for name, value in found if name == "id"} for path, found in pages.items()}
    broken = []
    for page, found in pages.items():
        for name, value in found:
            parts = urlsplit(value)
            if name == "id" or parts.scheme or parts.netloc or value in ("", "#"):
                continue
            target = (page.parent / unquote(parts.path)).resolve() if parts.path else page
            if not target.is_file():
                broken.append(f"{page.relative_to(site)}: {value}: there is no such file")
            elif target in anchors and parts.fragment and unquote(parts.fragment) not in anchors[target]:
                broken.append(f"{page.relative_to(site)}: {value}: there is no such anchor")
    print("\n".join(broken) or f"{len(pages)} pages, and every link between them leads somewhere")
    return int(bool(broken))


def _attributes(page: Path) -> list[tuple[str, str]]:
    html = re.sub(r"<script\b.*?</script>|<!--.*?-->", "", page.read_text(encoding="utf-8"), flags=re.DOTALL)
    return [(name, unescape(value)) for name, value in _ATTRIBUTE.findall(html)]


if __name__ == "__main__":
    sys.exit(main())
