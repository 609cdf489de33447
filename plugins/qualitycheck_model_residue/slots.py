"""Slots in square brackets that a model left for its user to fill: “[Your Name]”, “[specific plant]”.

Slots in capitals and in the notation of a program are a template's, and the braces check reports them. An editor's
words in square brackets, a redaction and a stage direction look much the same; so a slot must name what letters and
drafts leave open, and one in small letters, which may be a joke, counts only beside other signs of a model.
"""

from __future__ import annotations

import functools
from collections.abc import Iterator
from itertools import islice

import regex

from qualitycheck import Document
from qualitycheck_model_residue.context import is_page_of_templates, shows_a_form
from qualitycheck_model_residue.residue import Residue

#: Nobody reads on after so many slots.
_ENOUGH = 1_000

# What letters, advertisements and drafts leave open.
_THING = (
    r"(?:names?|surname|username|company|business|brand|organi[sz]ation|employer|institution|school|university"
    r"|department|titles?|positions?|job|role|industry|products?|services?|address|street|city|town|state|county"
    r"|country|region|zip(?:\ code)?|zipcode|postcode|location|venue|e-?mail|phone|telephone|mobile|numbers?|dates?"
    r"|time|deadline|price|amount|website|url|link|domain|keywords?|topic|subject|niche|signature|clients?|customers?"
    r"|recipients?|sender|author|contact|manager|candidate|applicant|information|info|details?|designation"
    r"|affiliation|skills?|field|degree|achievements?|experience|project|event|statistics?|source|example)"
)
_WORD = r"\p{L}[\p{L}\p{N}'’&/-]{0,20}+"
_OPEN, _SHUT = r"(?<![\w\])])\[", r"\](?![\w(\[])"
_SLOT = regex.compile(
    rf"""{_OPEN}(?:
        (?P<titled>
            (?:Your|My|Our)(?:\ {_WORD}){{0,4}}?\ (?:\p{{L}}{{2,20}}/)?(?i:{_THING})(?:/(?i:{_THING}))?(?:\ Here)?
            | (?:Insert|Enter|Add|Include|Specify|Mention)(?:\ {_WORD}){{0,6}}?\ (?i:{_THING})(?:\ {_WORD}){{0,3}}
            | (?:First|Last|Full|Company|Business|Product|Brand|City|Client|Customer|Recipient|Recipient['’]s|Sender
                |School|Employer|Hiring|Job|Street|E-?mail|Phone|Contact|Organi[sz]ation|Institution|University|Event
                |Project|Position)(?:\ Manager['’]s)?(?:/{_WORD}(?:\ {_WORD})?)?\s
                (?:Names?|Address|Numbers?|Titles?|Manager|State|Information|Details|Date)
            | City,\ State(?:,?\ (?:ZIP|Zip|Postal)(?:\ Code)?)?
        )
        | (?P<small>
            (?:your|specific|relevant|insert|mention|describe|provide|add|include|specify|briefly)(?:\ {_WORD}){{1,10}}
            | (?:Specific|Relevant|Mention|Describe|Provide|Briefly)(?:\ {_WORD}){{1,10}}
            | (?:Name|Date|Address|Position|Title|Link|Company|Signature|Phone|Email|Location|City|Your\ {_WORD})
        )
    ){_SHUT}""",
    regex.VERBOSE,
)


def slots(document: Document) -> Iterator[Residue]:
    """The slots of a text, in order of place."""
    text = document.prose
    on_templates = functools.cache(lambda: is_page_of_templates(text))
    for match in islice(_SLOT.finditer(text), _ENOUGH):
        if on_templates() or shows_a_form(text, *match.span()):
            continue
        weak = match["titled"] is None
        yield Residue(*match.span(), "a slot that nobody filled", 0.8 if weak else 0.92, weak=weak)
