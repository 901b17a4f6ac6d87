"""Dataclasses that cost next to nothing until the first value is made.

`dataclasses` imports `inspect`, and writes and compiles up to six methods for every class, used or not: 5 ms,
and a quarter of a millisecond for each of the fifty classes that a check of one report knows of. Here all
but `__init__` are the same for every class, and that is compiled when it is first asked for. It fills the
slots past the ban on changes, in six tenths of the time. To `fields`, `replace` and `asdict` of `dataclasses`
nothing is different.
"""

from __future__ import annotations

from operator import attrgetter

from disclosure_spec._typing import TYPE_CHECKING, Any, ClassVar, Final

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    # To type checkers there is no difference.
    from dataclasses import dataclass, field, replace

__all__ = ["contents", "dataclass", "field", "replace"]


class _Factory:
    """The default of a field that is made anew for every value."""

    def __init__(self, make: Callable[[], object]) -> None:
        self.make = make


class _Constructor:
    """Stand for the `__init__` of a class until somebody asks for it."""

    def __set_name__(self, owner: type[_Value], name: str) -> None:
        self._owner = owner

    def __get__(self, value: object, owner: type | None = None) -> Any:
        self._owner.__init__ = _compiled(self._owner)  # type: ignore[method-assign] # found from now on instead of this
        return self._owner.__init__ if value is None else self._owner.__init__.__get__(value)


class _Borrowed:
    """Stand for what `dataclasses` notes on a class until somebody asks for it."""

    def __set_name__(self, owner: type, name: str) -> None:
        self._name = name

    def __get__(self, value: object, owner: type[_Value]) -> Any:
        found = getattr(_model(owner), self._name)
        setattr(owner, self._name, found)
        return found


class _Value:
    """What all values have in common; that they never change unless the class says otherwise.

    Attributes:
        __names__: The fields, in the order of their definition.
        __defaults__: What those not given are, `_Factory` included.
        __kw_only__: Whether all are given by name.
        __contents__: Takes the fields out of a value.
    """

    __slots__ = ()
    __names__: ClassVar[tuple[str, ...]] = ()
    __defaults__: ClassVar[Mapping[str, object]] = {}
    __kw_only__: ClassVar[bool] = False
    __contents__: ClassVar[Callable[[object], object]]
    __dataclass_fields__ = _Borrowed()
    __dataclass_params__ = _Borrowed()

    def __setattr__(self, name: str, value: object) -> None:
        raise _frozen(f"cannot assign to field {name!r}")

    def __delattr__(self, name: str) -> None:
        raise _frozen(f"cannot delete field {name!r}")

    def __repr__(self) -> str:
        fields = (f"{name}={getattr(self, name)!r}" for name in self.__names__)
        return f"{type(self).__qualname__}({', '.join(fields)})"

    def __eq__(self, other: object) -> bool:
        if other.__class__ is not self.__class__:
            return NotImplemented
        contents = type(self).__contents__
        return contents(self) == contents(other)

    def __hash__(self) -> int:
        return hash(type(self).__contents__(self))

    def __replace__(self, **changes: object) -> _Value:
        """Do what `copy.replace` asks for from Python 3.13 on."""
        return _replace(self, **changes)

    # Without these two, a copy or a pickle would be filled by assignment, which is forbidden.
    def __getstate__(self) -> tuple[object, ...]:
        return tuple(getattr(self, name) for name in self.__names__)

    def __setstate__(self, state: tuple[object, ...]) -> None:
        for name, value in zip(self.__names__, state, strict=True):
            object.__setattr__(self, name, value)


def _frozen(message: str) -> Exception:
    from dataclasses import FrozenInstanceError  # noqa: PLC0415 - nobody waits for a mistake

    return FrozenInstanceError(message)


def _dataclass(*, frozen: bool = False, slots: bool = False, kw_only: bool = False) -> Callable[[type], type]:
    """Return what turns a class into one of values, as `dataclasses.dataclass` of the same arguments does.

    Args:
        frozen: Whether values never change.
        slots: Whether a value keeps nothing but its fields; those are slots in any case.
        kw_only: Whether all fields are given by name.
    """

    def define(cls: type) -> type:
        members = {name: value for name, value in vars(cls).items() if name not in _OF_INSTANCES}
        inherited = getattr(cls, "__names__", ())
        own = tuple(name for name in members.get("__annotations__", ()) if name not in inherited)
        # A default left in the class would take the place of the slot.
        defaults = {name: members.pop(name) for name in own if name in members}
        names = inherited + own
        members |= {
            "__slots__": own if slots else (*own, "__dict__"),
            "__qualname__": cls.__qualname__,
            "__names__": names,
            "__defaults__": getattr(cls, "__defaults__", {}) | defaults,
            "__kw_only__": kw_only,
            "__contents__": attrgetter(*names),
            "__match_args__": () if kw_only else names,
            "__init__": _Constructor(),
            **({} if frozen else _CHANGING),
        }
        bases = cls.__bases__ if issubclass(cls, _Value) else (*cls.__bases__, _Value)
        return type(cls)(cls.__name__, tuple(one for one in bases if one is not object), members)

    return define


_OF_INSTANCES: Final = frozenset({"__dict__", "__weakref__"})
_CHANGING: Final = {
    "__setattr__": object.__setattr__,
    "__delattr__": object.__delattr__,
    # A key that changes would be lost.
    "__hash__": None,
}


def _field(*, default_factory: Callable[[], object]) -> object:
    """Return the default of a field that is made anew for every value."""
    return _Factory(default_factory)


def _replace(value: _Value, /, **changes: object) -> _Value:
    """Return a copy of a value with some fields changed, as `dataclasses.replace` does."""
    for name in value.__names__:
        if name not in changes:
            changes[name] = getattr(value, name)
    return type(value)(**changes)


def contents(value: Any) -> Iterator[tuple[str, Any]]:
    """Yield the fields of a value, each with its name."""
    return ((name, getattr(value, name)) for name in value.__names__)


def _compiled(cls: type[_Value]) -> Any:
    """Return the `__init__` of a class."""
    known: dict[str, object] = {f"set_{name}": getattr(cls, name).__set__ for name in cls.__names__}
    parameters, lines = ["self", "*"] if cls.__kw_only__ else ["self"], []
    for name in cls.__names__:
        parameter = value = name
        if name in cls.__defaults__:
            known[f"default_{name}"] = default = cls.__defaults__[name]
            parameter = f"{name}=default_{name}"
            if isinstance(default, _Factory):
                value = f"default_{name}.make() if {name} is default_{name} else {name}"
        parameters.append(parameter)
        lines.append(f" set_{name}(self, {value})")
    # Nothing but names that our own classes give to their fields, as with `dataclasses`.
    exec(f"def __init__({', '.join(parameters)}):\n" + "\n".join(lines), known)  # noqa: S102 - see above
    function: Any = known["__init__"]
    function.__module__, function.__qualname__ = cls.__module__, f"{cls.__qualname__}.__init__"
    function.__annotations__ = {name: _annotations(cls)[name] for name in cls.__names__}
    return function


def _annotations(cls: type) -> Mapping[str, Any]:
    found: dict[str, Any] = {}
    for one in reversed(cls.__mro__):
        found |= vars(one).get("__annotations__", {})
    return found


def _model(cls: type[_Value]) -> type:
    """Return a class with the same fields that `dataclasses` has made."""
    import dataclasses  # noqa: PLC0415 - only where it is asked for

    fields: list[tuple[str, Any, Any]] = []
    for name in cls.__names__:
        default = cls.__defaults__.get(name, dataclasses.MISSING)
        own = {"default_factory": default.make} if isinstance(default, _Factory) else {"default": default}
        fields.append((name, _annotations(cls)[name], dataclasses.field(**own)))
    return dataclasses.make_dataclass(
        # What may change is no key, and has no hash.
        cls.__name__,
        fields,
        frozen=cls.__hash__ is not None,
        kw_only=cls.__kw_only__,
    )


if not TYPE_CHECKING:
    dataclass, field, replace = _dataclass, _field, _replace
