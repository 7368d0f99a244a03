"""What a site gets from the plugin unless mkdocs.yml says otherwise."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from urllib.parse import quote, urljoin

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import ConfigurationError
from mkdocs.structure.files import Files

from mkdocs_guidebook.content.library import Library
from mkdocs_guidebook.language import Language
from mkdocs_guidebook.markup.convert import DEFAULT_EXTENSIONS, Converter, Words

_MKDOCS_EXTENSIONS = ("toc", "tables", "fenced_code")
"""What MkDocs always adds."""

_UNUSED_THEME_FILES = ("assets/javascripts/", "assets/stylesheets/", "assets/images/")
"""Material's scripts and styles: the package's templates bring their own, smaller ones."""


def require_theme(config: MkDocsConfig) -> None:
    """Raise `ConfigurationError` when the site has another theme than the one that the pages stand on."""
    if config.theme.name != "material":
        raise ConfigurationError(
            f"the theme is {config.theme.name or 'one of your own'}, but the guidebook's pages stand on Material: "
            "write `theme: {name: material}`, and put templates of your own into its `custom_dir`"
        )


def apply(config: MkDocsConfig, library: Library, language: Language) -> None:
    """Set what the site needs and does not set itself. Whatever mkdocs.yml says stays."""
    if not config.site_description:
        config.site_description = library.book.description
    if config.theme.name == "material":
        config.theme["language"] = (
            config.theme.get("language") if _theme_language_is_set(config) else language.tag
        )
        if _is_default_font(config.theme.get("font")):
            config.theme["font"] = False


def _theme_language_is_set(config: MkDocsConfig) -> bool:
    return bool(config.theme.get("language")) and config.theme.get("language") != "en"


def _is_default_font(font: Any) -> bool:
    return not font or font == {"text": "Roboto", "code": "Roboto Mono"}


def edit_address(config: MkDocsConfig, root: Path, here: bool) -> str:
    """Return the address at which a file of the project is edited, with {path} and {line}.

    That is the code host's, if mkdocs.yml names one; for a preview on the editor's own machine (`here`), the
    address that opens Visual Studio Code; otherwise none.
    """
    if config.repo_url and config.edit_uri:
        pages = urljoin(f"{config.repo_url.rstrip('/')}/", config.edit_uri)
        return f"{quote(urljoin(pages, '../'), safe=':/?#=&%@')}{{path}}#L{{line}}"
    return f"vscode://file/{root.as_uri().removeprefix('file:///')}/{{path}}:{{line}}" if here else ""


def converter(config: MkDocsConfig, language: Language) -> Converter:
    """Return the converter for the Markdown extensions of the site: the plugin's own and those of mkdocs.yml."""
    own = [name for name in config.markdown_extensions if name not in _MKDOCS_EXTENSIONS]
    names = list(dict.fromkeys([*DEFAULT_EXTENSIONS, *own]))
    words = Words(
        permanent_link=language("site.permalink"),
        back_to_text=language("site.back_to_text"),
        done=language("site.done"),
        open=language("site.open"),
    )
    return Converter(names, config.mdx_configs, words)


def drop_unused_theme_files(files: Files) -> None:
    """Leave out files of the theme that no page of ours loads."""
    for file in list(files):
        if file.src_uri.startswith(_UNUSED_THEME_FILES) and file.src_dir and "material" in file.src_dir:
            files.remove(file)
