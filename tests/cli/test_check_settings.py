"""What ``check`` takes from profiles and options of checks, and what ``--time-checks`` tells."""

import tomllib

from processes import write

from qualitycheck.profiles import profile_names

OPTIONS = """
from qualitycheck import Check, Options, Rule, hookimpl


class CompetitorOptions(Options):
    products: tuple[str, ...] = ("Globex",)
    most: int = 3


class Competitors(Check):
    rules = [Rule("ACM001", "competitor-name", "A competitor's product is named.")]
    options: CompetitorOptions = CompetitorOptions()

    def inspect(self, document):
        for product in self.options.products:
            for match in document.finditer(product):
                yield self.finding("ACM001", match.span())


@hookimpl
def qualitycheck_checks(settings):
    return [Competitors()]
"""


def competitors(folder, settings=""):
    (folder / "mine.py").write_text(OPTIONS)
    (folder / "qualitycheck.toml").write_text(settings)
    write(a="Globex and Initech")
    return {"plugin": "mine.py"}


def test_an_option_of_a_check_is_set_in_the_file(run, folder):
    plugin = competitors(folder, '[checks.competitors]\nproducts = ["Initech"]\n')
    assert "a.txt:1:12: ACM001" in run("check", "a.txt", "--output-format", "concise", **plugin).stdout


def test_options_are_shown_and_read_again(run, folder):
    plugin = competitors(folder, "[checks.competitors]\nmost = 7\n")
    shown = run("check", "--show-settings", **plugin).stdout
    assert tomllib.loads(shown)["checks"] == {"competitors": {"products": ["Globex"], "most": 7}}
    (folder / "again.toml").write_text(shown)
    again = run("check", "--show-settings", "--config", "again.toml", plugin=None)
    assert tomllib.loads(again.stdout)["checks"] == tomllib.loads(shown)["checks"]


def test_an_unknown_option_is_refused_with_the_nearest(run, folder):
    plugin = competitors(folder, '[checks.competitors]\nproduct = ["Initech"]\n')
    for arguments in (["a.txt"], ["--show-settings"]):
        result = run("check", *arguments, **plugin)
        assert result.exit_code == 2
        assert result.stderr == (
            "qualitycheck: error: checks.competitors: unknown option “product”; did you mean “products”?\n"
        )


def test_settings_are_shown_although_a_plugin_does_not_load(run, folder):
    (folder / "bad.py").write_text("1 / 0")
    result = run("check", "--show-settings", plugin="bad.py")
    assert result.exit_code == 2
    assert "plugin “bad” from bad.py does not load: ZeroDivisionError" in result.stderr
    assert tomllib.loads(result.stdout)["plugins"] == ["bad.py"]


def test_a_profile_is_shown_with_all_it_sets(run):
    shown = tomllib.loads(run("check", "--show-settings", "--profile", "gopher", plugin=None).stdout)
    assert shown["select"] == ["DTV001", "DTV002"]
    assert run("check", "--show-settings", "--profile", "web").stdout == run("check", "--show-settings").stdout


def test_an_unknown_profile_is_refused_with_the_nearest(run):
    write(a="text")
    result = run("check", "a.txt", "--profile", "newz")
    assert result.exit_code == 2
    assert result.stderr == "qualitycheck: error: unknown profile “newz”; did you mean “news”?\n"


def test_the_help_names_every_profile(run):
    shown = " ".join(run("check", "--help").stdout.split())
    assert all(name in shown for name in profile_names())


def test_time_goes_to_standard_error_and_the_report_stays_the_same(run):
    write(a="odd and plain " * 50)
    timed = run("check", "a.txt", "--time-checks", "--output-format", "json")
    assert timed.stdout == run("check", "a.txt", "--output-format", "json").stdout
    title, *rows = timed.stderr.splitlines()
    assert title.split() == ["seconds", "share", "MB/s", "check"]
    assert {row[28:] for row in rows} == {"words", "tokens and language", "reading, scoring and reporting", "all"}
    assert run("check", "a.txt").stderr == ""
