"""The four ways in which a plugin is loaded, each as a stranger would go it, in an environment of its own."""

import pytest
from strangers import Environment

SOURCE = """
from qualitycheck import Check, Rule, hookimpl


class Competitors(Check):
    rules = [Rule("ACM001", "competitor-name", "A competitor's product is named.")]

    def inspect(self, document):
        for match in document.finditer(r"\\bGlobex\\b"):
            yield self.finding("ACM001", match.span())


@hookimpl
def qualitycheck_checks(settings):
    return [Competitors()]
"""
PROGRAM = """
import my_checks
from qualitycheck import Runner

runner = Runner(plugins=[my_checks])
finding, = runner.check("We saw Globex there.").findings
print(finding.code, [each.origin for each in runner.plugins.loaded if each.name == "my_checks"])
"""


@pytest.fixture(scope="module")
def stranger(tmp_path_factory):
    folder = tmp_path_factory.mktemp("stranger")
    return Environment(folder / "env"), folder


@pytest.fixture
def here(tmp_path):
    (tmp_path / "my_checks.py").write_text(SOURCE)
    (tmp_path / "a.txt").write_text("We saw Globex there.\n")
    return tmp_path


def check(environment, folder, *options):
    command = ("-m", "qualitycheck", "check", "--output-format", "concise", *options, "a.txt")
    return environment.run(*command, folder=folder)


def test_a_file_on_the_command_line(stranger, here):
    assert "a.txt:1:8: ACM001" in check(stranger[0], here, "--plugin", "my_checks.py")


def test_a_file_in_the_settings_and_blocked_on_the_command_line(stranger, here):
    (here / "pyproject.toml").write_text('[tool.qualitycheck]\nplugins = ["my_checks.py"]\n')
    assert "a.txt:1:8: ACM001" in check(stranger[0], here)
    assert "ACM001" not in check(stranger[0], here, "-p", "no:my_checks")


def test_an_object_in_a_program(stranger, here):
    (here / "program.py").write_text(PROGRAM)
    assert stranger[0].run("program.py", folder=here) == "ACM001 ['given to Runner']\n"


def test_an_installed_distribution_that_wins_over_a_file_with_the_same_rule(stranger, here):
    # As an installer leaves it; that installers do is seen with the examples and with new-plugin.
    environment, folder = stranger
    (site,) = folder.glob("env/lib/python*/site-packages")
    (site / "acme_checks.py").write_text(SOURCE)
    installed = site / "acme_checks-1.dist-info"
    installed.mkdir()
    (installed / "METADATA").write_text("Metadata-Version: 2.1\nName: acme-checks\nVersion: 1\n")
    (installed / "entry_points.txt").write_text("[qualitycheck]\nacme = acme_checks\n")
    assert "a.txt:1:8: ACM001" in check(environment, here, "--isolated")
    command = ("-m", "qualitycheck", "plugins", "--isolated", "--plugin", "my_checks.py")
    printed = environment.run(*command, folder=here, status=2)
    assert "acme, from acme-checks 1\n" in printed
    assert "failed to load: check “competitors” is already brought by plugin “acme”" in printed
