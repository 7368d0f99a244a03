"""Images and other files: they lie in the project, are what they seem, cannot run, and are described."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import PurePosixPath

from mkdocs_guidebook.checks.engine import Check, Content, check, check_each_file, in_passage
from mkdocs_guidebook.content.source import Unreadable, read_source
from mkdocs_guidebook.markup.links import Lead
from mkdocs_guidebook.problems import Place, Problem, Rule


@check_each_file(
    Rule(
        code="foreign-media",
        family="safety",
        title="Images lie in the project",
        what="Reports images and media from other hosts.",
        why="The other host learns who reads the page, and can change or remove the image.",
        example="![Map](https://example.org/map.png)",
        fix="Save the image in the project, check its licence, and write ![Map](images/map.png).",
    )
)
def foreign_media(content: Content, rule: Rule) -> Iterator[Problem]:
    """No image comes from another host."""
    for passage, link, target in content.links:
        if link.is_image and target.lead in (Lead.WEB, Lead.MAIL):
            yield in_passage(
                rule,
                passage,
                link.target_start,
                link.target_end,
                f"the image `{link.target}` lies on another host",
                "Save the image in the project and write its path.",
            )
        elif not link.is_image and target.lead is Lead.WEB and target.path == "//":
            yield in_passage(
                rule,
                passage,
                link.target_start,
                link.target_end,
                f"the address `{link.target}` has no https: in front",
                "Write the whole address, beginning with https://.",
            )


IMAGE_TYPES = frozenset((".png", ".jpg", ".jpeg", ".gif", ".svg", ".webp", ".avif"))


@check_each_file(
    Rule(
        code="not-an-image",
        family="links",
        title="What is shown as an image is one",
        what="Reports image marks whose file is not a PNG, JPEG, GIF, WebP, AVIF or SVG.",
        why="Browsers and print could not show it.",
        example="![The plan](plan.docx)",
        fix="[The plan (Word)](plan.docx)",
    )
)
def not_an_image(content: Content, rule: Rule) -> Iterator[Problem]:
    """An image's file has an image's type."""
    for passage, link, target in content.links:
        if link.is_image and target.lead in (Lead.ASSET, Lead.RECORD, Lead.DATA, Lead.COLLECTION):
            if PurePosixPath(target.path).suffix.lower() in IMAGE_TYPES:
                continue
            yield in_passage(
                rule,
                passage,
                link.target_start,
                link.target_end,
                f"`{link.target}` is not an image",
                "Use a PNG, JPEG or SVG, or make it a link by deleting the exclamation mark.",
            )


_EMPTY_ALTERNATIVES = frozenset(
    ("image", "picture", "photo", "figure", "img", "alt", "alt text", "screenshot", "bild")
)


@check_each_file(
    Rule(
        code="missing-alt-text",
        family="accessibility",
        title="Every image has a text alternative",
        what="Reports images without a text alternative, or with one that says nothing.",
        why="Readers who do not see the image get its content from this text; accessible PDF demands it too.",
        example="![](images/partners.svg)",
        fix="![Six agencies around the case coordinator](images/partners.svg)",
    )
)
def missing_alt_text(content: Content, rule: Rule) -> Iterator[Problem]:
    """An image says in words what it shows."""
    for passage, link, _ in content.links:
        text = link.text.strip()
        says_nothing = (
            not text
            or text.casefold() in _EMPTY_ALTERNATIVES
            or re.fullmatch(r"[\w-]+\.(png|jpe?g|gif|svg|webp)", text, re.I) is not None
        )
        if link.is_image and says_nothing:
            message = (
                f"the text alternative `{text}` says nothing"
                if text
                else "this image has no text alternative"
            )
            yield in_passage(
                rule,
                passage,
                link.start,
                link.end,
                message,
                "Write between the square brackets what the image tells.",
            )


SVG_DANGERS = re.compile(
    r"<(?:[\w.-]+:)?(?:script|foreignObject|iframe|object|embed|handler|listener)\b"
    r"|<!ENTITY|<\?xml-stylesheet|(?<=[\s\"'])on\w+\s*+=|javascript:|xml:base\s*+=|www\.w3\.org/1999/xhtml"
    r"|attributeName\s*+=\s*+[\"']\s*+(?:\w+:)?(?:href|on\w+)"
    r"|(?<![\w-])href\s*+=\s*+[\"']\s*+(?!#|data:image/(?:png|jpeg|gif|webp)[;,])[^\"']"
    r"|@import|image-set\s*\(|\\[0-9a-f]|url\(\s*+[\"']?+\s*+(?!#)",
    re.I,
)
"""What an SVG may not hold."""


@check(
    Rule(
        code="unsafe-svg",
        family="safety",
        title="SVG images are pictures only",
        what="Reports SVG files with scripts, event handlers, foreign objects or references to other files.",
        why="An SVG can run programs and fetch from other hosts in the reader's browser.",
        example="<svg><script>…</script></svg>",
        fix="Save the drawing again as “plain” or “optimised” SVG, without scripts and linked images.",
    )
)
def unsafe_svg(content: Content, rule: Rule) -> Iterator[Problem]:
    """No SVG in the project can run or fetch anything."""
    library = content.library
    for path in sorted(library.assets):
        if not path.lower().endswith(".svg"):
            continue
        try:
            source = read_source(library.root, path)
        except Unreadable as error:
            yield error.problem
            continue
        for match in SVG_DANGERS.finditer(source.text):
            yield source.problem(
                rule,
                source.place(match.start(), match.end()),
                f"this SVG has `{' '.join(match.group().split())}`, which can run a program or fetch a file",
                "Save the drawing again as plain SVG.",
            )


_ACTIVE_TYPES = frozenset((".html", ".htm", ".xhtml", ".js", ".mjs", ".svgz", ".swf", ".wasm"))


@check(
    Rule(
        code="active-file",
        family="safety",
        title="Content folders hold no programs",
        what="Reports HTML pages, scripts and compressed SVG files beside records and pages, unless mkdocs.yml names them.",
        why="They would be published as they are and could run programs in a reader's browser.",
        example="docs/counter.js",
        fix="Delete the file. A script of the site itself belongs to `extra_javascript` in mkdocs.yml.",
    )
)
def active_file(content: Content, rule: Rule) -> Iterator[Problem]:
    """No contributed file can run in a browser."""
    library = content.library
    active = sorted(path for path in library.assets if PurePosixPath(path).suffix.lower() in _ACTIVE_TYPES)
    if not active:
        return
    configuration = library.root / "mkdocs.yml"
    named = configuration.read_text("utf-8", "replace") if configuration.is_file() else ""
    for path in active:
        if path.removeprefix("docs/") not in named:
            yield Problem(
                rule,
                Place(path),
                f"`{PurePosixPath(path).name}` can run a program in a reader's browser",
                "Delete the file, or have a maintainer name it in mkdocs.yml.",
            )


CHECKS: tuple[Check, ...] = (
    foreign_media,
    not_an_image,
    missing_alt_text,
    unsafe_svg,
    active_file,
)
