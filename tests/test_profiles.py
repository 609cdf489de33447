"""Profiles: found through entry points, laid under the settings, and what the bundled ones hold."""

import importlib.metadata
import sys

import pytest

from qualitycheck import Runner, Settings, SettingsError, load_settings
from qualitycheck.profiles import GROUP, load_profile, profile_names
from qualitycheck.settings import make_settings


@pytest.fixture
def profiles(tmp_path, monkeypatch):
    """A function that installs a profile of this text under this name."""
    package = tmp_path / "some_profiles"
    package.mkdir()
    (package / "__init__.py").write_text("")
    monkeypatch.syspath_prepend(tmp_path)
    entries = []

    def install(name, text):
        (package / f"{name}.toml").write_text(text, encoding="utf-8")
        entries.append(importlib.metadata.EntryPoint(name, "some_profiles", GROUP))

    monkeypatch.setattr(importlib.metadata, "entry_points", lambda group: entries if group == GROUP else [])
    yield install
    sys.modules.pop("some_profiles", None)


def test_a_profile_lies_under_the_file_and_the_command_line(profiles, tmp_path, monkeypatch):
    profiles("mine", 'min-score = 10\nreview-below = 90\nreject-below = 50\nignore = ["SYN"]')
    monkeypatch.chdir(tmp_path)
    (tmp_path / "qualitycheck.toml").write_text('profile = "mine"\nreject-below = 60\nignore = ["BRC"]')
    settings = load_settings(overrides={"min-score": 20})
    assert (settings.review_below, settings.reject_below, settings.min_score) == (90, 60, 20)
    assert settings.ignore == ("BRC",)


def test_a_value_set_back_to_its_default_wins_over_the_profile(profiles):
    profiles("mine", "review-below = 90")
    assert make_settings({"profile": "mine", "review-below": 75}).review_below == 75


def test_tables_merge(profiles):
    profiles("mine", "weights = { a = 0.1, b = 0.2 }\n[checks.long]\nx = 1\ny = 2")
    settings = make_settings(
        {"profile": "mine", "weights": {"b": 0.3}, "checks": {"long": {"y": 3}, "other": {"z": 4}}}
    )
    assert settings.weights == {"a": 0.1, "b": 0.3}
    assert settings.checks == {"long": {"x": 1, "y": 3}, "other": {"z": 4}}


def test_the_command_line_names_another_profile(profiles, tmp_path, monkeypatch):
    profiles("one", "min-score = 1")
    profiles("two", "max-findings = 2")
    monkeypatch.chdir(tmp_path)
    (tmp_path / "qualitycheck.toml").write_text('profile = "one"')
    settings = load_settings(overrides={"profile": "two"})
    assert (settings.min_score, settings.max_findings) == (0, 2)


def test_an_unknown_profile_is_refused_with_the_nearest(profiles):
    profiles("news", "")
    profiles("web", "")
    assert profile_names() == ["news", "web"]
    with pytest.raises(SettingsError, match=r"^unknown profile “newz”; did you mean “news”"):
        load_profile("newz")
    with pytest.raises(SettingsError, match=r"^unknown profile “zzz”: there are news, web$"):
        make_settings({"profile": "zzz"})
    with pytest.raises(SettingsError, match=r"^unknown profile “3”: there are news, web$"):
        make_settings({"profile": 3})


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("min-scor = 1", "unknown setting “min-scor”; did you mean “min-score”"),
        ("min-score = 200", "“min-score”: expected `float` <= 100"),
        ("min-score = ", "profile “bad” of some_profiles: cannot be read: Invalid value"),
        ('profile = "bad"', "unknown setting “profile”"),
    ],
)
def test_a_bad_profile_is_named(profiles, text, message):
    profiles("bad", text)
    with pytest.raises(SettingsError, match=message):
        make_settings({"profile": "bad"})


def test_a_mistyped_profile_key_is_named():
    with pytest.raises(SettingsError, match="unknown setting “profil”; did you mean “profile”"):
        make_settings({"profil": "news"})


# The bundled ones

BUNDLED = ["c4", "datatrove", "docs", "fineweb", "gopher", "news", "strict", "web"]


def test_the_bundled_profiles_are_there():
    assert set(BUNDLED) <= set(profile_names())


def test_the_default_is_the_profile_web():
    assert make_settings({"profile": "web"}) == Settings()


@pytest.mark.parametrize("name", BUNDLED)
def test_a_bundled_profile_fits_the_bundled_checks(name):
    report = Runner(make_settings({"profile": name})).check("A short and harmless text.\n")
    assert report.errors == ()
