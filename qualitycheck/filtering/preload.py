"""Imported once by the process that workers are forked from, so that they share what is here and start at once.

The core and its language model only: plugins are foreign code, may start threads, and are loaded by each worker.
"""

from __future__ import annotations

import gc

import qualitycheck.filtering.worker  # noqa: F401 (what every worker needs)
from qualitycheck.language import identify
from qualitycheck.tokens import tokenize

# The identifier takes half a second and ninety megabytes to load; English alone would not ask for it.
_GERMAN = "Der Rat tagte am Dienstag, und die Fähre fährt nun wieder."
identify(_GERMAN, tokenize(_GERMAN))

# Objects that are never collected are never written to either, so their pages stay shared.
gc.collect()
gc.freeze()
