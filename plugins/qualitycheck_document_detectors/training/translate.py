"""Sends text there and back through Apertium, a translator that works by rules.

``python -m qualitycheck_document_detectors.training.translate CORPUS ROUND_TRIPS`` writes a JSON lines file for each
pivot language and one of what was sent. Needs Debian's apertium, apertium-eng-spa, apertium-eng-cat and apertium-eo-en;
takes about three minutes.
"""

from __future__ import annotations

import json
import random
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from qualitycheck_document_detectors.training.human import texts_of

#: The modes there and back, by pivot language.
PIVOTS = {"spa": ("eng-spa", "spa-eng"), "cat": ("eng-cat", "cat-eng"), "epo": ("en-eo", "eo-en")}
_EACH = 240  # documents of a source
_LENGTHS = (120, 160, 220, 300)  # words
_SHORTEST_LINE, _SHORTEST = 8, 100
_TOGETHER = 25
_MARK = re.compile(r"(\d+) 77177\s*\.\n")


def main(arguments: list[str]) -> int:
    """Write the files."""
    if len(arguments) != 2:
        print(__doc__, file=sys.stderr)  # noqa: T201
        return 2
    corpus, output = map(Path, arguments)
    output.mkdir(parents=True, exist_ok=True)
    sent = [row for path in sorted(corpus.glob("*.jsonl.xz")) for row in _excerpts(path)]
    _write(output / "sent.jsonl", sent)
    for name, modes in PIVOTS.items():
        _write(output / f"{name}.jsonl", _back(sent, *modes))
    return 0


def _write(path: Path, rows: list[dict[str, str]]) -> None:
    path.write_text("".join(f"{json.dumps(row)}\n" for row in rows), encoding="utf-8")


def _excerpts(path: Path) -> Iterator[dict[str, str]]:
    """Whole paragraphs of some documents of a source, of one to three hundred words together."""
    choose = random.Random(f"7 {path.name}")
    texts = list(texts_of(path))
    choose.shuffle(texts)
    found = 0
    for text in texts:
        lines = [" ".join(line.split()) for line in text.splitlines() if len(line.split()) >= _SHORTEST_LINE]
        taken: list[str] = []
        words, wanted = 0, choose.choice(_LENGTHS)
        for line in lines[choose.randrange(max(1, len(lines) - 2)) :]:
            taken.append(" ".join(line.split()[: wanted - words + 20]))
            words += len(taken[-1].split())
            if words >= wanted:
                break
        if words >= _SHORTEST:
            yield {"source": path.name.partition(".")[0], "text": "\n".join(taken)}
            found += 1
        if found == _EACH:
            return


def _back(sent: list[dict[str, str]], there: str, back: str) -> list[dict[str, str]]:
    """What comes back, where it is about as long as what was sent."""
    rows = []
    for start in range(0, len(sent), _TOGETHER):
        some = sent[start : start + _TOGETHER]
        text = "".join(f"{number} 77177.\n\n{_parted(row['text'])}\n\n" for number, row in enumerate(some))
        parts = _MARK.split(_translate(back, _translate(there, text)))
        found = dict(zip(map(int, parts[1::2]), parts[2::2], strict=True))
        for number, row in enumerate(some):
            came = re.sub(r"\n+", "\n", found.get(number, "").strip())
            if 0.5 < len(came) / len(row["text"]) < 1.5:
                rows.append({"source": row["source"], "text": came, "number": str(start + number)})
    return rows


def _parted(text: str) -> str:
    return text.replace("\n", "\n\n")


def _translate(mode: str, text: str) -> str:
    return subprocess.run(["apertium", "-u", mode], input=text, capture_output=True, text=True, check=True).stdout


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except (OSError, subprocess.CalledProcessError) as error:
        sys.exit(f"error: {error}")
