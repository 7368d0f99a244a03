"""The plugin's options in mkdocs.yml."""

from __future__ import annotations

from mkdocs.config import config_options
from mkdocs.config.base import Config
from mkdocs.config.defaults import MkDocsConfig

from mkdocs_guidebook.language import Language


class Options(Config):  # type: ignore[no-untyped-call]
    """What stands below `- guidebook:`."""

    language = config_options.Optional(config_options.Type(str))
    """The language of the site's own words, such as fr. Without it: the theme's language."""
    drafts = config_options.Type(bool, default=False)
    """Whether drafts are shown. `serve` always shows them."""
    strict = config_options.Type(bool, default=False)
    """Whether warnings of the check stop the build, too."""
    suggest = config_options.Optional(config_options.URL())
    """Where readers suggest a change to a recommendation: an address with {recommendation} in it. Without it: the
    issue form in the repository that `repo_url` names."""
    edit = config_options.Optional(config_options.Type(dict))
    """Where the editing form saves: see `site.edit.backend`. Without it only the preview has a form."""


def language_of(config: MkDocsConfig, options: Options) -> Language:
    """Return the language of the site's own words."""
    return Language(options.language or str(config.theme.get("language") or "en"))
