"""Installs a plugin as a stranger would, in an environment of its own that has this one's packages and no network."""

import os
import shutil
import subprocess
import sys
import sysconfig
from pathlib import Path

import pytest

# Nothing of the tests that run now is to reach those that run there.
VARIABLES = {name: value for name, value in os.environ.items() if not name.startswith(("PYTEST_", "PIP_", "PYTHON"))}


class Environment:
    """A virtual environment. Skips the test where there is no pip, or no setuptools to build with."""

    def __init__(self, folder):
        pytest.importorskip("setuptools", reason="setuptools is not installed")
        self.pip = _pip()
        self.python = folder / "bin" / "python"
        result = subprocess.run([sys.executable, "-m", "venv", "--without-pip", folder], capture_output=True, text=True)
        if result.returncode or not self.python.exists():
            pytest.skip(f"no virtual environment can be made here: {result.stderr}")
        (site,) = folder.glob("lib/python*/site-packages")
        (site / "outer.pth").write_text(f"import site; site.addsitedir({sysconfig.get_path('purelib')!r})\n")

    def run(self, *arguments, folder, status=0):
        """Run the environment's Python; what it printed."""
        command = [str(self.python), *map(str, arguments)]
        variables = {**VARIABLES, "NO_COLOR": "1", "COLUMNS": "100"}
        if self.pip:
            variables["PYTHONPATH"] = self.pip
        result = subprocess.run(command, cwd=folder, env=variables, capture_output=True, text=True, check=False)
        assert result.returncode == status, result.stdout + result.stderr
        return result.stdout

    def install(self, project):
        """Build a wheel of the project and install that alone; its file names."""
        wheels = project.parent / f"{project.name}-wheel"
        shutil.rmtree(wheels, ignore_errors=True)
        offline = ("--no-index", "--no-deps", "--disable-pip-version-check", "--quiet")
        build = ("wheel", "--no-build-isolation", "--wheel-dir", wheels, *offline, project)
        self.run("-m", "pip", *build, folder=project.parent)
        (wheel,) = wheels.glob("*.whl")
        self.run("-m", "pip", "install", *offline, wheel, folder=project.parent)
        return wheel


def _pip():
    """Where pip can be imported from: nothing where it is installed, else the wheel that Python carries."""
    if subprocess.run([sys.executable, "-m", "pip", "--version"], capture_output=True).returncode == 0:
        return ""
    try:
        import ensurepip
    except ImportError:
        pytest.skip("there is no pip")
    wheels = sorted((Path(ensurepip.__file__).parent / "_bundled").glob("pip-*.whl"))
    if not wheels:
        pytest.skip("there is no pip")
    return str(wheels[-1])


def passes_its_own_tests(environment, project, module):
    """Install the project, and run its tests with the code that was installed and not with that in its folder."""
    environment.install(project)
    code = f"import {module}; print({module}.__file__)"
    assert "site-packages" in environment.run("-c", code, folder=project.parent)
    return environment.run("-m", "pytest", "-q", "-p", "no:cacheprovider", folder=project)
