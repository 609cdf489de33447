import pytest


@pytest.fixture(autouse=True)
def no_installed_plugins(monkeypatch):
    monkeypatch.setattr("importlib.metadata.entry_points", lambda group: [])
