"""Whatever article a rule names as its law, some test is marked with it."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
ARTICLE = re.compile(r"art\. (\d+[a-z]?(?:\(\d+\))?)")
DOCUMENTED = (ast.Module, ast.ClassDef, ast.FunctionDef)


def _named_by_rules() -> dict[str, str]:
    """Each article that a docstring of a rule names, with the file."""
    return {
        article: str(file.relative_to(ROOT))
        for file in sorted(ROOT.glob("starostwo/*/rules/*.py"))
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(node, DOCUMENTED)
        for article in ARTICLE.findall(ast.get_docstring(node) or "")
    }


def _marked() -> Iterator[str]:
    """Each article that stands in a mark above a test."""
    for file in ROOT.glob("tests/**/test_*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef) and node.name.startswith("test_"):
                for mark in node.decorator_list:
                    if "law" in ast.dump(mark):
                        yield from ARTICLE.findall(ast.unparse(mark))


def test_each_article_that_a_rule_names_is_proved() -> None:
    marked = set(_marked())

    unproved = {article: file for article, file in _named_by_rules().items() if article not in marked}

    assert len(marked) > 20
    assert unproved == {}
