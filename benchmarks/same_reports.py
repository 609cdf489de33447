"""Whether a change left every report as it was: ``python benchmarks/same_reports.py ../shared FILE``.

Takes documents of every source of the corpus (3,000 unless told), every third of them damaged on purpose, by all
checks. Where FILE does not exist, writes the hash of each report into it; where it does, compares, prints which
documents and checks differ, and exits with 1 where one does.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import lzma
import random
from collections.abc import Callable, Iterator, Sequence
from itertools import islice
from pathlib import Path

from qualitycheck import Document, Runner, Settings
from qualitycheck.report import DocumentReport

_PIECES = (
    "{great|good|fine}", "{{name}}", "[Your Name]", "%s", "lorem ipsum dolor sit amet", "donâ€™t", "caf\ufffd",
    "a\u200bb", "\x07", "p\u0430ypal", "&amp;nbsp;", "<br>", "exam- ple", "tlie", "l998", "co\u00adoperate",
    "\u202eabc", "Trump‘s", "don`t", "“", "”", '"', "«x»", "(", "]", "an finish", "a hour", "the the", "Share this:",
    "Click here to subscribe", "Continue reading", "As an AI language model, I cannot", "Certainly! Here is the text:",
    "Regenerate response", "Photo: Reuters", "We use cookies", "word ,word", "received't",
    "Der Rat tagte am Dienstag, und die Fähre fährt.", "\n", "\n\n", "\r\n", "- ", "...", "#",
    "日本語のテキスト", "Это предложение.", "(Translator's note: sic)", "\ufdd0",
    "👍🏽",
)  # fmt: skip


def damaged(text: str, chance: random.Random) -> str:
    """The text with damage of several kinds at random places."""
    words = text.split(" ")
    for _ in range(chance.randint(1, 12)):
        words.insert(chance.randint(0, len(words)), chance.choice(_PIECES))
    text = " ".join(words)
    lines = text.split("\n")
    ways: Sequence[Callable[[], str]] = (
        lambda: text,
        lambda: text,
        lambda: text[: chance.randint(0, 300)],
        lambda: "\n\n".join(lines[:6] * 3),
        lambda: "\n".join(f"- {line}" for line in lines),
        lambda: text.replace("\n", "\r\n"),
        lambda: text.replace(". ", " . "),
        lambda: text.encode().decode("latin-1"),
    )
    return chance.choice(ways)()


def documents(shared: Path, count: int) -> Iterator[Document]:
    """Documents from all over each source, every third damaged."""
    sources = sorted((shared / "corpus").glob("*.jsonl.xz"))
    share = -(-count // len(sources))
    for source in sources:
        with lzma.open(source, "rt", encoding="utf-8") as lines:
            for number, line in enumerate(islice(lines, 0, 4 * share, 4)):
                name = f"{source.name}:{4 * number}"
                text = json.loads(line)["text"]
                yield Document(damaged(text, random.Random(name)) if number % 3 == 2 else text, id=name)


def digests(report: DocumentReport) -> dict[str, str]:
    """The hash of the findings of each family, and of the rest of a report."""
    plain = report.to_dict()
    parts: dict[str, list[object]] = {
        "checks": [plain["checks"]],
        "rest": [plain["score"], plain["notes"], plain["words"]],
    }
    for finding in plain.pop("findings"):
        parts.setdefault(finding["code"][:3], []).append(finding)
    return {name: hashlib.sha256(json.dumps(part).encode()).hexdigest()[:16] for name, part in parts.items()}


def main() -> None:
    """Write or compare."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("shared", type=Path)
    parser.add_argument("file", type=Path)
    parser.add_argument("--documents", type=int, default=3000)
    parser.add_argument("--select", default="", help="only these rules")
    given = parser.parse_args()
    settings = Settings(select=tuple(given.select.split(","))) if given.select else Settings()
    found = {}
    for document, report in Runner(settings).run(documents(given.shared, given.documents)):
        found[str(document.id)] = digests(report)
    if not given.file.exists():
        given.file.write_text(json.dumps(found))
        print(f"{len(found):,} reports written")
        return
    before = json.loads(given.file.read_text())
    differ = {
        name: sorted(part for part in {**before[name], **parts} if before[name].get(part) != parts.get(part))
        for name, parts in found.items()
        if before[name] != parts
    }
    for name, parts in islice(differ.items(), 20):
        print(f"{name}: {', '.join(parts)}")
    print(f"{len(differ):,} of {len(found):,} reports differ")
    raise SystemExit(1 if differ or before.keys() != found.keys() else 0)


if __name__ == "__main__":
    main()
