"""The forms of what an assistant says of itself and to its user, and the words on its page, as patterns.

White space in a pattern does not count but where it is escaped. Each is bounded, and looked for in one line only.
"""

from __future__ import annotations

import functools
from dataclasses import dataclass

import regex


@dataclass(frozen=True, slots=True)
class Form:
    """Something an assistant says.

    ``anchors`` are phrases of which one is in each instance. ``place`` is where it must stand: ``anywhere``, at the
    ``start`` of a paragraph, at the ``top`` of the text, near its ``end``, or at one of the two ``edges``. The rest is
    as in a Residue.
    """

    what: str
    anchors: tuple[str, ...]
    source: str
    confidence: float
    place: str = "anywhere"
    weak: bool = False
    about: bool = True
    alone: bool = False

    @property
    def pattern(self) -> regex.Pattern[str]:
        """What it looks like. Most runs meet no assistant, and to compile all patterns takes longer than all else."""
        return _compiled(self.source)


@functools.cache
def _compiled(source: str) -> regex.Pattern[str]:
    return regex.compile(source, regex.VERBOSE)


def _form(what: str, anchors: str, pattern: str, confidence: float, place: str = "anywhere", **how: bool) -> Form:
    """``anchors`` are parted by bars."""
    return Form(what, tuple(" ".join(each.split()) for each in anchors.split("|")), pattern, confidence, place, **how)


_IM = r"I(?:['’]m|\ am)"
_REST = r"[^.!?\n]{0,160}+[.!?]?"
_AI = r"(?:AI|artificial\ intelligence)"
_KIND = r"(?:\ (?:language\ model|text\ model|model|assistant|chatbot|program|system))?"
_MODEL = rf"""(?:
    (?:(?:text-based|conversational|responsible|helpful|mere|simple)\ )?{_AI}{_KIND}
    |(?:large\ |AI\ )?language\ model|machine\ learning\ model)
    (?:\ (?:developed|created|trained|made|built|designed|programmed)\ by\ [^,.\n]{{1,40}}+)?"""

_NOT = r"(?:can(?:['’]t|not|\ not)|(?:am|['’]m)\ (?:unable|not\ able)\ to|won['’]t\ be\ able\ to|must\ decline\ to)"
_DECLINED = r"""(?:assist|fulfil+|comply|generate|create\ (?:content|that)|help\ (?:you\ )?with\ (?:that|this)
    |provide\ (?:assistance|information|guidance|content|that|any|a\ response)|continue\ this|engage\ (?:in|with)
    |complete\ (?:this|that|your))"""

_INTERJECTIONS = "certainly|sure|sure thing|of course|absolutely|definitely|okay|ok|got it|understood|no problem"
_INTERJECTION = rf"(?i:{_INTERJECTIONS.replace(' ', chr(92) + ' ')})"
_HANDED_OVER = " | ".join(
    f"{word.split()[-1]}{mark} {here}"
    for word in _INTERJECTIONS.split("|")
    for mark in "!,."
    for here in ("here", "here's", "below", "I", "I'd")
)
_GLAD = r"I(?:['’]d|\ would)\ be\ (?:happy|glad)\ to\ help[^\n:]{0,80}?[.!]\s"
_HERE_IS = r"(?:[Hh]ere|[Bb]elow)(?:['’]s|\ is|\ are)"
_REWORKED = r"""(?:polished|revised|rewritten|improved|rephrased|reworded|edited|refined|paraphrased|corrected|proofread
    |enhanced|condensed|shortened|expanded|summari[sz]ed|simplified|fluent|concise)"""
_AN_ATTEMPT = r"""(?:attempt|try)\ (?:
    at\ (?:polish|revis|rewrit|improv|rephras|edit|refin|paraphras|correct|summari[sz])ing
    |to\ (?:polish|revise|rewrite|improve))"""
_WRITING = r"""(?:version|articles?|essay|draft|summary|rewrite|translation|text|paragraphs?|abstract|story|poem|e-?mail
    |letter|outline|response|answer|script|post|review|report|overview|introduction|conclusion|description|statement
    |sentences?|passage|list|speech|headlines?|titles?|ideas|examples?|suggestions?|content)"""
_LABELS = "version: | text: | article: | abstract: | essay: | email: | review: | story:"

_CHANGE = r"""(?:modify|expand|revise|adjust|rewrite|elaborate|refine|shorten|tweak|generate|go\ into\ more\ detail
    |make\ (?:any|further|more|additional|the|this|it)\b|add\ (?:a\ section|more\ detail|anything)
    |continue\ (?:the|with|this)|provide\ (?:more|further|additional))"""
_FURTHER = r"""(?:further|additional|more|other)\ (?:
    refinements?|modifications?|adjustments?|edits|revisions?|changes|improvements?|tweaks)"""
_LET_ME_KNOW = r"(?:Please\ )?(?:[Ll]et\ me\ know|[Ff]eel\ free\ to\ (?:let\ me\ know|ask|reach\ out))\ if\ you"
_KEEPS = r"(?:maintain|retain|preserv|keep)\p{L}{1,4}\ (?:the|your|its)\ original\ (?:meaning|tone|intent|message)"

FORMS = (
    _form(
        "an assistant speaks of itself",
        "AI | language model | artificial intelligence | learning model",
        rf"""(?i:\b(?:as|being)\ (?:just\ |only\ |merely\ )?an?\ {_MODEL})(?=(?:,[^.!?\n]{{0,60}}?)?\ (?:I|my|me)\b)
            | (?i:\b{_IM}\ (?:just|only|merely|simply)\ an?\ {_MODEL}\b(?!\ \p{{L}}))
            | (?i:\b{_IM}\ an?\ (?:AI\ (?:language\ model|chatbot)|(?:large\ )?language\ model)\b)""",
        0.97,
    ),
    _form(
        "an assistant tells when it was trained",
        """last update | last knowledge | last training | last data | latest update | latest knowledge | recent update
            | recent knowledge | knowledge cutoff | knowledge cut-off | training cutoff | training cut-off
            | training data""",
        r"""(?i:\b(?:as\ of|up\ to|until|at\ the\ time\ of)\ my\ (?:last|latest|most\ recent)\s
                (?:knowledge\ |training\ |data\ )?(?:update|cut-?off|training)\b
                (?:\ (?:date\ )?(?:in|on)\ (?:\p{L}{3,9}\ )?(?:19|20)\d\d)?)
            | (?i:\bmy\ (?:knowledge|training)(?:\ data)?\ cut-?off\b)
            | (?i:\bmy\ training\ data\ (?:only\ )?(?:goes|extends|includes|ends|runs|is\ current)\b)""",
        0.9,
    ),
    _form(
        "an assistant tells what it cannot do",
        "real-time | internet | personal opinions | personal beliefs | personal feelings | personal experiences",
        r"""(?i:\bI\ (?:do\ not|don['’]t)\ have\ (?:direct\ )?access\ to\ (?:real-time|the\ internet)[^.!?\n]{0,60}+)
            | (?i:\bI\ (?:can(?:['’]t|not)|am\ (?:un|not\ )able\ to)\ (?:browse\ the\ internet
                |access\ (?:real-time|the\ internet))[^.!?\n]{0,60}+)
            | (?i:\bI\ (?:do\ not|don['’]t)\ (?:have|possess)\ personal\ (?:opinions|beliefs|feelings|experiences)
                (?:,?\ (?:or|and|beliefs|opinions|emotions|feelings|preferences|biases)){1,4}+)""",
        0.85,
    ),
    _form(
        "an assistant declines",
        """sorry, but | sorry but | apologize, but | apologise, but | fulfill | fulfil | comply with | use case policy
            | use-case policy | content policy | usage policy | usage policies""",
        rf"""(?i:\b(?:{_IM}\ (?:very\ |really\ )?sorry|I\ apologi[sz]e|sorry),?\ but\ (?:as\ [^,\n]{{1,40}},\ )?
                I\ {_NOT}\ {_DECLINED}\b{_REST})
            | (?i:\bI(?:\ |(?=['’])){_NOT}\ (?:fulfil+|comply\ with)\ (?:this|that|your|the)\ request\b
                {_REST})
            | (?i:\b(?:against|violates?)\ (?:the\ )?OpenAI(?:['’]s)?\ (?:use[ -]case|content|usage)\ polic)\w++""",
        0.93,
        alone=True,
    ),
    _form(
        "an assistant hands its work over",
        _HANDED_OVER,
        rf"""{_INTERJECTION}\s?[!,.]\s{{0,2}}(?:{_GLAD})?{_HERE_IS}\ [^\n:]{{0,120}}?\b{_WRITING}\b
            [^\n:]{{0,160}}+:?[*]{{0,2}}+""",
        0.95,
        "start",
        about=False,
        alone=True,
    ),
    _form(
        "an assistant hands its work over",
        f"here is | here's | here are | below is | {_LABELS}",
        rf"""{_HERE_IS}\ (?:an?|the|your|my|some)\ (?:[\w-]{{1,20}}+,?\ ){{0,4}}?(?:
                (?:{_REWORKED}|requested)\b(?=[^\n:]{{0,60}}?\b{_WRITING}\b)
                |{_AN_ATTEMPT}\b|{_WRITING}\ in\ (?:an?\ )?(?:more\ )?{_REWORKED}\b)[^\n:]{{0,160}}+:[*]{{0,2}}+
            | (?<![^\n])[*_#\ ]{{0,4}}(?i:{_REWORKED}\ {_WRITING}):[*_]{{0,2}}+""",
        0.9,
        "top",
        about=False,
        alone=True,
    ),
    _form(
        "an assistant offers more",
        "let me know | feel free | like me to",
        rf"""{_LET_ME_KNOW}(?:['’]d|\ would)?\ (?:like|want|need|prefer|require)?\ ?(?:for\ )?
                (?:me\ to\ {_CHANGE}|(?:any\ )?{_FURTHER}){_REST}
            | Would\ you\ like\ me\ to\ {_CHANGE}{_REST}""",
        0.85,
        "end",
        alone=True,
    ),
    _form(
        "an assistant explains its changes",
        """original meaning | original tone | original intent | original message | polished | revised | rewritten
            | improved | rephrased | reworded | edited | refined | paraphrased | condensed""",
        rf"""(?:This|The)\ {_REWORKED}\ {_WRITING}\ (?:maintains|retains|preserves|keeps|has|aims|now|provides)\b{_REST}
            | (?:This|The|I['’]ve|I\ have)\ (?:version|revision|rewrite|draft|text|{_REWORKED})\s
                [^.!?\n]{{0,120}}?\b{_KEEPS}{_REST}
            | I(?:['’]ve|\ have)\ {_REWORKED}\ (?:the|your|this)\ {_WRITING}\ (?:
                to\ (?:meet|improve|make|match|ensure|enhance)
                |for\ (?:clarity|grammar|better|improved))[^.!?\n]{{0,200}}+[.!?:]?""",
        0.85,
        "edges",
        alone=True,
    ),
    _form(
        "an assistant takes its leave",
        "hope this helps | hope that helps | anything else | further questions | other questions | further assistance",
        rf"""I\ hope\ (?:this|that)\ helps\b{_REST} | Is\ there\ anything\ else{_REST}
            | {_LET_ME_KNOW}\ (?:have|need|require)\ any\ (?:further|other)\ (?:questions|assistance){_REST}""",
        0.7,
        "end",
        weak=True,
        alone=True,
    ),
    _form(
        "a button of a chat page",
        """regenerate response | stop generating | continue generating | can make mistakes | may produce inaccurate
            | chatgpt said | gemini said | claude said""",
        rf"""\b[Rr]egenerate\ response\b
            | (?<![^\n])[^\S\n]*+(?:(?:Stop|Continue)\ generating|(?:ChatGPT|Gemini|Claude)\ said:)
                (?=[^\S\n]*+(?![^\n]))
            | \b(?:ChatGPT|Gemini|Claude)\ can\ make\ mistakes\b(?:[.,][^.\n]{{0,60}}+\.?)?
            | \bChatGPT\ may\ produce\ inaccurate\ information\b{_REST}""",
        0.95,
        alone=True,
    ),
    _form(
        "a button of a chat page",
        "copy code | new chat | send a message | message chatgpt | good response | bad response | regenerate",
        r"""(?<![^\n])[^\S\n]*+(?:Copy\ code|New\ chat|Send\ a\ message(?:\.{3}|…)?|Message\ ChatGPT|Regenerate
            |(?:Good|Bad)\ response)(?=[^\S\n]*+(?![^\n]))""",
        0.85,
        weak=True,
        alone=True,
    ),
)
