"""What the engine's state may consist of. Whatever else it holds is refused, not left out. Pure.

Values are written as they are. Everything else is a thing with an identity: what two places share
is shared afterwards. Classes are the integrity package's own, found by name; no code of theirs
runs when they are read.
"""

from __future__ import annotations

import importlib
from array import array
from collections import defaultdict, deque
from collections.abc import Callable
from types import GetSetDescriptorType, MemberDescriptorType
from typing import Any

NONE, BOOL, INT, FLOAT, STR, BYTES, BIG, UNSET = "none", "bool", "int", "float", "str", "bytes", \
    "big", "unset"  # fmt: skip
OBJECT, TUPLE, NAMED, LIST, DICT, DEFAULT, SET, FROZEN, DEQUE, ARRAY = (
    "object", "tuple", "named", "list", "dict", "default", "set", "frozen", "deque", "array",
)  # fmt: skip
OURS = "collector.integrity."
PLAIN: dict[type, str] = {
    type(None): NONE, bool: BOOL, int: INT, float: FLOAT, str: STR, bytes: BYTES,
}  # fmt: skip
CONTAINERS: dict[type, str] = {
    tuple: TUPLE, list: LIST, dict: DICT, defaultdict: DEFAULT, set: SET, frozenset: FROZEN,
    deque: DEQUE, array: ARRAY,
}  # fmt: skip
# What must be whole before anything refers to it: it cannot be filled afterwards.
UNCHANGING = (TUPLE, NAMED, FROZEN)
FACTORIES: dict[str, Callable[[], Any]] = {
    "int": int, "float": float, "str": str, "list": list, "dict": dict, "set": set,
}  # fmt: skip


class Unset:
    """A field that an object does not have yet."""


class NotCarried(TypeError):
    """The state holds something that a snapshot cannot hold."""


class NotReadable(ValueError):
    """This is no snapshot, or none of this code."""


def kind_of(cls: type) -> str:
    """The kind of things of this class. Raises NotCarried."""
    if cls in CONTAINERS:
        return CONTAINERS[cls]
    if cls.__module__.startswith(OURS):
        if issubclass(cls, tuple) and hasattr(cls, "_fields"):
            return NAMED
        # A class that is built on a container holds what is in no field.
        if not issubclass(cls, (*CONTAINERS, int, str, float, bytes)):
            return OBJECT
    raise NotCarried(f"{cls.__module__}.{cls.__qualname__}")


def name_of(cls: type) -> str:
    """How a class of ours is called in a file. Raises NotCarried for one that is not found so."""
    name = f"{cls.__module__}:{cls.__qualname__}"
    if class_named(name) is not cls:
        raise NotCarried(name)
    return name


def class_named(name: str) -> type:
    """The class of ours with this name. Raises NotReadable."""
    module, _, qualified = name.partition(":")
    if not module.startswith(OURS):
        raise NotReadable(name)
    try:
        found = getattr(importlib.import_module(module), qualified, None)
    except ImportError as error:
        raise NotReadable(name) from error
    if not isinstance(found, type) or found.__module__ != module:
        raise NotReadable(name)
    return found


def factory_name(factory: object) -> str:
    """How a defaultdict's factory is called in a file."""
    for name, one in FACTORIES.items():
        if one is factory:
            return name
    if factory is None:
        return ""
    if isinstance(factory, type) and factory.__module__.startswith(OURS):
        return name_of(factory)
    raise NotCarried(f"the factory {factory!r}")


def factory_named(name: str) -> Callable[[], Any] | None:
    """The factory of this name. Raises NotReadable."""
    if not name:
        return None
    return FACTORIES[name] if name in FACTORIES else class_named(name)


def fields_of(cls: type) -> dict[str, Any]:
    """By name, where the objects of a class keep what they hold: slots, and their dictionary."""
    found: dict[str, Any] = {}
    for one in reversed(cls.__mro__):
        for name, place in vars(one).items():
            if isinstance(place, MemberDescriptorType) or (
                name == "__dict__" and isinstance(place, GetSetDescriptorType)
            ):
                found[name] = place
    return found
