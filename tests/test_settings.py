import msgspec
import pytest

from qualitycheck import Settings, SettingsError, load_settings
from qualitycheck.settings import find_settings_file, make_settings, setting_names


@pytest.fixture
def here(tmp_path, monkeypatch):
    """A working directory two folders deep, far from any settings of this repository."""
    folder = tmp_path / "project" / "work"
    folder.mkdir(parents=True)
    monkeypatch.chdir(folder)
    return folder


def write(path, text):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def test_defaults_without_any_file(here):
    assert load_settings() == Settings()
    assert (Settings().reject_below, Settings().review_below, Settings().fail_on) == (40, 75, "error")


@pytest.mark.parametrize("up", [0, 1])
@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("qualitycheck.toml", 'ignore = ["SYN"]'),
        ("pyproject.toml", '[tool.qualitycheck]\nignore = ["SYN"]'),
    ],
)
def test_files_are_found_from_the_working_directory_upwards(here, up, name, text):
    path = write([here, here.parent][up] / name, text)
    assert find_settings_file(here) == path
    assert load_settings().ignore == ("SYN",)


def test_the_nearest_file_wins_and_the_own_file_before_the_project(here):
    write(here.parent / "qualitycheck.toml", "min-score = 1")
    write(here / "pyproject.toml", "[tool.qualitycheck]\nmin-score = 2")
    assert load_settings().min_score == 2
    write(here / "qualitycheck.toml", "min-score = 3")
    assert load_settings().min_score == 3


def test_a_pyproject_without_our_table_is_passed_over(here):
    write(here.parent / "qualitycheck.toml", "min-score = 1")
    write(here / "pyproject.toml", "[tool.other]\nx = 1")
    assert load_settings().min_score == 1


def test_folders_below_are_never_searched(here):
    write(here / "corpus" / "qualitycheck.toml", 'plugins = ["evil.py"]')
    write(here / "corpus" / "pyproject.toml", '[tool.qualitycheck]\nplugins = ["evil.py"]')
    assert load_settings() == Settings()


def test_a_named_file_replaces_the_search(here, tmp_path):
    write(here / "qualitycheck.toml", "min-score = 1")
    other = write(tmp_path / "elsewhere" / "strict.toml", "min-score = 90")
    assert load_settings(other).min_score == 90


def test_isolated_reads_nothing(here):
    write(here / "qualitycheck.toml", "nonsense = 1")
    assert load_settings(isolated=True) == Settings()


def test_overrides_win_and_plugins_add_up(here):
    write(here / "qualitycheck.toml", 'min-score = 1\nplugins = ["one.py", "package.two"]\nblock = ["braces"]')
    settings = load_settings(overrides={"min-score": 5, "plugins": ["three.py"], "block": ["quotes"]})
    assert settings.min_score == 5
    assert settings.plugins == (str(here / "one.py"), "package.two", "three.py")
    assert settings.block == ("braces", "quotes")


def test_plugin_files_are_relative_to_the_settings_file(here):
    write(here.parent / "qualitycheck.toml", 'plugins = ["checks/mine.py", "/abs/other.py"]')
    assert load_settings().plugins == (str(here.parent / "checks/mine.py"), "/abs/other.py")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("min-scor = 1", r"unknown setting “min-scor”; did you mean “min-score”\?"),
        ("min_score = 1", r"unknown setting “min_score”; did you mean “min-score”\?"),
        ("zzz = 1", "unknown setting “zzz”$"),
        ('select = "SYN"', "“select”: expected `array`, got `str`"),
        ("select = [1]", r"“select\[0\]”: expected `str`, got `int`"),
        ('min-score = "high"', "“min-score”: expected `float`, got `str`"),
        ("min-score = 101", "“min-score”: expected `float` <= 100"),
        ("max-size = 0", "“max-size”: expected `int` >= 1"),
        ('fail-on = "always"', "“fail-on”: invalid enum value 'always'"),
        ("[weights]\nbraces = 1.0", r"“weights\[...\]”: expected `float` <= 0.99"),
        ("reject-below = 80", r"reject-below \(80.0\) is above review-below \(75.0\)"),
        ('encoding = "utf-9"', "encoding “utf-9” is not known"),
        ("min-score = ", "not valid TOML"),
    ],
)
def test_what_is_wrong_is_named_with_its_file(here, text, message):
    path = write(here / "qualitycheck.toml", text)
    with pytest.raises(SettingsError, match=message) as error:
        load_settings()
    assert str(path) in str(error.value)
    assert "\n" not in str(error.value)


@pytest.mark.parametrize("text", ["[tool]\nqualitycheck = 3", "[[tool.qualitycheck]]\nx = 1"])
def test_a_project_entry_that_is_no_table_is_named(here, text):
    path = write(here / "pyproject.toml", text)
    with pytest.raises(SettingsError, match=r"tool.qualitycheck is no table; write \[tool.qualitycheck\]") as error:
        load_settings()
    assert str(path) in str(error.value)


def test_files_that_cannot_be_read_are_named(here):
    with pytest.raises(SettingsError, match=r"missing\.toml: cannot be read: No such file"):
        load_settings(here / "missing.toml")
    (here / "latin.toml").write_bytes(b'encoding = "\xe9"')
    with pytest.raises(SettingsError, match=r"latin\.toml: not valid TOML"):
        load_settings(here / "latin.toml")


def test_wrong_overrides_are_named():
    with pytest.raises(SettingsError, match="settings: unknown setting “colour”"):
        load_settings(overrides={"colour": True}, isolated=True)


def test_names_have_hyphens():
    assert "fail-on" in setting_names()
    assert not any("_" in name for name in setting_names())


def test_settings_do_not_change_and_hash_by_value():
    settings = Settings(ignore=("SYN",))
    with pytest.raises(AttributeError):
        settings.ignore = ()
    assert settings.digest() == make_settings({"ignore": ["SYN"]}).digest()
    assert settings.digest() != Settings().digest()
    assert msgspec.json.decode(msgspec.json.encode(settings), type=Settings) == settings


def test_a_baseline_and_patterns_are_relative_to_the_settings_file(here):
    text = 'baseline = "accepted.json"\n[per-file-ignores]\n"docs/*.md" = ["SYN"]\n"*.txt" = ["BRC"]\n"/a/b" = ["QUO"]'
    write(here.parent / "qualitycheck.toml", text)
    settings = load_settings()
    assert settings.baseline == str(here.parent / "accepted.json")
    assert list(settings.per_file_ignores) == [str(here.parent / "docs/*.md"), "*.txt", "/a/b"]
    assert load_settings(overrides={"baseline": "mine.json"}).baseline == "mine.json"
