"""Where single characters stand."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from qualitycheck.characters import places_of


@given(st.text("ab“”\n"), st.sets(st.sampled_from("a“”x")))
def test_all_places_are_found_in_order(text: str, characters: set[str]) -> None:
    assert places_of(characters, text) == [place for place, letter in enumerate(text) if letter in characters]
