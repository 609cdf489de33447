"""Rules without Python: patterns and words from the settings."""

import time
import tomllib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qualitycheck import Document, Runner, Settings, SettingsError, load_settings
from qualitycheck.cli.show_settings import as_toml
from qualitycheck.settings import make_settings

ENTRY = {"code": "ACM001", "name": "house-term", "message": "Not a term of this house."}


def entry(**values):
    return {**ENTRY, **values}


def runner(*entries, **settings):
    made = Runner(make_settings({"patterns": list(entries), **settings}), entry_points=False)
    assert not made.plugins.failed, made.plugins.failed
    return made


def found(text, *entries):
    report = runner(*entries).check(text)
    assert not report.errors
    return [
        (each.code, each.text, *(suggestion.text for suggestion in each.suggestions))
        for each in sorted(report.findings, key=lambda each: (each.start, each.code))
    ]


def failure(*entries):
    """Why the settings' own rules do not load."""
    (failed,) = Runner(make_settings({"patterns": list(entries)}), entry_points=False).plugins.failed
    assert (failed.name, failed.origin) == ("patterns", "the settings")
    return failed.reason


# Patterns


def test_a_pattern_with_a_suggestion():
    made = runner(entry(pattern=r"\bGlobex\b", suggestion="our product", severity="error", fix="safe"))
    (one,) = made.check("We compared it with the product of Globex.").findings
    assert (one.code, one.name, one.severity, one.text) == ("ACM001", "house-term", "error", "Globex")
    assert (one.message, one.fix, one.suggestions[0].text) == (ENTRY["message"], "safe", "our product")
    assert list(made.check("x").checks) == ["pattern-house-term"]


@pytest.mark.parametrize(
    ("pattern", "suggestion", "text", "expected"),
    [
        (r"(\d+) per ?cent", r"\1 %", "It rose by 5 per cent.", [("ACM001", "5 per cent", "5 %")]),
        (r"(?<n>\d+) pct", r"\g<n> %", "5 pct", [("ACM001", "5 pct", "5 %")]),
        ("very ", "", "a very old man", [("ACM001", "very ", "")]),
        ("(?i)globex", None, "GLOBEX and Globex", [("ACM001", "GLOBEX"), ("ACM001", "Globex")]),
        ("globex", None, "GLOBEX and Globex", []),
        ("(?=x)|y", None, "xxy", [("ACM001", "y")]),
    ],
)
def test_patterns(pattern, suggestion, text, expected):
    values = {} if suggestion is None else {"suggestion": suggestion}
    assert found(text, entry(pattern=pattern, **values)) == expected


def test_code_and_markup_are_not_searched():
    from qualitycheck.readers import read_text

    made = runner(entry(words=["utilise"]), entry(code="ACM002", name="raw", pattern="utilise"))
    document = read_text("We `utilise` it. They utilise it.\n", "markdown", made.plugins)
    assert [each.start for each in made.check(document).findings] == [22, 22]


def test_a_slow_pattern_costs_itself_alone_and_is_named(monkeypatch):
    monkeypatch.setattr("qualitycheck.patterns.expressions.SECONDS", 0.2)
    made = runner(entry(pattern=r"(?:\w|\w\w)+[;!]"), entry(code="ACM002", name="other", pattern="b"))
    started = time.monotonic()
    report = made.check("a" * 300 + " b;")
    assert time.monotonic() - started < 10
    assert [each.code for each in report.findings] == ["ACM002"]
    (error,) = report.errors
    assert "check “pattern-house-term” crashed on the text: the pattern of ACM001 took more than 0.2 s" in error


# Words


@pytest.mark.parametrize(
    ("values", "text", "expected"),
    [
        ({"words": ["cookie jar"]}, "A Cookie\n  JAR.", ["Cookie\n  JAR"]),
        ({"words": ["jar"]}, "ajar jars", []),
        ({"words": ["don't"]}, "I don’t.", ["don’t"]),
        ({"words": ["jar", "cookie jar"]}, "jar, cookie jar", ["jar", "cookie jar"]),
        ({"words": ["Globex"]}, "Globex’s ship, Globex's, globex", ["Globex", "Globex", "globex"]),
        ({"words": ["let"]}, "let's go", []),
        ({"words": ["Windows 95"]}, "Windows 98, windows 95", ["windows 95"]),
        ({"words": ["Windows", "Windows 95"]}, "Windows 98, Windows 95", ["Windows", "Windows 95"]),
        ({"words": ["Javascript", "java Script"], "match-case": True}, "JavaScript Javascript java Script", None),
        ({"words": ["Straße"]}, "die STRASSE, die Straße", ["Straße"]),
    ],
)
def test_words(values, text, expected):
    if expected is None:
        expected = ["Javascript", "java Script"]
    assert [each[1] for each in found(text, entry(**values))] == expected


def test_a_table_gives_each_word_its_suggestion_and_capitals_are_kept():
    values = {"words": {"utilise": "use", "in order to": "to", "NB": "note"}, "suggestion": "unused"}
    text = "In order to utilise it, UTILISE it. NB: nb"
    suggestions = [each[2] for each in found(text, entry(**values))]
    assert suggestions == ["To", "use", "USE", "note", "note"]


def test_a_word_list_is_read_beside_the_settings_file(tmp_path, monkeypatch):
    (tmp_path / "terms.txt").write_text("# ours\nutilise\tuse\n\nGlobex\n", encoding="utf-8")
    file = tmp_path / "qualitycheck.toml"
    table = "".join(f'{name} = "{value}"\n' for name, value in ENTRY.items())
    file.write_text(f'[[patterns]]\n{table}word-list = "terms.txt"\nsuggestion = "us"\n')
    monkeypatch.chdir("/")
    made = Runner(load_settings(file), entry_points=False)
    report = made.check("They utilise Globex.")
    assert [(each.text, each.suggestions[0].text) for each in report.findings] == [("utilise", "use"), ("Globex", "us")]
    before = made.versions()
    (tmp_path / "terms.txt").write_text("Globex\n")
    again = Runner(load_settings(file), entry_points=False)
    assert again.settings.digest() == made.settings.digest() and again.versions() != before


def test_languages():
    german, english = entry(words=["Gift"], languages=["de"]), entry(code="ACM002", name="b", words=["Gift"])
    texts = {
        "Das Gift steht seit Jahren im Keller des alten Hauses, und niemand weiß, wem es gehört.": ["ACM001", "ACM002"],
        "The Gift that she brought was a book about the ships of the old harbour and its people.": ["ACM002"],
    }
    for text, codes in texts.items():
        assert [each[0] for each in found(text, german, english)] == codes
    pattern = entry(pattern="Gift", languages=["de"])
    assert [len(found(text, pattern)) for text in texts] == [1, 0]


def test_five_thousand_words_cost_hardly_more_than_one():
    words = [f"{a}{b}{c}tion" for a in "bcdfghjklmnpqrstvw" for b in "aeiou" for c in ("ba", "ci", "do", "fu") * 15]
    words = [f"{word}{place}x" for place, word in enumerate(words)][:5000]
    document = Document("The council met on Tuesday, and the mayor spoke of the ferry for an hour. " * 15_000)
    assert len(words) == 5000 and len(document.tokens) > 200_000
    seconds = []
    for listed in (words[:1], words):
        (check,) = runner(entry(words=listed)).plugins.checks
        times = []
        for _ in range(5):
            started = time.perf_counter()
            assert not list(check.inspect(document))
            times.append(time.perf_counter() - started)
        seconds.append(min(times))
    assert seconds[1] < 3 * seconds[0] + 0.02


@given(st.text(max_size=200), st.lists(st.text(alphabet="aB’ 1-", min_size=1, max_size=8), min_size=1, max_size=5))
def test_every_finding_is_a_listed_word(text, words):
    words = [word for word in dict.fromkeys(map(str.strip, words)) if word.strip("’")]
    settings = make_settings({"patterns": [entry(words=words)]}) if words else Settings()
    made = Runner(settings, entry_points=False)
    if not words or made.plugins.failed:
        return  # two words that are the same, or one of nothing but marks: said when it loads
    listed = {"".join(word.replace("’", "'").casefold().split()) for word in words}
    for each in made.check(f"{text} {' '.join(words)}").findings:
        assert "".join(each.text.replace("’", "'").replace("‘", "'").casefold().split()) in listed


@pytest.mark.parametrize("text", ["a" * 300_000, "a b " * 100_000, "’" * 300_000, "Globex’s" * 40_000])
def test_hostile_texts_are_quick(text):
    made = runner(entry(words=["Globex", "a b a b c", "95"]))
    started = time.monotonic()
    made.check(text)
    assert time.monotonic() - started < 20


# Scores


def test_a_stray_word_in_a_long_text_costs_little():
    made = runner(entry(words=["utilise"]))
    short, long = (made.check("They utilise it. " + "The ferry was late. " * count) for count in (20, 2000))
    assert 90 < short.score < 96 and 99.5 < long.score < 100
    assert made.check("The ferry was late.").score == 100


@given(st.integers(1, 40), st.integers(0, 3000))
def test_a_finding_more_never_raises_the_score(count, words):
    made = runner(entry(words=["utilise"]))
    scores = [made.check("utilise " * found + "ferry " * (words + 41 - found)).score for found in (count, count + 1)]
    assert scores[0] >= scores[1]


# What is wrong is said, with the entry


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ({}, "it needs one of pattern, words, word-list, and has none"),
        ({"pattern": "a", "words": ["b"]}, "it needs one of pattern, words, word-list, and has pattern and words"),
        ({"pattern": "("}, "the pattern is no regular expression: missing ) at position 1"),
        ({"pattern": "a*"}, "the pattern matches where there is nothing, so it would be found everywhere"),
        ({"pattern": "a", "suggestion": r"\1"}, "the suggestion does not fit the pattern: invalid group reference"),
        ({"pattern": "a", "match-case": True}, "match-case is for words; a pattern minds capitals unless it says (?i)"),
        ({"patern": "a"}, "unknown key “patern”; did you mean “pattern”?"),
        ({"pattern": 5}, "“pattern”: expected `str`, got `int`"),
        ({"words": ["a"], "severity": "grave"}, "“severity”: invalid enum value 'grave'"),
        ({"words": ["a", " "]}, "a word is empty"),
        ({"words": ["a"], "languages": ["English"]}, "language “English” is not an ISO 639 code such as en"),
        ({"words": ["a"], "name": "House Term"}, "rule name 'House Term' is not lower-case words joined by hyphens"),
        ({"words": ["a"], "message": " "}, "the message is empty; it is what readers of a report see"),
    ],
)
def test_an_entry_that_means_nothing_is_named(values, message):
    good = {"code": "ACM000", "name": "good", "message": "m", "words": ["a"]}
    with pytest.raises(SettingsError) as caught:
        make_settings({"patterns": [good, entry(**values)]}, "q.toml")
    assert str(caught.value) == f"q.toml: pattern 2 (ACM001): {message}"


@pytest.mark.parametrize(
    ("patterns", "message"),
    [
        ({"code": "ACM001"}, "patterns is no list; write [[tool.qualitycheck.patterns]], or [[patterns]]"),
        (["a"], "pattern 1: 'a' is no table"),
        ([{"code": "ACM001", "message": "m"}], "pattern 1 (ACM001): name is missing"),
        ([entry(code="acm1", words=["a"])], "pattern 1 (acm1): rule code 'acm1' is not three capital letters"),
        (
            [entry(words=["a"]), entry(name="b", words=["b"])],
            "pattern 2 (ACM001): code ACM001 is already that of pattern 1 (ACM001)",
        ),
        (
            [entry(words=["a"]), entry(code="ACM002", words=["b"])],
            "pattern 2 (ACM002): name house-term is already that of pattern 1 (ACM001)",
        ),
    ],
)
def test_a_list_that_means_nothing_is_named(patterns, message):
    with pytest.raises(SettingsError) as caught:
        make_settings({"patterns": patterns}, "q.toml")
    assert str(caught.value).startswith(f"q.toml: {message}")


def test_a_word_that_is_listed_twice_names_both_rules():
    second = {"code": "ACM002", "name": "b", "message": "m", "words": ["globex"]}
    assert failure(entry(words=["Globex"]), second) == "ACM002 lists “globex”, which ACM001 lists already"


def test_word_lists_that_cannot_be_read_are_named(tmp_path):
    (tmp_path / "empty.txt").write_text("# nothing\n")
    (tmp_path / "latin.txt").write_bytes(b"caf\xe9\n")
    for name, why in {
        "gone.txt": "cannot be read: No such file or directory",
        "empty.txt": "lists no words",
        "latin.txt": "not in UTF-8",
    }.items():
        path = str(tmp_path / name)
        assert failure(entry(**{"word-list": path})) == f"ACM001: {path}: {why}"


def test_a_code_of_a_plugin_is_refused_with_both_owners():
    from support import Marks, Plugin

    first = make_settings({"patterns": [entry(code="MRK001", words=["a"])]})
    made = Runner(first, [Plugin(Marks())], entry_points=False)
    (failed,) = made.plugins.failed
    assert (failed.name, failed.reason) == ("patterns", "rule MRK001 is already brought by plugin “Plugin”")


def test_the_patterns_can_be_blocked():
    made = Runner(make_settings({"patterns": [entry(words=["a"])], "block": ["patterns"]}))
    assert "ACM001" not in made.rules and "BRC001" in made.rules


# What is shown


@pytest.mark.parametrize(
    ("values", "part"),
    [
        ({"pattern": r"\bGlobex\b"}, r"What the regular expression `\bGlobex\b` matches."),
        ({"words": [f"w{number}" for number in range(12)], "languages": ["en"]}, "“w9” and 2 more. In texts in en"),
        ({"words": ["a"], "documentation": "# Ours"}, "# Ours"),
    ],
)
def test_the_rule_explains_itself(values, part):
    assert part in runner(entry(**values)).rules["ACM001"].help()


def test_settings_are_shown_as_they_can_be_read():
    entries = [entry(pattern=r"\d", severity="info"), entry(code="ACM002", name="b", words={"a “b”": "c"})]
    settings = make_settings({"patterns": entries})
    assert make_settings(tomllib.loads(as_toml(settings))) == settings
