"""The faults: what mutmut's operators make of a file, each as the whole file with that fault."""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import libcst as cst
from mutmut.mutation.mutators import mutation_operators

QUIET = {"logger", "logging"}
"""What is called on these is nobody's promise."""


@dataclass(frozen=True)
class Mutant:
    """One fault: its number among those of the file, and what stands there instead."""

    number: int
    module: cst.Module
    node: cst.CSTNode
    changed: cst.CSTNode

    @property
    def code(self) -> str:
        """The whole file with it."""
        return self.module.deep_replace(self.node, self.changed).code  # type: ignore[arg-type]


def mutants(source: str, names: Sequence[str] = ()) -> list[Mutant]:
    """Every fault that mutmut's operators know for these parts of a file."""
    module = cst.parse_module(source)
    made = (
        (node, changed)
        for node in _places(module, names)
        for kind, operator in mutation_operators
        if isinstance(node, kind)
        for changed in operator(node)
    )
    return [Mutant(number, module, *pair) for number, pair in enumerate(made, 1)]


def _places(module: cst.Module, names: Sequence[str]) -> Iterator[cst.CSTNode]:
    for statement in module.body:
        if not names or _name(statement) in names:
            yield from _inside(statement)


def _name(statement: cst.CSTNode) -> str:
    """What a statement at the top of a file defines."""
    if isinstance(statement, cst.FunctionDef | cst.ClassDef):
        return statement.name.value
    assigned = statement.body[0] if isinstance(statement, cst.SimpleStatementLine) else None
    match assigned:
        case cst.Assign(targets=[cst.AssignTarget(target=cst.Name(value=name)), *_]):
            return name
        case cst.AnnAssign(target=cst.Name(value=name)):
            return name
    return ""


def _inside(node: cst.CSTNode) -> Iterator[cst.CSTNode]:
    if _left_alone(node):
        return
    yield node
    for child in node.children:
        yield from _inside(child)


def _left_alone(node: cst.CSTNode) -> bool:
    match node:
        case cst.Annotation() | cst.Decorator() | cst.Import() | cst.ImportFrom():
            return True
        case cst.If(test=cst.Name("TYPE_CHECKING")):
            return True
        case cst.Assign(value=cst.Subscript(value=cst.Name(value=name))):
            return name[:1].isupper()  # a type with another name
        case cst.Assign(value=cst.Call(func=cst.Name("TypeVar"))):
            return True
        case cst.AnnAssign(annotation=cst.Annotation(annotation=cst.Name("TypeAlias"))):
            return True
        case cst.Assign(targets=[cst.AssignTarget(target=cst.Name("logger" | "extra"))]):
            return True
        case cst.Call(func=cst.Name(value=name)) | cst.Call(func=cst.Attribute(value=cst.Name(value=name))):
            return name in QUIET
    return False


def difference(before: str, after: str) -> str:
    """The lines that a fault changes."""
    lines = difflib.unified_diff(before.splitlines(), after.splitlines(), lineterm="", n=1)
    return "\n".join(line for line in lines if not line.startswith(("---", "+++")))
