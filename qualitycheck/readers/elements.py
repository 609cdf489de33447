"""What each HTML element is to the prose around it."""

from __future__ import annotations


def _names(text: str) -> frozenset[str]:
    return frozenset(text.split())


#: Ends a line within a paragraph.
LINE = frozenset({"br"})

#: Stands between paragraphs.
BLOCK = _names(
    """address article aside blockquote body caption center col colgroup dd details dialog dir div dl dt fieldset
    figcaption figure footer form frame frameset h1 h2 h3 h4 h5 h6 head header hgroup hr html legend li listing main
    menu nav noframes ol optgroup option p plaintext pre search section summary table tbody td tfoot th thead title tr
    ul xmp"""
)

#: Holds something, from its start tag to its end tag, that is no prose but has a place in the sentence.
HOLDS_OBJECT = _names("audio canvas code kbd math samp select svg tt video")

#: Is such a thing itself.
OBJECT_ELEMENT = _names("embed iframe img input meter object progress textarea") | HOLDS_OBJECT

#: Holds what is no prose, and is itself a block or nothing that shows.
HOLDS_NO_PROSE = _names("listing pre template")

#: Content in which only the end tag counts as markup.
RAW = _names("iframe noembed noframes noscript plaintext script style textarea title xmp")

#: Has no content and no end tag.
VOID = _names("area base br col embed frame hr img input link meta param source track wbr basefont bgsound keygen")

#: Content in which a tag may close itself and a CDATA section is one.
FOREIGN = frozenset({"math", "svg"})
