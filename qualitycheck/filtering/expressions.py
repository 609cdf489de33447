"""Conditions on the command line: ``score >= 60 and signals['odd-synonyms.spin_rate'] < .2``.

Own code rather than a library: what is allowed is so little (comparisons, ``and``, ``or``, ``not``, ``in``, sums) that
the list of syntax nodes below says it all, and there is neither an attribute nor a call that could lead out of it.
"""

from __future__ import annotations

import ast
from collections.abc import Mapping
from typing import Any

from qualitycheck.errors import SettingsError, nearest

#: What an expression may name: plain values, and tables that are looked up by text.
VALUES = ("score", "verdict", "words", "language", "id", "source")
TABLES = ("signals", "points", "findings")

_NODES = (
    ast.Expression, ast.BoolOp, ast.And, ast.Or, ast.UnaryOp, ast.Not, ast.USub, ast.BinOp, ast.Add, ast.Sub, ast.Mult,
    ast.Div, ast.Compare, ast.Eq, ast.NotEq, ast.Lt, ast.LtE, ast.Gt, ast.GtE, ast.In, ast.NotIn, ast.Name, ast.Load,
    ast.Constant, ast.Subscript, ast.Tuple, ast.List,
)  # fmt: skip
_LONGEST = 2000


class Unknown(Exception):  # noqa: N818 (no error: the document lacks what the expression asks for)
    """An expression asks for a signal or value that a document does not have."""


class _Table(dict[str, Any]):
    """A table that says what it lacks."""

    def __init__(self, name: str, values: Mapping[str, Any]) -> None:
        super().__init__(values)
        self._name = name

    def __missing__(self, key: str) -> Any:
        raise Unknown(f"the document has no {self._name}['{key}']")


class Expression:
    """A condition over one document's score, signals, points and findings.

    Raises SettingsError, with the place, for what is not one.
    """

    def __init__(self, text: str) -> None:
        self.text = text
        try:
            if len(text) > _LONGEST:
                raise SettingsError(f"where: longer than {_LONGEST:,} characters")
            tree = ast.parse(text.strip(), mode="eval")
            _examine(tree)
            self._code = compile(tree, "<where>", "eval")
        except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
            place = f" at character {error.offset}" if isinstance(error, SyntaxError) and error.offset else ""
            raise SettingsError(f"where: “{text}” is not an expression{place}") from None

    def __call__(self, values: Mapping[str, Any]) -> bool:
        """Whether the condition holds; ``values`` has everything in VALUES and TABLES.

        Raises Unknown where the document lacks what is asked for or it is of the wrong kind.
        """
        names = {name: _Table(name, values[name]) if name in TABLES else values[name] for name in (*VALUES, *TABLES)}
        names["findings"] = _Counts(values["findings"])
        try:
            return bool(eval(self._code, {"__builtins__": {}}, names))
        except (TypeError, ZeroDivisionError, OverflowError) as error:
            raise Unknown(f"it cannot be worked out for this document: {error}") from None


class _Counts(dict[str, int]):
    """Findings by rule; a rule that found nothing counts 0."""

    def __missing__(self, key: str) -> int:
        return 0


def _examine(tree: ast.AST) -> None:
    """Raise SettingsError for anything but what the module allows."""
    for node in ast.walk(tree):
        if not isinstance(node, _NODES):
            raise SettingsError(f"where: {_shown(node)} is not allowed; compare {', '.join((*VALUES, *TABLES))}")
        if isinstance(node, ast.Name) and node.id not in (*VALUES, *TABLES):
            known = [*VALUES, *TABLES]
            raise SettingsError(
                f"where: unknown name “{node.id}”{nearest(node.id, known) or ': there are ' + ', '.join(known)}"
            )
        if isinstance(node, ast.Constant) and not isinstance(node.value, (str, int, float, bool, type(None))):
            raise SettingsError(f"where: {_shown(node)} is not allowed")
        if isinstance(node, ast.Subscript):
            table = isinstance(node.value, ast.Name) and node.value.id in TABLES
            key = isinstance(node.slice, ast.Constant) and isinstance(node.slice.value, str)
            if not (table and key):
                raise SettingsError(f"where: write {', '.join(TABLES)} with a name, as in signals['check.name']")
        if isinstance(node, ast.BinOp):
            for side in (node.left, node.right):
                if isinstance(side, ast.Constant) and isinstance(side.value, str):
                    raise SettingsError("where: text cannot be added or multiplied")
    _no_bare_tables(tree)


def _no_bare_tables(tree: ast.AST) -> None:
    looked_up = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Subscript)}
    # ``'BRC001' in findings`` asks for a key, and is the one use of a table as a whole.
    searched = {
        id(right)
        for node in ast.walk(tree)
        if isinstance(node, ast.Compare)
        for operator, right in zip(node.ops, node.comparators, strict=True)
        if isinstance(operator, (ast.In, ast.NotIn))
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Name) and node.id in TABLES and id(node) not in looked_up | searched:
            raise SettingsError(f"where: {node.id} is a table; write {node.id}['…']")


def _shown(node: ast.AST) -> str:
    try:
        return f"“{ast.unparse(node)}”"
    except Exception:
        return type(node).__name__
