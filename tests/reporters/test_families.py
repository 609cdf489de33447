from samples import Plugin

from qualitycheck import Runner
from qualitycheck.reporters.families import families


def test_loaded_families_come_first_whatever_was_found():
    plugins = Runner(plugins=[Plugin()], entry_points=False).plugins
    assert families(plugins) == ["FRG", "LNG", "WRD"]
    assert families(plugins, ["WRD001", "ABC001", "ABC002"]) == ["FRG", "LNG", "WRD", "ABC"]
    assert families(None, ["B00001", "A00001"]) == ["A00", "B00"]
