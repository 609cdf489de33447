"""Word lists that tell a word the sentence needs from an aside in braces."""

from __future__ import annotations


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


ARTICLES = _words("a an the")
PREPOSITIONS = _words("of to in on at by for with from into onto upon")
JUNCTIONS = PREPOSITIONS | _words("than as and or but")

#: After one of these a sentence needs what comes next.
GOVERNORS = (
    ARTICLES
    | PREPOSITIONS
    | _words(
        """than as and or my your his her its our their this these those every each no some any many few several most
        such between through during under against among toward towards within without across behind per via about over
        hundred thousand million billion trillion more"""
    )
)

#: An aside begins like this; so does an editor's insertion, which is mostly one word of this kind.
FUNCTION_WORDS = (
    ARTICLES
    | JUNCTIONS
    | _words(
        """i you he she it we they me him her us them my your his its our their mine yours hers ours theirs myself
        himself herself itself themselves who whom whose which what that when where why how whether this these those
        there here then if because although though while since unless until not no nor so yet is are was were be been
        being am has have had do does did will would shall should can could may might must about above after again
        against all also any before below between both during each either else even ever every few further just like
        more most much neither never none now off once one only other out over own per perhaps quite rather same
        several some soon still such through too under up very via well without yes don't didn't doesn't can't won't
        isn't wasn't aka see read think"""
    )
)

#: What editors, transcribers, chatters and reviewers do put in braces.
CONVENTIONS = _words(
    """sic note notes ed eds editor editors edit edited trans translator translation translated emphasis italics added
    laughs laugh laughing laughter chuckles chuckle giggles giggle applause cheers cheering booing crosstalk
    inaudible unintelligible indistinct music musical pause pauses silence sigh sighs sighing gasp gasps cough coughs
    sob sobs crying groan groans shrug shrugs grin grins smile smiles wink winks nod nods hug hugs kiss kisses yawn
    snort phew yuck wow oops meh haha lol omg btw imho sarcasm sarcastic joke joking kidding spoiler spoilers rant end
    begin start stop omitted omission illegible blank redacted deleted expletive ibid etc viz optional pun intended
    update updated correction corrected source video audio photo image picture table figure footnote citation
    reference insert enter click press"""
)
