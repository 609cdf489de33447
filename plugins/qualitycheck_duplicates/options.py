"""What can be set: from when on two documents are one."""

from __future__ import annotations

from typing import Annotated

import msgspec

from qualitycheck import Options


class DuplicatesOptions(Options):
    """``near`` is the share of passages of five words that two documents must have in common to be near duplicates
    (the size of the intersection by that of the union).
    """

    near: Annotated[float, msgspec.Meta(ge=0.5, le=1)] = 0.8
