"""Whether a text is about language models, or about templates: then it quotes what others leave behind."""

from __future__ import annotations

import functools
from collections.abc import Sequence

import regex

from qualitycheck import Document
from qualitycheck.phrases import PhraseMatcher
from qualitycheck_model_residue.residue import Residue

_MODELS = """chatgpt|gpt|gpt-3|gpt-4|openai|anthropic|llm|chatbot|chatbots|chat bot|language models|ai models|ai tools
    |ai assistants|ai chatbot|ai chatbots|ai systems|ai content|ai writing|ai refusal|ai refusals|generative ai
    |ai-generated|ai generated|generative models|prompt engineering|prompt injection|large language model|jailbreak
    |tokenizer|chat template|special tokens|paper mill|paper mills|hallucinations"""
# Pages of templates say so somewhere; other texts that show a form say so beside it.
_PAGE_OF_TEMPLATES = regex.compile(
    r"(?i)\b(?:templates?|placeholders?|(?:cover|form|sample|example) letters?|sample (?:text|entry|e-?mails?)"
    r"|fill[- ]in|square brackets|mad ?libs?)\b"
)
_SHOWN = regex.compile(
    r"(?i)\b(?:filled in|boilerplate|your own words|(?:format|layout|structure) (?:of|for) (?:a|the|your)|brackets"
    r"|replace the (?:text|words?)|citation style|works cited|bibliograph\w+)\b"
)
_NEAR = 800  # code points on either side


def is_about_models(document: Document, said: Sequence[Residue], left: Sequence[Residue]) -> bool:
    """Whether the text speaks of language models, in other sentences than those of ``said`` and beside ``left``."""
    spans = [_sentence(document, each.start) for each in said] + [(each.start, each.end) for each in left]
    for start, end, _ in _matcher().find(document.tokens):
        if not any(low <= start and end <= high for low, high in spans):
            return True
    return False


def is_page_of_templates(text: str) -> bool:
    """Whether the text speaks of templates."""
    return _PAGE_OF_TEMPLATES.search(text) is not None


def shows_a_form(text: str, start: int, end: int) -> bool:
    """Whether the words around a span show how to write something."""
    return _SHOWN.search(text, max(0, start - _NEAR), min(len(text), end + _NEAR)) is not None


def _sentence(document: Document, place: int) -> tuple[int, int]:
    sentences = document.sentences
    index = max(0, int(sentences[:, 0].searchsorted(place, side="right")) - 1)
    return int(sentences[index, 0]), int(sentences[index, 1])


@functools.cache
def _matcher() -> PhraseMatcher:
    return PhraseMatcher(" ".join(each.split()) for each in _MODELS.split("|"))
