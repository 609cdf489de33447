"""Spun text turned back: which words, how surely, and as what."""

import json
import lzma
import re
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qualitycheck import Document
from qualitycheck_odd_synonyms import restore
from qualitycheck_odd_synonyms.lexicon import read_lexicon
from qualitycheck_odd_synonyms.model import ModelError
from qualitycheck_odd_synonyms.unified import unified_diff

ROOT = Path(__file__).parents[2]
SEEDS = ROOT / "seeds"
SHARED = ROOT.parent / "shared"
LEXICON = ROOT / "plugins/qualitycheck_odd_synonyms/lexicon/news-spinner.tsv"
SPUN = (SEEDS / "spun-news-item.txt").read_text(encoding="utf-8")

sys.path.insert(0, str(ROOT / "benchmarks/accuracy"))
from restoration import Score, score  # noqa: E402
from spinner import Spinner  # noqa: E402


def spinner():
    return Spinner([(pair.original, pair.observed) for pair in read_lexicon(LEXICON)])


def test_sure_substitutions_are_turned_back_and_others_marked():
    found = restore(SPUN)
    assert found.spun
    assert found.text.startswith(
        "Mayor Ana Verholt of Lindmoor said on Tuesday that the city won’t pay for a new ferry"
    )
    unsure = [each for each in found.substitutions if not each.sure]
    assert unsure
    for each in unsure:
        assert f"[[{each.text} → {each.originals[0][0]}?]]" in found.marked
        assert "[[" not in found.text
    for each in found.substitutions:
        assert SPUN[each.start : each.end] == each.text
        assert 0.0 <= each.confidence <= 1.0


def test_asking_for_more_turns_less_back():
    counts = [
        sum(each.sure for each in restore(SPUN, least_confidence=least).substitutions) for least in (0.7, 0.995, 1)
    ]
    assert counts[0] > counts[1] > counts[2]
    assert restore(SPUN, least_confidence=0.995).text == restore(SPUN).text


def test_what_is_not_spun_comes_back_as_it_is():
    for path in SEEDS.glob("clean-*.txt"):
        text = path.read_text(encoding="utf-8")
        assert restore(text).marked == text
    assert restore("").text == ""


def test_a_language_without_a_model_is_named():
    found = restore((SEEDS / "clean-german-article.txt").read_text(encoding="utf-8"))
    assert not found.spun and found.languages == {"en"}


def test_a_missing_model_is_an_error(tmp_path):
    with pytest.raises(ModelError, match="is no model folder"):
        restore(SPUN, models=[tmp_path])


def test_the_dictionary_is_valid_json():
    plain = json.loads(json.dumps(restore(Document(SPUN, path="a.txt")).to_dict()))
    assert plain["path"] == "a.txt" and plain["spun"] and plain["language"] == "en"
    assert plain["restored"] == restore(SPUN).text
    assert {"start", "end", "text", "originals", "confidence", "sure"} == set(plain["substitutions"][0])


def test_seeds_that_are_spun_in_full_come_back():
    total = Score()
    for number, name in enumerate(("clean-news-item", "clean-science-abstract", "clean-old-fashioned-narrative")):
        spun, substitutions = spinner().spin((SEEDS / f"{name}.txt").read_text(encoding="utf-8"), 1.0, number)
        total += score(restore(spun), substitutions)
    assert total.replaced > 300
    assert total.exact / total.replaced > 0.4  # short texts, two of which are of genres that the model knows little of
    assert total.changed / total.untouched < 0.04


@pytest.mark.skipif(not SHARED.is_dir(), reason="news that no model was trained on is not in the repository")
def test_held_back_news_that_is_spun_in_full_comes_back():
    total = Score()
    with lzma.open(SHARED / "corpus/news_bbc_2004_2005.jsonl.xz", "rt", encoding="utf-8") as file:
        texts = [json.loads(line)["text"] for line in file][:40]
    for number, text in enumerate(texts):
        spun, substitutions = spinner().spin(text, 1.0, number)
        total += score(restore(spun), substitutions)
    assert total.exact / total.replaced >= 0.6
    assert total.changed / total.untouched < 0.02


lines = st.lists(st.text("ab \r", max_size=5), min_size=1, max_size=14).map("\n".join)


@settings(max_examples=150, deadline=None)
@given(lines, st.data())
def test_a_diff_is_what_patch_applies(text, data):
    places = sorted(data.draw(st.sets(st.integers(0, len(text)), max_size=8)))
    new = data.draw(st.lists(st.text("xy\n", max_size=4), min_size=4, max_size=4))
    edits = list(zip(places[::2], places[1::2], new, strict=False))
    expected, place = "", 0
    for start, end, each in edits:
        expected += text[place:start] + each
        place = end
    expected += text[place:]
    assert patched(text, list(unified_diff(text, edits, "a", "b"))) == expected


def patched(text, diff):
    """The text with a diff applied; every line of context must be the text's."""
    old = [line for line in re.split(r"(?<=\n)", text) if line]
    new, place = [], 0
    for line in diff[2:]:
        if line.startswith("@@"):
            start, count = map(int, re.match(r"@@ -(\d+),(\d+)", line).groups())
            start = start - 1 if count else start
            new += old[place:start]
            place = start
        elif not line.startswith("\\"):
            content = line[1:].removesuffix("\n\\ No newline at end of file\n")
            if line[0] in " -":
                assert old[place] == content
                place += 1
            if line[0] in " +":
                new.append(content)
    return "".join(new + old[place:])


def test_the_command_prints_a_diff_that_patch_takes(tmp_path):
    command = [sys.executable, "-m", "qualitycheck", "restore", "--unsure", "leave", "--output-format"]
    (tmp_path / "spun.txt").write_text(SPUN, encoding="utf-8")
    diff, text = (
        subprocess.run([*command, form, "spun.txt"], cwd=tmp_path, capture_output=True, text=True, check=True)
        for form in ("diff", "text")
    )
    assert text.stdout == restore(SPUN).text
    assert "substitutions turned back" in diff.stderr
    assert patched(SPUN, diff.stdout.splitlines(keepends=True)) == text.stdout


def test_the_command_says_why_nothing_changed(tmp_path):
    for name, word in (("clean-news-item", "not held to be spun"), ("clean-german-article", "knows the language de")):
        command = [sys.executable, "-m", "qualitycheck", "restore", str(SEEDS / f"{name}.txt")]
        result = subprocess.run(command, capture_output=True, text=True, check=True)
        assert word in result.stderr
        assert result.stdout == (SEEDS / f"{name}.txt").read_text(encoding="utf-8")
