"""Puts a changed module in the place of the one that runs, without importing anything again.

Functions keep their identity and get the new code, so whoever imported one runs the mutant. Numbers
and tables of numbers are replaced in every module that took them over by name. There is no way
back: a process that did this ends (`hunt.py` forks).
"""

from __future__ import annotations

import ast
import functools
import sys
from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass
from types import FunctionType, ModuleType
from typing import Any

PLAIN = (bool, int, float, str, tuple, dict, frozenset)


def put(name: str, tree: ast.Module, more: Mapping[str, Any] | None = None) -> None:
    """From now on the module `name` is what `tree` says. `more`: names that its code may use."""
    module = sys.modules[name]
    space = {"__name__": name, "__file__": module.__file__, "__doc__": None, **(more or {})}
    exec(compile(tree, str(module.__file__), "exec"), space)
    module.__dict__.update(more or {})
    new = dict(_functions(space, name))
    for path, function in _functions(module.__dict__, name):
        if path in new:
            function.__code__ = new[path].__code__
            function.__defaults__ = new[path].__defaults__
            function.__kwdefaults__ = new[path].__kwdefaults__
    for key, value in space.items():
        made = _of_the_old_class(module, value) if is_dataclass(type(value)) else value
        if not key.startswith("__") and (made is not value or isinstance(value, PLAIN)):
            _spread(module, key, made)


def _of_the_old_class(module: ModuleType, value: Any) -> Any:
    """The same value of the class that others compare with and ask for."""
    if type(value).__module__ != module.__name__:
        return value
    given = {one.name: getattr(value, one.name) for one in fields(value) if one.init}
    return getattr(module, type(value).__name__)(**given)


def _spread(module: ModuleType, key: str, value: Any) -> None:
    before = module.__dict__.get(key)
    if before == value:
        return
    for other in list(sys.modules.values()):
        names = getattr(other, "__dict__", {})
        if other.__name__.startswith(("collector.", "tests.")) and names.get(key) is before:
            names[key] = value
    module.__dict__[key] = value


def _functions(space: Mapping[str, Any], name: str) -> Iterator[tuple[str, FunctionType]]:
    """The functions and methods that are the module's own, by their path in it."""
    for key, value in list(space.items()):
        if getattr(value, "__module__", None) != name:
            continue
        if isinstance(value, type):
            for inner, method in vars(value).items():
                if (function := _plain(method)) is not None:
                    yield f"{key}.{inner}", function
        elif (function := _plain(value)) is not None:
            yield key, function


def _plain(thing: Any) -> FunctionType | None:
    if isinstance(thing, property):
        thing = thing.fget
    elif isinstance(thing, functools.cached_property):
        thing = thing.func
    elif isinstance(thing, staticmethod | classmethod):
        thing = thing.__func__
    while hasattr(thing, "__wrapped__"):
        thing = thing.__wrapped__
    own = isinstance(thing, FunctionType) and not thing.__code__.co_filename.startswith("<")
    return thing if own else None
