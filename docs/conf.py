"""The documentation site, built by Sphinx from Markdown: ``sphinx-build -W -b html docs build/docs``.

Why Sphinx with MyST: it turns every broken link, anchor and include into an error, reads docstrings itself, lets Python
write pages before a build, and is released several times a year; MkDocs has had no release for two years and Material
for MkDocs ends, and their successor is at 0.1 and has no way yet to write pages from code. Furo, the theme, fetches
nothing from anywhere.
"""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

from _generate import write_reference
from qualitycheck import __version__

project = "qualitycheck"
author = "the authors of qualitycheck"
release = version = __version__
extensions = ["myst_parser", "sphinx.ext.autodoc", "sphinx_click"]
exclude_patterns = ["_generate"]
nitpicky = False  # docstrings name types of numpy and click, whose documentation is elsewhere
html_theme = "furo"
html_title = f"qualitycheck {version}"
html_show_sourcelink = False
myst_heading_anchors = 4
myst_enable_extensions = ["colon_fence"]
smartquotes = False  # quotation marks are what this is about: they stay as they are written
autodoc_typehints = "none"
autodoc_member_order = "bysource"
autodoc_class_signature = "mixed"

# The reference is written from the code before every build, and never kept.
write_reference(Path(__file__).parent / "reference")
