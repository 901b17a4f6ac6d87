"""Values are what `dataclasses` would make of their classes; only their making is another."""

from __future__ import annotations

import copy
import dataclasses
import inspect
import os
import pickle
import subprocess
import sys
from functools import cached_property
from typing import Any

import pytest

from disclosure_spec import _values
from disclosure_spec._values import contents
from disclosure_spec.checking.result import RuleOutcome
from disclosure_spec.place import How, Note, Place
from disclosure_spec.wording import Wording

MAKERS = pytest.mark.parametrize("maker", [dataclasses, _values], ids=["dataclasses", "values"])
"""What is asked of both holds of the standard library too, or the test asks for the wrong thing."""


def point(maker: Any) -> Any:
    """Return a class of values with defaults."""

    @maker.dataclass(frozen=True, slots=True)
    class Point:
        """A point."""

        x: int
        y: int = 0
        names: list[str] = maker.field(default_factory=list)

        def moved(self) -> Any:
            """Return the next point."""
            return maker.replace(self, x=self.x + 1)

    return Point


def child(maker: Any) -> Any:
    """Return a class of values that adds a field to those of another."""

    @maker.dataclass(frozen=True, slots=True)
    class Child(point(maker)):  # type: ignore[misc] # a class made by a function
        """A point with a colour."""

        colour: str = "red"

    return Child


@MAKERS
def test_fields_are_given_by_place_or_name(maker: Any) -> None:
    """Fields come in the order of their definition; those left out take their default."""
    made = point(maker)(1, names=["a"])

    assert (made.x, made.y, made.names) == (1, 0, ["a"])
    assert repr(made).endswith("point.<locals>.Point(x=1, y=0, names=['a'])")
    assert point(maker).__doc__ == "A point."


@MAKERS
def test_a_factory_makes_each_default_anew(maker: Any) -> None:
    """Two values never share what a factory made for one of them."""
    kind = point(maker)

    assert kind(1).names == []
    assert kind(1).names is not kind(1).names


@MAKERS
@pytest.mark.parametrize(
    ("given", "named"), [((), {}), ((1, 2, [], 3), {}), ((1,), {"z": 2}), ((1,), {"x": 2})]
)
def test_wrong_arguments_are_refused(maker: Any, given: tuple[Any, ...], named: dict[str, Any]) -> None:
    """A field missing, unknown or given twice is a fault of the program."""
    with pytest.raises(TypeError, match="__init__"):
        point(maker)(*given, **named)


@MAKERS
def test_values_never_change(maker: Any) -> None:
    """Nothing is set, deleted or added."""
    made = point(maker)(1)

    with pytest.raises(dataclasses.FrozenInstanceError, match="x"):
        made.x = 2
    with pytest.raises(dataclasses.FrozenInstanceError, match="x"):
        del made.x
    with pytest.raises((AttributeError, TypeError)):
        made.z = 2
    assert made.x == 1


@MAKERS
def test_values_that_may_change_do(maker: Any) -> None:
    """Without `frozen` a value counts, and is no key, which would be lost when it changes."""

    @maker.dataclass(slots=True)
    class Tally:
        """Something counted."""

        count: int = 0

    kind: Any = Tally
    tally = kind()
    tally.count += 1

    assert tally == kind(1)
    with pytest.raises(TypeError, match="unhashable"):
        hash(tally)


@MAKERS
def test_equal_values_are_one_key(maker: Any) -> None:
    """Values are equal where their class and all their fields are."""
    kind = point(maker)

    assert kind(1, 2) == kind(1, 2) != kind(1, 3)
    assert len({kind(1, 2, ()), kind(1, 2, ()), kind(1, 3, ())}) == 2
    assert kind(1) != point(maker)(1)
    assert kind(1) != (1, 0, [])


@MAKERS
def test_fields_are_inherited(maker: Any) -> None:
    """The fields of a class come after those of the one that it extends."""
    kind = child(maker)

    assert kind.__match_args__ == ("x", "y", "names", "colour")
    assert kind(1, 2, [], "blue").moved() == kind(2, 2, [], "blue")
    assert kind(1).colour == "red"


@MAKERS
def test_without_slots_a_property_is_kept(maker: Any) -> None:
    """A value without `slots` keeps what was reckoned from its fields, and is equal to one that has not."""

    @maker.dataclass(frozen=True)
    class Sum:
        """Two numbers."""

        one: int
        other: int = 1

        @cached_property
        def total(self) -> list[int]:
            """Return their sum, each time the same."""
            return [self.one + self.other]

    kind: Any = Sum
    made = kind(2)

    assert made.total == [3]
    assert made.total is made.total
    assert made == kind(2)


@MAKERS
def test_values_are_taken_apart_by_match(maker: Any) -> None:
    """A pattern names fields in their order, unless they are given by name only."""

    @maker.dataclass(frozen=True, slots=True, kw_only=True)
    class Named:
        """Something with a name."""

        name: str

    match point(maker)(1, 2):
        case object(x=x, y=y):
            assert (x, y) == (1, 2)
    assert point(maker).__match_args__ == ("x", "y", "names")
    named: Any = Named
    assert named.__match_args__ == ()
    with pytest.raises(TypeError):
        named("a")


@MAKERS
def test_a_class_is_asked_about_its_fields(maker: Any) -> None:
    """`dataclasses` and `inspect` tell of a class what they tell of their own."""
    kind = point(maker)

    assert [one.name for one in dataclasses.fields(kind)] == ["x", "y", "names"]
    assert dataclasses.asdict(kind(1)) == {"x": 1, "y": 0, "names": []}
    assert dataclasses.replace(kind(1), y=5) == kind(1, 5) == maker.replace(kind(1), y=5)
    assert list(inspect.signature(kind).parameters) == ["x", "y", "names"]
    assert inspect.signature(kind).parameters["x"].annotation == "int"
    assert dataclasses.is_dataclass(kind)


@pytest.mark.parametrize(
    "value",
    [
        Wording("一", "one"),
        Place(line=1, how=How.SIMILAR),
        Note("code", Wording("一", "one"), Place(page=2), ("/a",)),
    ],
    ids=lambda value: type(value).__name__,
)
@pytest.mark.parametrize("copied", [copy.copy, copy.deepcopy, lambda one: pickle.loads(pickle.dumps(one))])  # noqa: S301 - our own
def test_values_survive_copies_and_pickles(value: Any, copied: Any) -> None:
    """What goes to another process comes back equal, though nothing in it may be set."""
    assert copied(value) == value
    assert hash(copied(value)) == hash(value)


def test_values_are_replaced_by_the_copy_module() -> None:
    """`copy.replace` of later Pythons finds what it asks for."""
    value: Any = Wording("一", "one")

    assert value.__replace__(zh="二") == Wording("二", "one")


def test_contents_are_named() -> None:
    """The fields of a value come with their names, in order."""
    assert list(contents(Wording("一", "one"))) == [("zh", "一"), ("en", "one")]


def test_classes_nobody_uses_compile_nothing() -> None:
    """Until the first value of a class is made, nothing is compiled for it, and `inspect` is not loaded."""
    program = (
        "import sys; from disclosure_spec.checking.result import RuleOutcome;"
        "print(type(vars(RuleOutcome)['__init__']).__name__, {'dataclasses', 'inspect'} & {*sys.modules})"
    )
    # No site: what the packages of this machine import at every start is none of ours.
    done = subprocess.run(
        [sys.executable, "-S", "-c", program],
        env={"PYTHONPATH": os.pathsep.join(sys.path)},
        capture_output=True,
        text=True,
        check=True,
    )

    assert done.stdout.split() == ["_Constructor", "set()"]
    assert "instances" in inspect.signature(RuleOutcome).parameters
