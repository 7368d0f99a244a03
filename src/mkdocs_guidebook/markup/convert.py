"""Markdown → HTML with our marks, used by the site and by print alike.

The HTML is cleaned at the end by an allow-list (nh3), so whatever a contributed text contains, no script,
form, frame, style or event handler comes out.
"""

from __future__ import annotations

import html
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

import nh3
from markdown import Markdown

from mkdocs_guidebook.content.body import slug
from mkdocs_guidebook.markup.marks import SLOT, GuidebookMarks, Marks, term_links
from mkdocs_guidebook.markup.plain import PlainText

DEFAULT_EXTENSIONS: dict[str, dict[str, Any]] = {
    "abbr": {},
    "admonition": {},
    "attr_list": {},
    "def_list": {},
    "footnotes": {"BACKLINK_TEXT": "↑"},
    "tables": {},
    "sane_lists": {},
    "pymdownx.highlight": {"linenums_style": "inline"},  # a table of two cells would be read as one
    "pymdownx.superfences": {},
    "pymdownx.details": {},
    "pymdownx.tabbed": {"alternate_style": True},
    "pymdownx.tasklist": {"custom_checkbox": True},
}
"""The Markdown extensions that a site has from the start, with their options."""

HTML_ALLOWED_IN_TEXT = frozenset(
    ("abbr", "bdi", "bdo", "br", "cite", "del", "ins", "kbd", "mark", "q", "s", "small", "sub", "sup", "wbr")
)
"""The raw HTML that contributors may write; all else is a problem."""

_TAGS = HTML_ALLOWED_IN_TEXT | {
    "a",
    "blockquote",
    "caption",
    "code",
    "col",
    "colgroup",
    "dd",
    "details",
    "div",
    "dl",
    "dt",
    "em",
    "figcaption",
    "figure",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "hr",
    "i",
    "b",
    "img",
    "input",
    "label",
    "li",
    "ol",
    "p",
    "pre",
    "section",
    "span",
    "strong",
    "summary",
    "table",
    "tbody",
    "td",
    "tfoot",
    "th",
    "thead",
    "tr",
    "ul",
}
_ATTRIBUTES: dict[str, set[str]] = {
    "*": {"class", "id", "lang", "dir", "title", "role", "aria-label", "aria-describedby", "aria-hidden"},
    "a": {"href", "hreflang"},
    "img": {"src", "alt", "width", "height", "loading"},
    "input": {"type", "checked", "disabled", "name"},
    "label": {"for"},
    "ol": {"start", "reversed"},
    "li": {"value"},
    "td": {"colspan", "rowspan", "headers"},
    "th": {"colspan", "rowspan", "scope", "headers", "abbr"},
    "div": {"data-tabs"},
    "details": {"open"},
}
_SCHEMES = {"http", "https", "mailto", "tel"}
_CELL_ALIGN = re.compile(r' style="text-align: (left|right|center);"')
_FOREIGN = re.compile(r"//|/?[A-Za-z][A-Za-z0-9+.-]*:")
_HEADER_CELL = re.compile(r"<th(?![^>]* scope=)(?=[ >])")
_TASK = re.compile(
    r'<label class="task-list-control"><input(?P<attributes>[^>]*)>'
    r'<span class="task-list-indicator"></span></label>'
)
_LINE_NUMBER = re.compile(r'(<span class="linenos[^"]*">\s*\d+)(?=</span>)')
_SPECIAL = re.compile(r"[\\`*_\[\]<>&!~^@:{}|#=+\n]|\A\s*(?:-|\d+[.)])")
"""Signs that may mean something to Markdown; a text without them is shown as it is."""


@dataclass(frozen=True, slots=True)
class Words:
    """Words that Markdown extensions put into a page, for the language of the site."""

    permanent_link: str = "Permanent link"
    back_to_text: str = "Back to the place of note {}"
    done: str = "done"
    open: str = "open"


@dataclass(frozen=True, slots=True)
class Slot:
    """A place in the HTML where something else is put in."""

    kind: str
    """`recommendation` or `exercise`."""
    id: str


@dataclass(frozen=True, slots=True)
class TocEntry:
    """A heading of the page, with those below it."""

    level: int
    anchor: str
    title: str
    """Its text as HTML without tags."""
    children: tuple[TocEntry, ...]


@dataclass(frozen=True, slots=True)
class Rendered:
    """HTML, cut at its slots, and its headings."""

    parts: tuple[str | Slot, ...]
    toc: tuple[TocEntry, ...]

    @property
    def html(self) -> str:
        """The HTML without what the slots stand for."""
        return "".join(part for part in self.parts if isinstance(part, str))


class Converter:
    """Turns Markdown into clean HTML. One instance serves many pages, one after the other."""

    def __init__(
        self,
        extensions: Sequence[str] | None = None,
        options: Mapping[str, Mapping[str, Any]] | None = None,
        words: Words | None = None,
    ) -> None:
        names = (
            list(DEFAULT_EXTENSIONS) if extensions is None else [name for name in extensions if name != "toc"]
        )
        configs = {**DEFAULT_EXTENSIONS, **(options or {})}
        words = words or Words()
        configs["footnotes"] = {"BACKLINK_TITLE": words.back_to_text, **configs["footnotes"]}
        toc = {
            "permalink": True,
            "permalink_title": words.permanent_link,
            **configs.get("toc", {}),
            "slugify": lambda text, _: slug(text),
        }
        self._words = words
        self._only_ours = set(names) <= set(DEFAULT_EXTENSIONS)
        self._marks = Marks(resolve=lambda target, is_image: target)
        self._extensions = names
        self._options = {**{name: dict(configs.get(name, {})) for name in names}, "toc": toc}
        self._markdown = self._new_markdown()

    @property
    def settings(self) -> str:
        """What its HTML depends on beside the text, as text that is the same in every process."""

        def name(thing: Any) -> str:
            return str(getattr(thing, "__qualname__", type(thing).__qualname__))

        return json.dumps([self._extensions, self._options, asdict(self._words)], default=name)

    def _new_markdown(self) -> Markdown:
        ours = [GuidebookMarks(lambda: self._marks), *([PlainText()] if self._only_ours else [])]
        markdown = Markdown(
            extensions=[*self._extensions, "toc", *ours],
            extension_configs=self._options,
        )
        # All are registered: a tuple gives each at once, where the registry sees to its order every time.
        markdown.treeprocessors["inline"].inlinePatterns = tuple(markdown.inlinePatterns)  # type: ignore[attr-defined]
        return markdown

    def blocks(self, text: str, marks: Marks) -> Rendered:
        """Return a Markdown text of any length as HTML."""
        self._marks = marks
        markdown = self._markdown
        markdown.reset()
        try:
            raw = markdown.convert(text)
        except RecursionError:  # lists in lists without end, which the check reports (nested-too-deep)
            self._markdown = markdown = self._new_markdown()
            raw = f"<pre>{html.escape(text)}</pre>"
        toc = tuple(map(_toc_entry, getattr(markdown, "toc_tokens", ())))
        parts: list[str | Slot] = []
        position = 0
        for match in SLOT.finditer(raw):
            parts += [self._finish(raw[position : match.start()]), Slot(match["kind"], match["id"])]
            position = match.end()
        parts.append(self._finish(raw[position:]))
        return Rendered(tuple(part for part in parts if part), toc)

    def _finish(self, raw: str) -> str:
        """Clean the HTML, and let wide tables scroll in a box of their own that the keyboard reaches."""
        label = html.escape(self._marks.table_name)
        box = f'<div class="gb-scroll" role="group" aria-label="{label}" tabindex="0"><table'
        cleaned = clean(raw).replace("<table", box).replace("</table>", "</table></div>")
        cleaned = cleaned.replace("<pre", '<pre tabindex="0"')  # long lines scroll, also by keyboard
        if "linenos" in cleaned:
            cleaned = _LINE_NUMBER.sub(r"\1 ", cleaned)
        return _TASK.sub(self._task, cleaned) if "task-list-control" in cleaned else cleaned

    def _task(self, box: re.Match[str]) -> str:
        """Give a box of a task list, which cannot be ticked here, a name that says whether it is ticked."""
        is_done = "checked" in box["attributes"]
        name = html.escape(self._words.done if is_done else self._words.open)
        state = " checked" if is_done else ""
        return f'<input type="checkbox" disabled{state} aria-label="{name}">'

    def inline(self, text: str, marks: Marks) -> str:
        """Return a Markdown text of one paragraph as HTML without the paragraph."""
        if self._only_ours and not _SPECIAL.search(text):
            return term_links(" ".join(text.split()), marks)
        whole = self.blocks(" ".join(text.split()), marks).html.strip()
        if whole.startswith("<p>") and whole.endswith("</p>") and "<p>" not in whole[3:]:
            return whole[3:-4]
        return whole


def _toc_entry(token: Mapping[str, Any]) -> TocEntry:
    return TocEntry(
        token["level"], token["id"], token["name"], tuple(map(_toc_entry, token.get("children", ())))
    )


def _without_foreign_media(element: str, attribute: str, value: str) -> str | None:
    """Leave out the address of an image on another host, which a reader's browser would ask for it."""
    foreign = attribute == "src" and _FOREIGN.match(re.sub(r"[\x00-\x20\\]", "", value))
    return None if foreign else value


def _cleaner(images: bool) -> nh3.Cleaner:
    return nh3.Cleaner(
        tags=_TAGS if images else _TAGS - {"img"},
        attributes=_ATTRIBUTES,
        attribute_filter=_without_foreign_media if images else None,
        url_schemes=_SCHEMES,
        link_rel=None,
        strip_comments=True,
    )


_CLEANER, _IMAGE_CLEANER = _cleaner(images=False), _cleaner(images=True)
"""The filter is asked about every attribute there is: what has no image does without."""


def clean(raw: str) -> str:
    """Return HTML with only the elements, attributes and addresses that content may have."""
    if not raw.strip():
        return ""
    raw = _CELL_ALIGN.sub(r' class="gb-\1"', raw)
    raw = _HEADER_CELL.sub('<th scope="col"', raw)
    return (_IMAGE_CLEANER if "<img" in raw else _CLEANER).clean(raw)


def plain_text(fragment: str) -> str:
    """Return the text of an HTML fragment without tags, with white space folded."""
    return " ".join(html.unescape(re.sub(r"<[^>]+>", "", fragment)).split())
