import pytest
from support import Marks, Plugin

from qualitycheck import DocumentReport, InputError, PluginError, Settings, SettingsError, api, check, check_file


class Entry:
    name, value, dist = "marks", "marks_module", None

    def __init__(self, error=None):
        self.error = error
        self.loads = 0

    def load(self):
        self.loads += 1
        if self.error:
            raise self.error
        return Plugin(Marks())


@pytest.fixture
def install(monkeypatch):
    """Installs one plugin in place of all others."""
    monkeypatch.setattr(api, "_runners", {})

    def install(error=None):
        entry = Entry(error)
        monkeypatch.setattr("importlib.metadata.entry_points", lambda group: [entry])
        return entry

    return install


def test_check_gives_the_report_for_a_text(install):
    install()
    report = check("a # b !")
    assert isinstance(report, DocumentReport)
    assert [finding.text for finding in report.findings] == ["#", "!"]
    assert check("a # b !", Settings(ignore=("MRK001",))).score > report.score


def test_plugins_are_loaded_once_for_equal_settings(install):
    entry = install()
    for _ in range(3):
        check("text")
        check("text", Settings(ignore=("MRK001",)))
    assert entry.loads == 2


def test_many_settings_do_not_pile_up(install):
    install()
    for number in range(50):
        check("text", Settings(max_findings=number + 1))
    assert len(api._runners) <= 8


def test_a_plugin_that_does_not_load_is_an_error(install):
    install(ImportError("no such thing"))
    with pytest.raises(PluginError, match="plugin “marks” from marks_module does not load: ImportError: no such thing"):
        check("text")


def test_settings_that_name_nothing_are_an_error(install):
    install()
    with pytest.raises(SettingsError, match="unknown rule “XYZ”"):
        check("text", Settings(select=("XYZ",)))


@pytest.mark.parametrize(
    ("name", "text", "found"),
    [
        ("a.txt", "# `#`", ["#", "#"]),
        ("a.md", "a # `#`", ["#"]),
        ("a.html", "<p title='#'># &amp; b</p>", ["#"]),
    ],
)
def test_check_file_reads_a_file_as_its_suffix_says(install, tmp_path, name, text, found):
    install()
    path = tmp_path / name
    path.write_text(text)
    for given in (path, str(path)):
        report = check_file(given)
        assert report.path == str(path)
        assert [finding.text for finding in report.findings] == found


def test_check_file_names_what_it_cannot_read(install, tmp_path):
    install()
    with pytest.raises(InputError, match=r"gone\.txt"):
        check_file(tmp_path / "gone.txt")
