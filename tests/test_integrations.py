"""The hook for pre-commit and the action for GitHub, run against a clone of this repository."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
HOOK, WORKFLOW = re.findall(r"^```yaml\n(.*?)^```", README, re.MULTILINE | re.DOTALL)

ENVIRONMENT = {name: value for name, value in os.environ.items() if not name.startswith(("GIT_", "PYTEST_"))}
ENVIRONMENT |= {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_AUTHOR_NAME": "a", "GIT_AUTHOR_EMAIL": "a@example.org"}
ENVIRONMENT |= {"GIT_COMMITTER_NAME": "a", "GIT_COMMITTER_EMAIL": "a@example.org", "NO_COLOR": "1"}

TEXTS = {
    "good.md": "# The ferry\n\nIt leaves at six.\n",
    "bad.md": "# The ferry\n\nIt leaves {that a} six.\n",
    "docs/deep/page.html": "<p>It&#8217;s {{place}} again.</p>\n",
    "docs/requirements-dev.txt": "jinja2  # {{place}}\n",
    "data.csv": "{{place}}\n",
}


def run(*command, folder, status=0, **environment):
    """Run a command; what it printed."""
    result = subprocess.run(
        [str(part) for part in command],
        cwd=folder,
        env={**ENVIRONMENT, **environment},
        capture_output=True,
        text=True,
        check=False,
    )
    assert result.returncode == status, result.stdout + result.stderr
    return result.stdout + result.stderr


@pytest.fixture(scope="module")
def clone(tmp_path_factory):
    """A clone with the hook and the action as they are in the working tree, and its commit."""
    if not (ROOT / ".git").exists() or shutil.which("git") is None:
        pytest.skip("this is no checkout of a git repository")
    folder = tmp_path_factory.mktemp("clone")
    run("git", "clone", "--quiet", ROOT, folder, folder=ROOT)
    for name in (".pre-commit-hooks.yaml", "action.yml"):
        shutil.copy(ROOT / name, folder / name)
    run("git", "add", "--all", folder=folder)
    run("git", "commit", "--quiet", "--allow-empty", "-m", "as it is", folder=folder)
    return folder, run("git", "rev-parse", "HEAD", folder=folder).strip()


@pytest.fixture
def texts(tmp_path):
    """A repository of somebody's texts."""
    folder = tmp_path / "texts"
    for name, text in TEXTS.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    run("git", "init", "--quiet", folder=folder)
    return folder


def test_the_hook_as_the_readme_says(clone, texts, tmp_path):
    pytest.importorskip("pre_commit", reason="pre-commit is not installed")
    folder, commit = clone
    pre_commit = [sys.executable, "-m", "pre_commit"]
    run(*pre_commit, "validate-manifest", folder / ".pre-commit-hooks.yaml", folder=texts)
    config = HOOK.replace("URL of this repository", str(folder)).replace("a tag or commit of it", commit)
    assert config.count(str(folder)) == config.count(commit) == 1
    (texts / ".pre-commit-config.yaml").write_text(config)
    run("git", "add", "--all", folder=texts)

    home = str(tmp_path / "home")
    printed = run(*pre_commit, "run", "--all-files", folder=texts, status=1, PRE_COMMIT_HOME=home)
    found = re.findall(r"^(\S+?):\d+:\d+: (\w+)", printed, re.MULTILINE)
    assert found == [("bad.md", "BRC002"), ("docs/deep/page.html", "BRC004")], printed
    assert "exit code: 1" in printed and "3 documents" in printed

    (texts / "bad.md").write_text("# The ferry\n\nIt leaves at six.\n")
    (texts / "docs/deep/page.html").unlink()
    run("git", "add", "--all", folder=texts)
    run("git", *("-c", f"core.hooksPath={texts / '.git/hooks'}"), "commit", "-qm", "texts", folder=texts)
    run(*pre_commit, "run", "--all-files", folder=texts, PRE_COMMIT_HOME=home)


def test_the_action_and_the_workflow_are_what_github_takes(tmp_path):
    pytest.importorskip("check_jsonschema", reason="check-jsonschema is not installed")
    check = [sys.executable, "-m", "check_jsonschema", "--builtin-schema"]
    run(*check, "vendor.github-actions", ROOT / "action.yml", folder=tmp_path)
    (tmp_path / "texts.yml").write_text(WORKFLOW)
    run(*check, "vendor.github-workflows", "texts.yml", folder=tmp_path)
    (tmp_path / "texts.yml").write_text(WORKFLOW.replace("runs-on", "runs-of"))
    run(*check, "vendor.github-workflows", "texts.yml", folder=tmp_path, status=1)


class Action:
    """Runs the steps of the action as GitHub does: in bash, with expressions put in before and inputs as variables."""

    def __init__(self, folder, temporary, **inputs):
        yaml = pytest.importorskip("yaml", reason="PyYAML is not installed")
        self.definition = yaml.safe_load((folder / "action.yml").read_text(encoding="utf-8"))
        self.steps = self.definition["runs"]["steps"]
        self.temporary = temporary
        values = {name: each["default"] for name, each in self.definition["inputs"].items()} | inputs
        self.context = {f"inputs.{name}": value for name, value in values.items()}
        python = temporary / "python" / "bin" / "python"  # with nothing but pip, as GitHub sets it up
        run(sys.executable, "-m", "venv", python.parents[1], folder=temporary)
        self.context |= {"github.action_path": str(folder), "steps.python.outputs.python-path": str(python)}

    def expand(self, text):
        return re.sub(r"\$\{\{\s*(.*?)\s*\}\}", lambda match: self.context[match[1]], text)

    def run(self, step, folder, status=0):
        assert step["shell"] == "bash" and "${{" not in step["run"]
        variables = {name: self.expand(value) for name, value in step["env"].items()}
        command = ["bash", "--noprofile", "--norc", "-e", "-o", "pipefail", "-c", step["run"]]
        return run(*command, folder=folder, status=status, RUNNER_TEMP=str(self.temporary), **variables)


def test_the_action_installs_itself_and_checks(clone, texts, tmp_path):
    action = Action(clone[0], tmp_path, paths="*.md docs/**/*.html", options="--ignore BRC004")
    setup, install, check = action.steps
    assert setup["uses"].startswith("actions/setup-python@") and setup["with"]["update-environment"] is False
    action.run(install, texts)
    assert (tmp_path / "qualitycheck" / "qualitycheck" / "__init__.py").is_file()
    printed = action.run(check, texts, status=1)
    assert re.findall(r"^(\S+?):\d+:\d+: (\w+)", printed, re.MULTILINE) == [("bad.md", "BRC002")]
    assert "3 documents" in printed
    action.context["inputs.options"] = "--ignore BRC002,BRC004"
    action.run(check, texts)
    # What an input holds is never run, and never an option where a path is asked for.
    action.context["inputs.paths"] = "$(touch pwned) ; --exit-zero"
    assert "no such file" in action.run(check, texts, status=2)
    assert not (texts / "pwned").exists()
