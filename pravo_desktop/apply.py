"""Use cases as lines of JSON: what the window does by a click, a script does by a line."""

import dataclasses
import inspect
import json
import re
import types
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Annotated, Any, Union, get_args, get_origin, get_type_hints

from db.session import Session
from pravo_desktop.domain.records import Record
from pravo_desktop.domain.versions import new_id
from pravo_desktop.errors import KnownError
from pravo_desktop.usecases import (
    accounts,
    cases,
    decisions,
    events,
    months,
    participants,
    registers,
    staff,
    trust,
)
from pravo_desktop.usecases.actor import USE_CASES, Actor, UseCase

ROOMS = (cases, participants, events, staff, registers, months, decisions, trust, accounts)
"""The modules whose use cases lines may name, in the order of the contract."""

_NOT_OFFERED = frozenset({"add_account"})
"""An account needs its key slot too: the command ``account add`` makes both."""

_UUID = re.compile(r"[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}", re.ASCII)
_KEYS = frozenset({"use_case", "args", "as"})
_PLAIN = {str: "text", int: "whole number", bool: "true or false", date: "date YYYY-MM-DD"}


@dataclass(frozen=True)
class Argument:
    """One argument of a use case or one field of a form.

    Args:
        required: must be given; the `id` of a record is made when it is not.
        expected: what it takes, in words.
    """

    name: str
    type: Any
    required: bool
    expected: str


def offered() -> dict[str, UseCase]:
    """The use cases that can be told in JSON, by name, in the order of the contract."""
    listed = {}
    for room in ROOMS:
        for name, case in USE_CASES.items():
            here = case.run.__module__ == room.__name__
            if here and name not in _NOT_OFFERED and _tellable(case.run):
                listed[name] = case
    return listed


def apply_lines(
    session: Session, actor: Actor, lines: Iterable[bytes]
) -> Iterator[dict[str, object]]:
    """Run one use case a line, each its own transaction; a failed one stops nobody.

    Args:
        lines: UTF-8 JSON objects, see `apply_line`; empty lines are passed over.

    Yields:
        the result of each line as it goes into JSON: ``line`` (from 1), ``ok``, then ``result`` or
        ``code`` with its parameters.
    """
    names: dict[str, object] = {}
    for number, text in enumerate(lines, start=1):
        if not text.strip():
            continue
        try:
            result = apply_line(session, actor, read_line(text), names)
            yield {"line": number, "ok": True, "result": as_json(result)}
        except KnownError as error:
            yield {"line": number, "ok": False, **error_as_json(error)}


def read_line(text: bytes) -> dict[str, Any]:
    """A line's JSON object.

    Raises:
        KnownError: ``line_malformed``.
    """
    try:
        line = json.loads(text.decode("utf-8-sig"), parse_constant=_no_such_number)
    except (ValueError, RecursionError) as error:
        raise KnownError("line_malformed") from error
    if not isinstance(line, dict):
        raise KnownError("line_malformed")
    return line


def _no_such_number(name: str) -> None:
    raise ValueError(name)


def apply_line(
    session: Session, actor: Actor, line: Mapping[str, Any], names: dict[str, object]
) -> object:
    """Run the use case of one line; returns what it returned.

    Args:
        line: ``use_case``, ``args`` and perhaps ``as``, a name for the result. A text in ``args``
            that equals ``@name`` or ``@name.field.0`` is replaced by an earlier result or a part
            of it; a text with ``@`` before a name never given stays as it is.
        names: results by name; the line's own is added.

    Raises:
        KnownError: ``line_malformed``, ``use_case_unknown``, ``argument_unknown``,
            ``argument_missing``, ``argument_invalid``, ``reference_failed``, ``reference_unknown``,
            or what the use case raises.
    """
    label, args = line.get("as"), line.get("args", {})
    if (
        line.keys() - _KEYS
        or not isinstance(args, Mapping)
        or not isinstance(line.get("use_case"), str)
        or not (label is None or isinstance(label, str))
    ):
        raise KnownError("line_malformed")
    if label is not None:
        names[label] = _FAILED
    case = _case(line["use_case"])
    given = _resolved(args, names)
    result = case.run(session, actor, **_values(arguments_of(case.run), given, ""))
    if label is not None:
        names[label] = result
    return result


_FAILED = object()


def _case(name: str) -> UseCase:
    case = _offered().get(name)
    if case is None:
        raise KnownError("use_case_unknown", use_case=name)
    return case


@cache
def _offered() -> dict[str, UseCase]:
    return offered()


def _resolved(value: Any, names: Mapping[str, object]) -> Any:
    if isinstance(value, Mapping):
        return {key: _resolved(item, names) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_resolved(item, names) for item in value]
    if not (isinstance(value, str) and value.startswith("@")):
        return value
    name, *path = [value[1:]] if value[1:] in names else value[1:].split(".")
    if name not in names:
        return value
    found = names[name]
    if found is _FAILED:
        raise KnownError("reference_failed", reference=value)
    for step in path:
        found = _part(found, step, value)
    return as_json(found)


def _part(whole: object, step: str, reference: str) -> object:
    if dataclasses.is_dataclass(whole) and step in {one.name for one in dataclasses.fields(whole)}:
        return getattr(whole, step)
    if isinstance(whole, Mapping) and step in whole:
        return whole[step]
    if isinstance(whole, tuple | list) and step.isdecimal() and int(step) < len(whole):
        return whole[int(step)]
    raise KnownError("reference_unknown", reference=reference)


# --- From JSON to the types of a use case --------------------------------------------------


@cache
def arguments_of(function: Callable[..., Any]) -> tuple[Argument, ...]:
    """The arguments of a use case beyond session and actor, or the fields of a form or record."""
    hints = get_type_hints(function)
    parameters = inspect.signature(function).parameters.values()
    record = isinstance(function, type) and issubclass(function, Record)
    return tuple(
        Argument(
            one.name,
            hints[one.name],
            one.default is one.empty and not (record and one.name == "id"),
            expectation(hints[one.name]),
        )
        for one in parameters
        if one.kind is one.KEYWORD_ONLY
    )


def forms_of(function: Callable[..., Any]) -> list[type]:
    """The forms and records that a use case takes, those inside others after them."""
    found: list[type] = []
    for one in arguments_of(function):
        kind = _innermost(one.type)
        if _is_form(kind):
            found += [kind, *forms_of(kind)]
    return found


def _innermost(kind: Any) -> Any:
    plain, _ = _without_none(kind)
    return _innermost(get_args(plain)[0]) if get_origin(plain) is tuple else plain


def _tellable(function: Callable[..., Any]) -> bool:
    hints = get_type_hints(function)
    return all(
        _known(hints[one.name])
        for one in inspect.signature(function).parameters.values()
        if one.kind is one.KEYWORD_ONLY
    )


def _known(kind: Any) -> bool:
    kind, _ = _without_none(kind)
    if get_origin(kind) is tuple:
        return _known(get_args(kind)[0])
    if get_origin(kind) is Mapping:
        return get_args(kind) == (str, str)
    if kind in _PLAIN:
        return True
    return _is_form(kind) and _tellable(kind)


def _is_form(kind: Any) -> bool:
    """A dataclass made of named arguments alone, as all forms and records are."""
    return dataclasses.is_dataclass(kind) and all(one.kw_only for one in dataclasses.fields(kind))


def _without_none(kind: Any) -> tuple[Any, bool]:
    if get_origin(kind) is Annotated:
        return _without_none(get_args(kind)[0])
    if get_origin(kind) in (Union, types.UnionType):
        inner = [one for one in get_args(kind) if one is not types.NoneType]
        return (_without_none(inner[0])[0], True) if len(inner) == 1 else (kind, True)
    return kind, False


def expectation(kind: Any) -> str:
    """What a type takes, in words for the contract and for errors."""
    kind, optional = _without_none(kind)
    suffix = " or null" if optional else ""
    if get_origin(kind) is tuple:
        return f"list of {expectation(get_args(kind)[0])}{suffix}"
    if get_origin(kind) is Mapping:
        return f"object of texts{suffix}"
    return (_PLAIN.get(kind) or kind.__name__) + suffix


def _values(expected: tuple[Argument, ...], given: Mapping[str, Any], path: str) -> dict[str, Any]:
    known = {one.name for one in expected}
    for name in given:
        if name not in known:
            raise KnownError("argument_unknown", argument=path + name)
    values = {}
    for one in expected:
        if one.name in given:
            values[one.name] = _value(one.type, given[one.name], path + one.name)
            if one.name == "id" or one.name.endswith("_id"):
                _check_id(values[one.name], path + one.name)
        elif one.required:
            raise KnownError("argument_missing", argument=path + one.name)
    return values


def _check_id(value: object, path: str) -> None:
    if value is not None and not (isinstance(value, str) and _UUID.fullmatch(value)):
        raise KnownError("argument_invalid", argument=path, expected="id")


def _value(kind: Any, given: Any, path: str) -> Any:
    plain, optional = _without_none(kind)
    if given is None and optional:
        return None
    if get_origin(plain) is tuple and isinstance(given, list):
        inner = get_args(plain)[0]
        return tuple(_value(inner, item, f"{path}.{i}") for i, item in enumerate(given))
    if get_origin(plain) is Mapping and isinstance(given, Mapping):
        return {
            _value(str, key, path): _value(str, item, f"{path}.{key}")
            for key, item in given.items()
        }
    if _is_form(plain) and isinstance(given, Mapping):
        values = _values(arguments_of(plain), given, f"{path}.")
        if issubclass(plain, Record):
            values.setdefault("id", new_id())
        return plain(**values)
    if plain is date and isinstance(given, str) and _DAY.fullmatch(given):
        with suppress(ValueError):
            return date.fromisoformat(given)
    elif type(given) is plain and not (plain is str and _HALF_CHARACTER.search(given)):
        return given
    raise KnownError("argument_invalid", argument=path, expected=expectation(kind))


_DAY = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
_HALF_CHARACTER = re.compile("[\ud800-\udfff]")
"""JSON may hold half of a surrogate pair; a database cannot."""


# --- From results to JSON ------------------------------------------------------------------


def as_json(value: object) -> Any:
    """A result as JSON knows it: dataclasses as objects without their bytes, dates as ISO text."""
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {
            one.name: as_json(getattr(value, one.name))
            for one in dataclasses.fields(value)
            if one.repr and not isinstance(getattr(value, one.name), bytes)
        }
    if isinstance(value, Mapping):
        return {str(key): as_json(item) for key, item in value.items()}
    if isinstance(value, set | frozenset):
        return sorted(as_json(item) for item in value)
    if isinstance(value, list | tuple):
        return [as_json(item) for item in value]
    if isinstance(value, date):
        return value.isoformat()
    return value if value is None or isinstance(value, str | int | float) else str(value)


def error_as_json(error: KnownError) -> dict[str, Any]:
    """A known error as JSON: ``code`` and the parameters beside it."""
    return {"code": error.code, **as_json(error.params)}
