"""What a detector said of texts."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from qualitycheck_document_detectors.measures import Floats

#: The source of what a translator by rules made of the corpus.
ROUND_TRIPS = "apertium"


@dataclass(frozen=True, slots=True)
class Scored:
    """Scores of texts of one kind from one source, by a detector that was not fitted to them.

    ``new`` says that it saw nothing of the source at all.
    """

    source: str
    kind: str
    human: bool
    scores: Floats
    words: np.ndarray
    new: bool = False

    @property
    def labelled(self) -> bool:
        """Whether they are from a labelled collection."""
        return self.kind not in ("part", "document") and self.source != ROUND_TRIPS
