"""Small mistakes, made on purpose: what each piece of code could have been instead."""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from types import CodeType
from typing import Any

_COMPARED: dict[type[ast.cmpop], tuple[type[ast.cmpop], ...]] = {
    ast.Lt: (ast.LtE, ast.GtE),
    ast.LtE: (ast.Lt, ast.Gt),
    ast.Gt: (ast.GtE, ast.LtE),
    ast.GtE: (ast.Gt, ast.Lt),
    ast.Eq: (ast.NotEq,),
    ast.NotEq: (ast.Eq,),
    ast.Is: (ast.IsNot,),
    ast.IsNot: (ast.Is,),
    ast.In: (ast.NotIn,),
    ast.NotIn: (ast.In,),
}
_COUNTED: dict[type[ast.operator], type[ast.operator]] = {
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.Mult: ast.Div,
    ast.Div: ast.Mult,
    ast.FloorDiv: ast.Mult,
    ast.Mod: ast.Mult,
}
_CALLED = {"min": "max", "max": "min", "any": "all", "all": "any"}
_NUMBER = re.compile(r"[0-9]+(?:\.[0-9]+)?")
_HOW_LONG_TO_LOOK = 100_000
"""Numbers from here on say when a search gives up: one more or less is no mistake."""
_NOT_RUN = {("AnnAssign", "annotation"), ("arg", "annotation")} | {
    (function, field) for function in ("FunctionDef", "ClassDef") for field in ("returns", "decorator_list")
}


Put = Callable[[ast.AST], None]


@dataclass(frozen=True)
class Mutant:
    """One mistake at one place. `lines`: those of its statement, without what is inside of it.

    `when_read`: it stands outside of every function, so it runs when the file is read.
    """

    line: int
    lines: range
    when_read: bool
    was: str
    becomes: str
    compiled: Callable[[str], CodeType]

    def __str__(self) -> str:
        return f"{self.line}: {self.was}  →  {self.becomes}"


@dataclass(frozen=True)
class _Place:
    node: Any
    put: Put
    statement: ast.stmt
    when_read: bool


def mutants(source: str) -> list[Mutant]:
    """Every mutant of a file, from top to bottom. Words are left alone: they are codes."""
    tree = ast.parse(source)
    found = []
    for place in _places(tree, None, False):
        for new in _instead(place.node):
            ast.fix_missing_locations(ast.copy_location(new, place.node))
            compiled = _compiler(tree, place, new)
            shown = _shown(place.node), _shown(new)
            found.append(Mutant(place.node.lineno, _header(place.statement), place.when_read, *shown, compiled))
    return sorted(found, key=lambda mutant: mutant.line)


def _places(parent: ast.AST, statement: ast.stmt | None, inside: bool) -> Iterator[_Place]:
    for field, value in ast.iter_fields(parent):
        if (type(parent).__name__, field) in _NOT_RUN:
            continue
        within = inside or (isinstance(parent, ast.FunctionDef) and field == "body")
        for place, node in enumerate(value if isinstance(value, list) else [value]):
            if not isinstance(node, ast.AST) or _is_docstring(node):
                continue
            own = node if isinstance(node, ast.stmt) else statement
            if own is not None and hasattr(node, "lineno"):
                yield _Place(node, _putter(parent, field, place if isinstance(value, list) else None), own, not within)
            yield from _places(node, own, within)


def _putter(parent: ast.AST, field: str, place: int | None) -> Put:
    def put(node: ast.AST) -> None:
        if place is None:
            setattr(parent, field, node)
        else:
            getattr(parent, field)[place] = node

    return put


def _compiler(tree: ast.Module, place: _Place, new: ast.AST) -> Callable[[str], CodeType]:
    def compiled(path: str) -> CodeType:
        place.put(new)
        try:
            return compile(tree, path, "exec")
        finally:
            place.put(place.node)

    return compiled


def _instead(node: ast.AST) -> Iterator[ast.AST]:
    match node:
        case ast.Compare(left, [*ops], [*others]):
            for place, op in enumerate(ops):
                for other in _COMPARED[type(op)]:
                    yield ast.Compare(left, [*ops[:place], other(), *ops[place + 1 :]], others)
        case ast.BinOp(left, op, right) if type(op) in _COUNTED:
            yield ast.BinOp(left, _COUNTED[type(op)](), right)
        case ast.BoolOp(op, values):
            yield ast.BoolOp(ast.Or() if isinstance(op, ast.And) else ast.And(), values)
        case ast.UnaryOp(ast.Not() | ast.USub(), operand):
            yield operand
        case ast.Constant(bool() as value):
            yield ast.Constant(not value)
        case ast.Constant(int() as value) if value < _HOW_LONG_TO_LOOK:
            yield ast.Constant(value + 1)
            yield ast.Constant(value - 1)
        case ast.Call(ast.Name("Decimal"), [ast.Constant(str() as text)]) if _NUMBER.fullmatch(text):
            yield ast.Call(ast.Name("Decimal", ast.Load()), [ast.Constant(f"1{text}")], [])
        case ast.Call(ast.Name(name), arguments, keywords) if name in _CALLED:
            yield ast.Call(ast.Name(_CALLED[name], ast.Load()), arguments, keywords)
        case ast.IfExp(test, body, orelse):
            yield ast.IfExp(ast.UnaryOp(ast.Not(), test), body, orelse)
        case ast.stmt():
            yield from _done_instead(node)


def _done_instead(node: ast.stmt) -> Iterator[ast.stmt]:
    match node:
        case ast.Return(value) if value is not None and not (isinstance(value, ast.Constant) and value.value is None):
            yield ast.Return(ast.Constant(None))
        case ast.If(test, body, []):
            yield ast.If(ast.Constant(False), body, [])
        case ast.If(test, body, orelse):
            yield ast.If(ast.UnaryOp(ast.Not(), test), body, orelse)
        case ast.AugAssign(target, op, value) if type(op) in _COUNTED:
            yield ast.AugAssign(target, _COUNTED[type(op)](), value)
        case ast.Continue():
            yield ast.Break()
        case ast.Break():
            yield ast.Continue()


def _is_docstring(node: ast.AST) -> bool:
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)


def _header(statement: ast.stmt) -> range:
    body = getattr(statement, "body", None)
    last = body[0].lineno - 1 if body else statement.end_lineno
    return range(statement.lineno, max(last or 0, statement.lineno) + 1)


def _shown(node: ast.AST) -> str:
    if isinstance(node, ast.If):
        return f"if {ast.unparse(node.test)}"
    text = " ".join(ast.unparse(node).split())
    return text if len(text) <= 90 else f"{text[:88]} …"
