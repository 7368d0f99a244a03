"""Writing Typst: every text becomes a string literal, so that only two signs ever need escaping."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Raw:
    """A piece of Typst code that is put in as it is."""

    code: str


def literal(text: str) -> str:
    """Return a text as a string literal of Typst."""
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def text(words: str) -> str:
    """Return a text as markup that shows exactly this text."""
    return f"#{literal(words)}" if words else ""


def content(markup: str) -> Raw:
    """Return markup as a value of code."""
    return Raw(f"[{markup}]")


def value(thing: object) -> str:
    """Return a Python value as Typst code."""
    if isinstance(thing, Raw):
        return thing.code
    if thing is None:
        return "none"
    if isinstance(thing, bool):
        return "true" if thing else "false"
    if isinstance(thing, int | float):
        return str(thing)
    if isinstance(thing, str):
        return literal(thing)
    if isinstance(thing, dict):
        inner = ", ".join(f"{name}: {value(item)}" for name, item in thing.items())
        return f"({inner or ':'})"
    if isinstance(thing, list | tuple):
        return "(" + "".join(f"{value(item)}, " for item in thing).rstrip(" ") + ")"
    raise TypeError(f"no Typst value: {thing!r}")


def call(function: str, *arguments: object, body: str | None = None, **named: object) -> str:
    """Return a call of a function as markup; `body` is markup for its last argument."""
    inner = [value(argument) for argument in arguments]
    inner += [f"{name.rstrip('_').replace('_', '-')}: {value(argument)}" for name, argument in named.items()]
    block = "" if body is None else f"[{body}]"
    return f"#{function}({', '.join(inner)}){block}"


def code(function: str, *arguments: object, body: str | None = None, **named: object) -> Raw:
    """Return the same call as a value of code."""
    return Raw(call(function, *arguments, body=body, **named)[1:])


def anchor(name: str) -> str:
    """Return an invisible element that links and page numbers can point at."""
    return f"#metadata(none)#label({literal(name)})"
