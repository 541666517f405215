"""The tool that changes the rules tells a change that is noticed from one that is not."""

from pathlib import Path

import pytest

from checks import mutants
from checks.mutants import Broken, Place, Target
from checks.mutation import changes

RULE = '''
"""A rule with one bound that nobody tests."""

from dataclasses import dataclass

LEAST = 18


@dataclass(frozen=True)
class Person:
    """Has an age."""

    age: int = 0

    def is_adult(self) -> bool:
        """Eighteen years make an adult."""
        return self.age >= LEAST


def may_enter(person: Person, *, open_now: bool) -> bool:
    """An adult, while it is open."""
    return open_now and person.is_adult()


def doubled(count: int) -> int:
    """Called while the module is imported."""
    return count + count


LARGEST = doubled(7)
'''
TESTS = """
import pytest

from rule import LARGEST, Person, may_enter


@pytest.mark.parametrize(("age", "enters"), [(17, False), (19, True)])
def test_who_may_enter(age, enters):
    assert may_enter(Person(age), open_now=True) is enters


def test_the_largest():
    assert LARGEST == 14
"""


@pytest.fixture
def example(tmp_path: Path) -> Place:
    (tmp_path / "rule.py").write_text(RULE)
    (tmp_path / "test_rule.py").write_text(TESTS)
    (tmp_path / "work").mkdir()
    (tmp_path / "pytest.ini").write_text("[pytest]\n")
    return Place(tmp_path, tmp_path / "work", {"PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"})


def test_what_is_noticed_and_what_survives(example: Place) -> None:
    target = Target("rule", ["test_rule.py"], ["LEAST", "Person.is_adult", "may_enter", "doubled"])
    ended = {
        (change.function, change.before, change.after): (how, test)
        for change, how, test in mutants.try_module(target, example).tried
    }
    assert ended == {
        ("LEAST", "18", "19"): ("survived", ""),
        ("Person.is_adult", "self.age >= LEAST", "self.age > LEAST"): ("survived", ""),
        ("may_enter", "open_now and person.is_adult()", "open_now or person.is_adult()"): (
            "noticed",
            "test_rule.py::test_who_may_enter[17-False]",
        ),
        ("may_enter", "open_now and person.is_adult()", "person.is_adult()"): ("survived", ""),
        ("may_enter", "open_now and person.is_adult()", "open_now"): (
            "noticed",
            "test_rule.py::test_who_may_enter[17-False]",
        ),
        ("doubled", "count + count", "count - count"): ("noticed", "test_rule.py::test_the_largest"),
    }


def test_tests_that_fail_without_a_change_prove_nothing(example: Place) -> None:
    (example.root / "test_rule.py").write_text(
        "def test_wrong():\n    import rule\n    assert not rule.LEAST\n"
    )
    with pytest.raises(Broken, match="test_wrong"):
        mutants.try_module(Target("rule", ["test_rule.py"]), example)


def test_decorators_annotations_and_docstrings_are_left_alone() -> None:
    assert [change.before for change in changes(RULE) if change.function == "Person"] == []
    assert {change.before for change in changes(RULE) if change.function.startswith("Person.")} == {
        "0",
        "self.age >= LEAST",
    }
