"""What is said when a folder holds another job."""

from qualitycheck.filtering.journal import difference


def test_only_what_differs_is_named():
    before = {"settings": {"select": [], "where": "", "keep": ["review"]}, "versions": {"a": "1"}}
    now = {"settings": {"select": (), "where": "score > 1", "keep": ("review",)}, "versions": {"a": "1"}}
    assert difference(before, now) == 'where was "", and is "score > 1"'
    assert difference(before, {**before, "versions": {}}) == "versions of qualitycheck, plugins or models"
