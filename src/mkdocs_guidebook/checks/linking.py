"""Links: what they lead to exists, is safe, and is said in their words."""

from __future__ import annotations

import posixpath
import re
import unicodedata
import xml.etree.ElementTree as etree
from collections.abc import Iterator, Mapping
from pathlib import Path, PurePosixPath

from mkdocs_guidebook.checks.engine import Check, Content, check, check_each_file, in_passage
from mkdocs_guidebook.content.data import DATA_FILES
from mkdocs_guidebook.content.records import id_like
from mkdocs_guidebook.content.rules import OUTSIDE_PROJECT
from mkdocs_guidebook.content.source import Unreadable, read_source
from mkdocs_guidebook.content.yaml12 import Key
from mkdocs_guidebook.markup.convert import plain_text
from mkdocs_guidebook.markup.links import Lead, understand, unpublished
from mkdocs_guidebook.markup.outline import Passage
from mkdocs_guidebook.problems import Problem, Rule, Severity, did_you_mean, nearest


@check_each_file(
    Rule(
        code="broken-link",
        family="links",
        title="Links lead to files that exist",
        what="Reports links and images inside the project whose file does not exist, paths from the root, and mail "
        "and telephone links without an address or a number.",
        why="A dead link costs a reader in a hurry the answer.",
        example="[Avignon](../local_activities/avinon.md)",
        fix="[Avignon](../local_activities/avignon.md)",
    )
)
def broken_link(content: Content, rule: Rule) -> Iterator[Problem]:
    """Every relative target is a file of the project."""
    library = content.library
    data = [file.path for file in DATA_FILES if file.name in library.entries]
    known = [*library.by_path, *library.broken, *library.assets, *data]
    alike = {unicodedata.normalize("NFC", path): path for path in known}
    by_ending: dict[str, dict[str, str]] = {}
    for path in known:
        by_ending.setdefault(PurePosixPath(path).suffix.lower(), {})[PurePosixPath(path).stem] = path
    for passage, link, target in content.links:
        span = (link.target_start, link.target_end)
        if target.lead is Lead.ABSOLUTE:
            yield in_passage(
                rule,
                passage,
                *span,
                f"the link `{link.target}` begins at the root of the host",
                "Write the path from this file, such as ../state_of_the_art/belgium.md.",
            )
        elif target.lead is Lead.NOBODY:
            what = "telephone number" if link.target.lower().lstrip().startswith("tel") else "mail address"
            yield in_passage(
                rule,
                passage,
                *span,
                f"`{link.target}` has no {what}",
                "Link to the page on which the service says how it is reached.",
            )
        elif target.lead is Lead.MISSING:
            if not target.path:
                yield in_passage(
                    rule,
                    passage,
                    link.start,
                    link.end,
                    "this link leads nowhere",
                    "Write the target in the brackets.",
                )
                continue
            message, hint = f"there is no {'image' if link.is_image else 'file'} `{target.path}`", _COUNTED
            if link.target.casefold().startswith("www."):
                hint = "Write the whole address of a page of another site, beginning with https://."
            elif same := alike.get(unicodedata.normalize("NFC", target.path)):
                message += ", but one whose name only looks the same"
                hint = f"Rename the file, such as to {_plain(same)}: its accents are stored in another way."
            elif close := _nearest_file(PurePosixPath(target.path), by_ending):
                message += f": did you mean `{_written(close, passage)}`?"
            yield in_passage(rule, passage, *span, message, hint)


_COUNTED = "Correct the path. It is counted from the folder of this file."


def _nearest_file(missing: PurePosixPath, by_ending: Mapping[str, Mapping[str, str]]) -> str | None:
    """Return the file that looks most like one that is not there, also where its ending was left out."""
    for ending, name in ((missing.suffix.lower(), missing.stem), (".md", missing.name.removesuffix(".html"))):
        files = by_ending.get(ending, {})
        if close := nearest(name, files):
            return files[close]
    return None


def _plain(path: str) -> str:
    """Return the name of a file in letters that all programs store in the same way."""
    name = PurePosixPath(path)
    return f"{id_like(name.stem) or 'picture'}{name.suffix.lower()}"


def _written(path: str, passage: Passage) -> str:
    """Return a path of the project as a link in a passage has to be written."""
    return posixpath.relpath(path, posixpath.dirname(passage.entry.path))


@check_each_file(
    Rule(
        code="broken-anchor",
        family="links",
        title="Links into a page lead to something on it",
        what="Reports links whose part behind # is neither a heading, a recommendation nor an exercise there.",
        why="The reader would land at the top of a long page and search.",
        example="[consent](sharing-information.md#consnet)",
        fix="[consent](sharing-information.md#consent)",
    )
)
def broken_anchor(content: Content, rule: Rule) -> Iterator[Problem]:
    """Every anchor exists on its page."""
    for passage, link, target in content.links:
        if not target.anchor or target.path in content.library.broken:
            continue
        if target.lead not in (Lead.RECORD, Lead.DATA):
            continue
        known = content.anchors(target.path)
        if target.anchor not in known:
            offset = link.target.find("#")
            yield in_passage(
                rule,
                passage,
                link.target_start + max(offset, 0),
                link.target_end,
                f"`{target.path}` has no place `#{target.anchor}`{did_you_mean(target.anchor, sorted(known))}",
                "Choose a place of that page: a heading, a recommendation, an exercise or a term.",
                tuple(sorted(known)),
            )


@check_each_file(
    Rule(
        code="link-to-draft",
        family="links",
        title="Published pages do not lead to drafts",
        what="Reports a link from a published record or page to a record that is still a draft, or to a collection "
        "that holds only drafts.",
        why="Drafts are not on the published site, so the link would be dead there.",
        example="a link to a record with `status: draft`",
        fix="Publish the record, or take the link out until then.",
    )
)
def link_to_draft(content: Content, rule: Rule) -> Iterator[Problem]:
    """A published record links to published records only."""
    by_path = content.library.by_path
    for passage, link, target in content.links:
        if passage.entry.path in {target.path, *content.library.broken}:
            continue
        source = by_path.get(passage.entry.path)
        why = unpublished(content.library, target)
        if why and not (source is not None and source.is_draft):
            yield in_passage(
                rule,
                passage,
                link.target_start,
                link.target_end,
                f"`{target.path}` {why}",
                "Publish it first, or take the link out until then.",
            )


@check_each_file(OUTSIDE_PROJECT)
def outside_project(content: Content, rule: Rule) -> Iterator[Problem]:
    """No link or image leaves the project."""
    for passage, link, target in content.links:
        if target.lead is Lead.OUTSIDE:
            yield in_passage(
                rule,
                passage,
                link.target_start,
                link.target_end,
                f"`{link.target}` leads out of the project",
                "Copy the file into the project and link to the copy.",
            )


@check_each_file(
    Rule(
        code="dangerous-address",
        family="safety",
        title="Addresses are web, mail or telephone addresses",
        what="Reports `javascript:`, `data:`, `file:` and other addresses that are not web, mail or telephone ones.",
        why="Such an address can run a program in a reader's browser, or leads to one person's own computer.",
        example="[Form](javascript:open())",
        fix="[Form](https://example.org/form)",
    )
)
def dangerous_address(content: Content, rule: Rule) -> Iterator[Problem]:
    """No address runs a script or reads a local file."""
    for passage, link, target in content.links:
        if target.lead is Lead.DANGEROUS:
            yield in_passage(
                rule,
                passage,
                link.target_start,
                link.target_end,
                f"the address `{link.target}` is not allowed",
                "Use an address that begins with https://, or a path in the project.",
            )


_EMPTY_LINK_TEXTS = frozenset(
    (
        "here",
        "click here",
        "this",
        "this link",
        "link",
        "more",
        "read more",
        "see here",
        "this page",
        "page",
        "ici",
        "cliquez ici",
        "hier",
        "mehr",
        "aquí",
        "qui",
        "website",
    )
)


@check_each_file(
    Rule(
        code="empty-link-text",
        family="accessibility",
        title="Link texts say where they lead",
        what="Reports links whose words say nothing by themselves, or that show a bare address.",
        why="Readers skim links, and screen readers list them without the text around them.",
        example="For the law see [here](https://example.org/law).",
        fix="See the [law of 30 July 2018](https://example.org/law).",
    )
)
def empty_link_text(content: Content, rule: Rule) -> Iterator[Problem]:
    """The words of a link make sense alone."""
    for passage, link, target in content.links:
        if link.is_image or "![" in link.text:
            continue
        words = plain_text(re.sub(r"[*_`]", "", link.text)).strip(" .:!…»›→>")
        bare = words.casefold().startswith(("http://", "https://", "www.")) and target.lead is Lead.WEB
        if words and words.casefold() not in _EMPTY_LINK_TEXTS and not bare:
            continue
        message = (
            "this link has no words" if not words else f"the link text `{words}` does not say where it leads"
        )
        yield in_passage(
            rule,
            passage,
            link.start,
            link.end,
            message,
            "Name what stands there, such as the title of the page.",
        )


# In XML any element may have a prefix, and any sign of a value may be written as a number.


@check(
    Rule(
        code="broken-way-in",
        family="links",
        title="What book.yml names exists",
        what="Reports a link of `ways_in` or `tasks`, a video, captions or a citation style in book.yml that is not "
        "there, or not published.",
        why="They are the first things that readers meet on the home page.",
        example="link: docs/projet.md",
        fix="link: docs/project.md",
    )
)
def broken_way_in(content: Content, rule: Rule) -> Iterator[Problem]:
    """The ways in of the home page exist."""
    library = content.library
    entry = library.entries.get("book")
    if entry is None:
        return
    book = library.book
    pages = (Lead.RECORD, Lead.COLLECTION, Lead.DATA, Lead.WEB)
    links: list[tuple[Key, str, tuple[Lead, ...]]] = [
        *((("ways_in", number, "link"), way.link, pages) for number, way in enumerate(book.ways_in)),
        *((("tasks", number, "link"), task.link, pages) for number, task in enumerate(book.tasks)),
    ]
    if book.citation_style and (fault := _style_fault(library.root, book.citation_style)):
        yield entry.problem(
            rule,
            entry.place(("citation_style",)),
            fault,
            "Write the path of a .csl file from the project's folder, or delete the line to use the packaged style.",
        )
    if book.video:
        files = {"file": book.video.file, "captions": book.video.captions}
        links += [(("video", key), path, (Lead.ASSET,)) for key, path in files.items() if path]
    for key, link, leads in links:
        target = understand(library, "book.yml", link)
        if target.lead not in leads:
            known = library.assets if leads == (Lead.ASSET,) else library.by_path
            yield entry.problem(
                rule,
                entry.place(key),
                f"there is no {'file' if leads == (Lead.ASSET,) else 'page'} `{link}`{did_you_mean(link, known)}",
                "Write a path from the project's folder, such as docs/project.md.",
            )
        elif why := unpublished(library, target):
            yield entry.problem(
                rule,
                entry.place(key),
                f"`{link}` {why}",
                "Publish it first, or take this way in out until then.",
            )


_CSL = "{http://purl.org/net/xbiblio/csl}"


def _style_fault(root: Path, path: str) -> str:
    """Return what is wrong with a citation style (CSL 1.0.2); empty where nothing is."""
    try:
        style = etree.fromstring(read_source(root, path).text)  # noqa: S314 - expat limits expansions
    except Unreadable as error:
        there = (root / path).exists() and (root / path).resolve().is_relative_to(root)
        return f"`{path}`: {error.problem.message}" if there else f"there is no file `{path}`"
    except (etree.ParseError, ValueError) as error:
        return f"`{path}` is not a citation style: {error}"
    if style.tag != f"{_CSL}style":
        return f"`{path}` is not a citation style: it does not begin with <style>"
    if any(link.get("rel") == "independent-parent" for link in style.iter(f"{_CSL}link")):
        return f"`{path}` only names another citation style: take that one, its `independent-parent`"
    if style.find(f"{_CSL}bibliography/{_CSL}layout") is None:
        return f"`{path}` does not say how a list of sources looks: it has no <bibliography>"
    return ""


EXTERNAL_LINK = Rule(
    code="external-link",
    family="links",
    title="Pages of other sites that we link to are still there",
    what="Reports links and addresses of sources that did not answer, or have moved for good, when"
    " `guidebook check --external` asked them. Pages that answered are asked again after a week, others after a day.",
    why="A source that nobody can open proves nothing.",
    example="[The law](https://example.org/gone)",
    fix="Link to where the page is now, or to an archived copy; a source may also be described without its address.",
    severity=Severity.WARNING,
)
"""Found by ``guidebook check --external``, not by a build."""


CHECKS: tuple[Check, ...] = (
    broken_link,
    broken_anchor,
    link_to_draft,
    outside_project,
    dangerous_address,
    empty_link_text,
    broken_way_in,
)
