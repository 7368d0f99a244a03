"""Values as YAML text: plain where that is unmistakable, quoted where any reader could take it for something else."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from typing import Any

from mkdocs_guidebook.content.fields import Form
from mkdocs_guidebook.content.source import Source
from mkdocs_guidebook.content.yaml12 import Plain, parse
from mkdocs_guidebook.problems import Problem

# What YAML 1.1 or 1.2 takes for a number, a truth value, nothing or a time when it is not in quotes.
_SOMETHING_ELSE = re.compile(
    r"[-+]?[0-9][0-9_,]*(\.[0-9_]*)?([eE][-+]?[0-9]+)?|[-+]?\.[0-9_]+([eE][-+]?[0-9]+)?"
    r"|0x[0-9a-fA-F_]+|0o?[0-7_]+|0b[01_]+|[-+]?[0-9][0-9_]*(:[0-5]?[0-9])+(\.[0-9_]*)?"
    r"|[-+]?\.(inf|nan)|~|null|true|false|yes|no|on|off|y|n|=|<<",
    re.I,
)
_DATE = re.compile(r"[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}([Tt ].*)?")
_PLAIN_FORMS = frozenset((Form.DATE, Form.ANY_DATE, Form.CSL_DATE))


def scalar(value: str | bool | int | float, form: Form | None = None, *, flow: bool = False) -> str:
    """Return one value as it is written behind a key or a dash; with `flow`, inside brackets.

    Text that some reader of YAML would take for a number or a truth value gets quotes; dates of a date field
    need none.
    """
    if not isinstance(value, str):
        return json.dumps(value)
    is_plain = _reads_back(value, flow=flow) and (
        (not _SOMETHING_ELSE.fullmatch(value) and not _DATE.fullmatch(value))
        or (form in _PLAIN_FORMS and re.fullmatch(r"[0-9]{4}-[0-9-]+", value) is not None)
        or (form is Form.COUNTRY and value == "NO")
    )
    if is_plain:
        return value
    if "\n" in value or "'" in value or not value.isprintable():
        return json.dumps(value, ensure_ascii=False)
    return f'"{value}"' if not re.search(r'["\\]', value) else f"'{value}'"


def _reads_back(text: str, *, flow: bool) -> bool:
    """Whether the text without quotes is read as the same text."""
    if "\n" in text or text.startswith(("---", "...")):
        return False
    line = f"[{text}, x]" if flow else f"- {text}"
    problems: list[Problem] = []
    value = parse(Source("", f"{line}\n"), 0, len(line) + 1, problems).value
    if problems or not isinstance(value, list) or len(value) != (2 if flow else 1):
        return False
    return isinstance(value[0], Plain) and value[0] == text


def pair(key: str, value: Any, form: Form | None = None, indent: str = "") -> list[str]:
    """Return the lines of a key with its value: text, a number, a list or a group."""
    if isinstance(value, Mapping):
        inner = [line for name, item in value.items() for line in pair(name, item, form, indent + "  ")]
        return [f"{indent}{key}:", *inner] if inner else [f"{indent}{key}: {{}}"]
    if isinstance(value, Sequence) and not isinstance(value, str):
        return _list(key, value, form, indent)
    if isinstance(value, str) and "\n" in value.strip():
        lines = [f"{indent}  {line}".rstrip() for line in value.strip().split("\n")]
        return [
            f"{indent}{key}: |-" if not lines[0].startswith(f"{indent}   ") else f"{indent}{key}: |2-",
            *lines,
        ]
    return [f"{indent}{key}: {scalar(value, form)}"]


def _list(key: str, items: Sequence[Any], form: Form | None, indent: str) -> list[str]:
    if all(isinstance(item, (str, int, float)) and " " not in str(item) for item in items):
        return [f"{indent}{key}: [{', '.join(scalar(item, form, flow=True) for item in items)}]"]
    lines = [f"{indent}{key}:"]
    for item in items:
        if isinstance(item, Mapping):
            inner = [line for name, one in item.items() for line in pair(name, one, form, indent + "    ")]
            lines += [f"{indent}  - {inner[0].lstrip()}", *inner[1:]]
        elif isinstance(item, Sequence) and not isinstance(item, str):
            lines.append(f"{indent}  - {json.dumps(list(item), ensure_ascii=False)}")
        else:
            text = " ".join(item.split()) if isinstance(item, str) else item
            lines.append(f"{indent}  - {scalar(text, form)}")
    return lines
