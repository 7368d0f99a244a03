"""What stands in the folder of the editions and belongs to none of them: the page that leads in, latest/, the script."""

from __future__ import annotations

import html
import shutil
from collections.abc import Sequence
from importlib import resources
from pathlib import Path

from mkdocs_guidebook.editions.promises import Addresses
from mkdocs_guidebook.language import Language

SCRIPT = "editions.js"
MARK = '<meta name="generator" content="mkdocs-guidebook">'
"""What says that a page is ours and may be replaced."""


def script() -> bytes:
    """Return the script that all editions share: selector and notice."""
    return (resources.files(__package__) / "assets" / SCRIPT).read_bytes()


def index_page(language: Language, title: str, to: str, editions: Sequence[tuple[str, str]]) -> bytes:
    """Return the page that leads to the folder `to`, with links to all editions: folder and words of each."""
    items = "".join(f'<li><a href="{folder}/">{html.escape(words)}</a></li>\n' for folder, words in editions)
    body = (
        f"<h1>{html.escape(title)}</h1>\n<p>{html.escape(language('editions.all'))}</p>\n<ul>\n{items}</ul>"
    )
    return _page(language, title, f"{to}/", body)


def not_found_page(language: Language, title: str, root: str, to: str) -> bytes:
    """Return the page that hosts show for addresses that are not there; `root` is the address of the folder."""
    body = (
        f"<h1>{html.escape(language('site.not_found'))}</h1>\n<p>{html.escape(language('site.not_found_text'))}</p>\n"
        f'<p><a href="{html.escape(root)}{to}/">{html.escape(title)}</a></p>'
    )
    return _page(language, title, "", body)


def lead_on(folder: Path, edition: Path, addresses: Addresses, language: Language, title: str) -> None:
    """Write pages into the new folder `folder` that lead to those of an edition; what is no page is copied."""
    name = edition.name
    for address in addresses.pages:
        file = folder / (f"{address}index.html" if not address or address.endswith("/") else address)
        file.parent.mkdir(parents=True, exist_ok=True)
        to = "../" * (address.count("/") + 1) + f"{name}/{address}"
        words = html.escape(language("site.edition", edition=name))
        file.write_bytes(_page(language, title, to, f'<p><a href="{html.escape(to)}">{words}</a></p>'))
    for path in (*addresses.documents, "catalog.json", "feed.xml", "addresses.json", "CITATION.cff"):
        if (edition / path).is_file():
            (folder / path).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(edition / path, folder / path)


def _page(language: Language, title: str, to: str, body: str) -> bytes:
    ahead = f"""
<meta http-equiv="refresh" content="0; url={html.escape(to)}">
<link rel="canonical" href="{html.escape(to)}">"""
    return f"""\
<!doctype html>
<html lang="{language.tag}"{' dir="rtl"' if language.is_rtl else ""}>
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width,initial-scale=1">
{MARK}{ahead if to else ""}
<title>{html.escape(title)}</title>
</head>
<body>
{body}
</body>
</html>
""".encode()
