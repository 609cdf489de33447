import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support import Marks, Plugin, make_check, make_runner

from qualitycheck import Document, Runner, Settings, SettingsError, load_settings
from qualitycheck.readers import read_text


def check(text, kind="markdown", path=None, **settings):
    runner = make_runner(Marks(), **settings)
    report = runner.check(read_text(text, kind, runner.plugins, path))
    return report, runner


def places(report):
    return [(finding.code, finding.line) for finding in report.findings]


# Comments


def test_what_a_comment_ignores_costs_nothing():
    report, _ = check("one # two ! three <!-- qualitycheck: ignore MRK001,shout both are right -->\n\nfour #")
    assert places(report) == [("MRK001", 3)]
    assert report.score == make_runner(Marks()).check("#").score
    assert (dict(report.suppressed), report.notes) == ({"comments": 2}, ())


def test_a_comment_for_the_file_covers_findings_about_the_document():
    whole = make_check("whole", inspect=lambda self, document: [self.finding("AAA001")])
    runner = make_runner(whole)
    for action, number in (("ignore", 1), ("ignore-file", 0)):
        document = read_text(f"<!-- qualitycheck: {action} AAA001 -->\n\ntext", "markdown", runner.plugins)
        assert len(runner.check(document).findings) == number


def test_comments_that_ignore_nothing_are_reported():
    text = "one # two <!-- qualitycheck: ignore MRK -->\n\n<!-- qualitycheck: ignore MRK001,MRK003 why -->\n\nfour #"
    report, _ = check(text)
    assert report.notes == ("line 3: nothing to ignore for MRK003",)
    report, _ = check("one\n\n<!-- qualitycheck: ignore-file MRK -->" * 30)
    assert len(report.notes) == 11
    assert report.notes[-1] == "20 more such lines"


def test_what_was_not_looked_for_is_not_reported():
    text = "one # <!-- qualitycheck: ignore MRK002 -->"
    assert check(text, select=("MRK001",))[0].notes == ()
    picky = make_check("marks", inspect=lambda self, document: [], min_words=100, rules=Marks.rules)
    runner = make_runner(picky)
    assert runner.check(read_text(text, "markdown", runner.plugins)).notes == ()


def test_comments_can_be_unheeded():
    report, _ = check("one # <!-- qualitycheck: ignore-file MRK -->", inline_ignores=False)
    assert (len(report.findings), report.notes, dict(report.suppressed)) == (1, (), {})


@given(st.lists(st.sampled_from(["#", "!", "word", "\n\n", "<!-- qualitycheck: ignore MRK001 -->"]), max_size=30))
def test_a_comment_covers_the_findings_of_its_rule_in_its_line_and_no_others(pieces):
    text = " ".join(pieces)
    report, runner = check(text)
    bare = make_runner(Marks(), inline_ignores=False).check(read_text(text, "markdown", runner.plugins))
    lines = text.splitlines()
    kept = []
    for finding in bare.findings:
        own = "<!--" in lines[finding.line - 1]
        above = [line for line in lines[: finding.line - 1] if line.strip()]
        alone = False
        for line in reversed(above):
            if line.replace("<!-- qualitycheck: ignore MRK001 -->", "").strip():
                break
            alone = True
        if finding.code != "MRK001" or not (own or alone):
            kept.append(finding)
    assert list(report.findings) == kept


# Files


@pytest.mark.parametrize(
    ("pattern", "path", "fits"),
    [
        ("*.md", "a.md", True),
        ("*.md", "docs/deep/a.md", True),
        ("*.md", "a.mdx", False),
        ("docs/*.md", "docs/a.md", True),
        ("docs/*.md", "./docs/../docs/a.md", True),
        ("docs/*.md", "other/docs/a.md", False),
        ("docs/*.md", "docs/deep/a.md", False),
        ("./docs/*.md", "docs/a.md", True),
        ("docs/**/a.md", "docs/very/deep/a.md", True),
        ("docs/", "docs/deep/a.md", True),
        ("docs/", "a.md", False),
        ("a?.md", "ab.md", True),
        ("[ab].md", "c.md", False),
        ("*.md", None, False),
        ("*.md", "s3://bucket/a.md", True),
    ],
)
def test_rules_are_ignored_in_files_that_fit_a_pattern(tmp_path, monkeypatch, pattern, path, fits):
    for folder in ("docs", "other"):
        (tmp_path / folder).mkdir()
    monkeypatch.chdir(tmp_path)
    report, runner = check("# and !", "text", path, per_file_ignores={pattern: ("MRK001",)})
    assert [code for code, _ in places(report)] == (["MRK002"] if fits else ["MRK001", "MRK002"])
    assert dict(report.suppressed) == ({"per-file-ignores": 1} if fits else {})
    assert runner.notes() == []


def test_patterns_are_relative_to_the_settings_file(tmp_path, monkeypatch):
    project = tmp_path / "odd [name]!*#"
    (project / "docs").mkdir(parents=True)
    (project / "qualitycheck.toml").write_text('[per-file-ignores]\n"docs/*.md" = ["MRK"]\n"*.txt" = ["shout"]\n')
    for folder in (project, project / "docs"):
        monkeypatch.chdir(folder)
        runner = Runner(load_settings(), [Plugin(Marks())], entry_points=False)
        assert runner.check(Document("#", path=str(project / "docs" / "a.md"))).findings == ()
        assert runner.check(Document("#", path=str(project / "a.md"))).findings != ()
        assert runner.check(Document("!", path="b.txt")).findings == ()


def test_patterns_that_do_nothing_in_the_files_that_fit_are_reported():
    runner = make_runner(Marks(), per_file_ignores={"a*": ("MRK001", "MRK002"), "never": ("MRK003",)})
    runner.check(Document("plain", path="a1"))
    assert runner.notes() == [f"nothing for per-file-ignores: “a*”, {code}" for code in ("MRK001", "MRK002")]
    runner.check(Document("#", path="a2"))
    assert runner.notes() == ["nothing for per-file-ignores: “a*”, MRK002"]


@pytest.mark.parametrize(
    ("patterns", "message"),
    [
        ({"*.md": ("MRK009",)}, "unknown rule “MRK009”"),
        ({"!*.md": ("MRK001",)}, "per-file-ignores: “!\\*.md” is no pattern for files: it fits nothing"),
        ({"": ("MRK001",)}, "per-file-ignores: “” is no pattern for files"),
    ],
)
def test_patterns_that_mean_nothing_are_named(patterns, message):
    with pytest.raises(SettingsError, match=message):
        make_runner(Marks(), per_file_ignores=patterns)


# Terms


def inspect(self, document):
    for pattern in (r"(?i)\bgl\w*+", r"\bcorp\b", r"[’'](?=\uFDD0*+s)", r"(?i)yahoo!", "11", r"whole\w*+’s"):
        yield from (self.finding("AAA001", match.span()) for match in document.finditer(pattern))


words = make_check("words", inspect=inspect)


@pytest.mark.parametrize(
    ("terms", "text", "left"),
    [
        (["Globex"], "Globex and globex and GLOBEX", ["globex"]),
        (["globex"], "Globex and globex and GLOBEX", []),
        (["Globex"], "Globex’s and Globex's Globexes", ["’", "'", "Globexes"]),
        (["Globex"], "Globular", ["Globular"]),
        (["Globex Corp"], "Globex\n  Corp, but Globex, a corp", ["Globex", "corp"]),
        (["Globex", "Globex Corp"], "Globex Corp", []),
        (["Yahoo!"], "Yahoo! and yahoo!", ["yahoo!"]),
        (["glamour"], "Glamour’s", ["’"]),
        (["wholesome"], "Wholesome, wholesome’s", ["’"]),
        (["Windows 11"], "Windows 11", []),
        (["Globex", "Globex"], "Globex", []),
    ],
)
def test_findings_within_allowed_terms_are_suppressed(terms, text, left):
    report = make_runner(words, allow=tuple(terms)).check(text)
    assert [finding.text for finding in report.findings] == left
    found = len(make_runner(words).check(text).findings)
    assert sum(report.suppressed.values()) == report.suppressed.get("allow", 0) == found - len(left)


def test_markup_within_a_term_does_not_matter():
    runner = make_runner(words, allow=("Globex Corp",))
    document = read_text("Glob**ex** [Corp](https://example.org)&rsquo;s", "markdown", runner.plugins)
    assert [finding.text for finding in runner.check(document).findings] == ["&rsquo;"]


def test_terms_that_occur_and_need_not_be_allowed_are_reported():
    runner = make_runner(words, allow=("Globex", "harmless", "absent"))
    runner.check("Globex is harmless.")
    assert runner.notes() == ["nothing for allow: “harmless”"]
    narrow = make_runner(words, allow=("harmless",), select=("AAA001",))
    narrow.check("harmless")
    assert narrow.notes() == []


@pytest.mark.parametrize("term", ["", " ", "word " * 300])
def test_a_term_without_words_is_named(term):
    with pytest.raises(SettingsError, match=r"^allow: "):
        make_runner(words, allow=(term,))


def test_a_finding_that_several_means_suppress_counts_once_and_is_no_baselines_business(tmp_path):
    from qualitycheck.baseline import Recording

    accepting = Recording(tmp_path / "baseline.json")
    settings = Settings(allow=("Globex",), per_file_ignores={"*.md": ("AAA001",)})
    runner = Runner(settings, [Plugin(words)], entry_points=False, baseline=accepting)
    text = "Globex <!-- qualitycheck: ignore AAA001 -->\n\nglow\n"
    report = runner.check(read_text(text, "markdown", runner.plugins, str(tmp_path / "a.md")))
    assert dict(report.suppressed) == {"comments": 1, "per-file-ignores": 1}
    assert len(accepting) == 0
    assert (report.notes, runner.notes()) == ((), [])


def test_the_example_in_the_readme_says_what_it_means(tmp_path):
    readme = (Path(__file__).parent.parent / "README.md").read_text(encoding="utf-8")
    example = next(block for block in re.findall(r"^```toml\n(.*?)^```", readme, re.M | re.S) if "allow" in block)
    (tmp_path / "qualitycheck.toml").write_text(example, encoding="utf-8")
    runner = Runner(load_settings(tmp_path / "qualitycheck.toml"))
    text = "It‘s here &amp;amp; there."
    for path, codes in (("docs/typewriters.md", ["ENC005"]), ("a.html", ["QUO001"]), ("a.txt", ["QUO001", "ENC005"])):
        report = runner.check(read_text(text, "html", runner.plugins, str(tmp_path / path)))
        assert [finding.code for finding in report.findings] == codes
