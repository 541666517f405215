"""What can be changed in the source of a rule: one operator, one number, or one check taken away.

Decorators, annotations and docstrings are left alone: nobody's test should notice them.
"""

import ast
from collections import Counter
from collections.abc import Iterator
from copy import copy
from dataclasses import dataclass
from typing import TypeVar

SWAPS: dict[type[ast.AST], type[ast.AST]] = {
    ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt, ast.Eq: ast.NotEq, ast.NotEq: ast.Eq,
    ast.In: ast.NotIn, ast.NotIn: ast.In, ast.Is: ast.IsNot, ast.IsNot: ast.Is,
    ast.Add: ast.Sub, ast.Sub: ast.Add, ast.Mult: ast.Add, ast.FloorDiv: ast.Mult, ast.Mod: ast.FloorDiv,
    ast.BitOr: ast.BitAnd, ast.BitAnd: ast.BitOr, ast.And: ast.Or, ast.Or: ast.And,
}  # fmt: skip
NAMES = {"any": "all", "all": "any", "min": "max", "max": "min"}
NARROWING = {"filter", "exclude"}
NOT_CODE = {"decorator_list", "annotation", "returns", "type_comment", "type_params"}
LEAVING = (ast.Raise, ast.Return, ast.Continue, ast.Break)
Node = TypeVar("Node", bound=ast.AST)
Function = ast.FunctionDef | ast.AsyncFunctionDef


@dataclass(frozen=True)
class Change:
    """One change: where, what stood there, what stands there now; the n-th of its like in its function."""

    number: int
    line: int
    function: str
    runs_when_called: bool
    before: str
    after: str
    nth: int


@dataclass(frozen=True)
class _Site:
    """A node, how its parent holds it, and the function or class around it."""

    parent: ast.AST
    field: str
    index: int | None
    node: ast.AST
    function: str
    runs_when_called: bool

    def put(self, node: ast.AST) -> None:
        """Set another node in the place of this one."""
        if self.index is None:
            setattr(self.parent, self.field, node)
        else:
            getattr(self.parent, self.field)[self.index] = node


def changes(source: str) -> list[Change]:
    """Return every single change that can be made to the source."""
    found: list[Change] = []
    alike: Counter[tuple[str, str, str]] = Counter()
    for number, (site, variant) in enumerate(_pairs(ast.parse(source))):
        before, after = _text(site.node), _text(variant)
        alike[site.function, before, after] += 1
        line = int(getattr(site.node, "lineno", 0) or getattr(site.parent, "lineno", 0))
        nth = alike[site.function, before, after]
        found.append(Change(number, line, site.function, site.runs_when_called, before, after, nth))
    return found


def changed(source: str, number: int) -> ast.Module:
    """Return the syntax tree with one change made."""
    tree = ast.parse(source)
    site, variant = list(_pairs(tree))[number]
    site.put(ast.copy_location(variant, site.node))
    return ast.fix_missing_locations(tree)


def watched(source: str, ran: str) -> ast.Module:
    """Return the tree in which each function adds its name to the set `ran` when it is called."""
    tree = ast.parse(source)
    for name, function in functions(tree):
        note = ast.parse(f"{ran}.add({name!r})").body[0]
        function.body.insert(0, ast.copy_location(note, function.body[0]))
    return ast.fix_missing_locations(tree)


def functions(node: ast.AST, prefix: str = "") -> Iterator[tuple[str, Function]]:
    """Yield the functions that do not lie in another one, with their qualified names."""
    for child in ast.iter_child_nodes(node):
        if isinstance(child, Function):
            yield prefix + child.name, child
        elif isinstance(child, ast.ClassDef):
            yield from functions(child, f"{prefix}{child.name}.")
        elif not isinstance(child, ast.expr):
            yield from functions(child, prefix)


def _pairs(tree: ast.Module) -> Iterator[tuple[_Site, ast.AST]]:
    for site in _sites(tree, "", runs_when_called=False):
        for variant in _variants(site.node):
            yield site, variant


def _sites(node: ast.AST, function: str, *, runs_when_called: bool) -> Iterator[_Site]:
    """Yield each place in code; what a default value or a class says runs at import, not when called."""
    for field, value in ast.iter_fields(node):
        if field in NOT_CODE:
            continue
        name, called = function, runs_when_called
        if not called and field == "value" and isinstance(node, ast.Assign | ast.AnnAssign):
            target = node.target if isinstance(node, ast.AnnAssign) else node.targets[0]
            name = f"{function}.{ast.unparse(target)}".lstrip(".")
        if not called and field == "body" and isinstance(node, Function | ast.ClassDef):
            name, called = f"{function}.{node.name}".lstrip("."), isinstance(node, Function)
        for index, child in enumerate(value) if isinstance(value, list) else [(None, value)]:
            if isinstance(child, ast.AST):
                yield _Site(node, field, index, child, name, called)
                yield from _sites(child, name, runs_when_called=called)


def _variants(node: ast.AST) -> Iterator[ast.AST]:
    match node:
        case ast.Compare() | ast.BoolOp() | ast.BinOp() | ast.AugAssign() | ast.UnaryOp():
            yield from _variants_of_operator(node)
        case ast.If() | ast.IfExp():
            yield from _variants_of_choice(node)
        case ast.comprehension():
            for index in range(len(node.ifs)):
                yield _with(node, ifs=_but(node.ifs, index))
        case ast.Call():
            yield from _variants_of_call(node)
        case ast.Expr(value=ast.Call()):
            yield ast.Pass()
        case ast.Constant(value=bool() as value):
            yield ast.Constant(not value)
        case ast.Constant(value=int() as number):
            yield ast.Constant(number + 1)


def _variants_of_operator(node: ast.AST) -> Iterator[ast.AST]:
    match node:
        case ast.Compare():
            for index, op in enumerate(node.ops):
                if type(op) in SWAPS:
                    yield _with(node, ops=[*node.ops[:index], SWAPS[type(op)](), *node.ops[index + 1 :]])
        case ast.BoolOp():
            yield _with(node, op=SWAPS[type(node.op)]())
            for index in range(len(node.values)):
                left = _but(node.values, index)
                yield left[0] if len(left) == 1 else _with(node, values=left)
        case ast.BinOp() | ast.AugAssign() if type(node.op) in SWAPS:
            yield _with(node, op=SWAPS[type(node.op)]())
        case ast.UnaryOp(op=ast.Not()):
            yield node.operand


def _variants_of_choice(node: ast.If | ast.IfExp) -> Iterator[ast.AST]:
    """A check that leaves the function is removed; a choice without an operator in it is turned round."""
    if isinstance(node, ast.If) and isinstance(node.body[-1], LEAVING):
        yield _with(node, test=ast.Constant(False))
    if isinstance(node.test, ast.Name | ast.Attribute | ast.Call | ast.Subscript):
        yield _with(node, test=ast.UnaryOp(ast.Not(), node.test))


def _variants_of_call(node: ast.Call) -> Iterator[ast.AST]:
    match node.func:
        case ast.Attribute(attr="may"):
            yield ast.Constant(True)
        case ast.Name(id=name) if name in NAMES:
            yield _with(node, func=ast.Name(NAMES[name], ast.Load()))
        case ast.Attribute(attr=name) if name in NARROWING:
            for index in range(len(node.args)):
                yield _with(node, args=_but(node.args, index))
            for index in range(len(node.keywords)):
                yield _with(node, keywords=_but(node.keywords, index))


def _but(items: list[Node], index: int) -> list[Node]:
    return items[:index] + items[index + 1 :]


def _with(node: ast.AST, **fields: object) -> ast.AST:
    other = copy(node)
    for name, value in fields.items():
        setattr(other, name, value)
    return other


def _text(node: ast.AST) -> str:
    """The node in one line; of a choice its condition, of a longer statement its beginning."""
    if isinstance(node, ast.If):
        return f"if {ast.unparse(node.test)}"
    return " ".join(ast.unparse(ast.fix_missing_locations(node)).split())
