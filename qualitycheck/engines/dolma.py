"""dolma: a tagger. ``dolma tag --tagger_modules qualitycheck.engines.dolma --taggers qualitycheck --documents ...``

dolma makes taggers by name and gives them nothing, so the settings are those of the working directory, as on the
command line; a subclass with settings of its own is a tagger of its own::

    @TaggerRegistry.add("strict")
    class Strict(QualityCheckTagger):
        settings = load_settings(overrides={"profile": "strict"})
"""

from __future__ import annotations

from typing import Any, ClassVar

from qualitycheck.engines.batch import BatchJudge
from qualitycheck.engines.extras import require
from qualitycheck.filtering.attributes import NAME, spans
from qualitycheck.settings import Settings, load_settings

require("dolma.core.taggers", "dolma")

from dolma.core.data_types import DocResult, Span  # noqa: E402
from dolma.core.registry import TaggerRegistry  # noqa: E402
from dolma.core.taggers import BaseTagger  # noqa: E402


@TaggerRegistry.add(NAME)
class QualityCheckTagger(BaseTagger):
    """Score, verdict, points and the spans of all findings as attributes; :func:`spans` names them.

    A document that cannot be judged has the attribute ``quarantine``. Lines that dolma itself cannot read (no id, no
    text) never reach a tagger and end its run; ``qualitycheck filter --output-format dolma`` makes the same attributes
    and puts such lines into quarantine.
    """

    #: None takes those that the working directory has.
    settings: ClassVar[Settings | None] = None

    def __init__(self) -> None:
        super().__init__()
        self._judging = BatchJudge(load_settings() if self.settings is None else self.settings)

    def predict(self, doc: Any) -> Any:
        """The attributes of one document."""
        options = self._judging.options
        row = {options.source_field: doc.source, options.id_field: doc.id, options.text_field: doc.text}
        found = spans(next(self._judging.judged([row])))
        return DocResult(
            doc=doc,
            spans=[Span(start, end, name, score) for name, places in found.items() for start, end, score in places],
        )
