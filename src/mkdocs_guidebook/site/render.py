"""From views to HTML: the content of a page, without the frame that the theme puts around it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from jinja2 import BytecodeCache, ChoiceLoader, Environment, FileSystemLoader, PackageLoader, StrictUndefined
from markupsafe import Markup

from mkdocs_guidebook.site.views.base import PageView, Site

THEME = Path(__file__).parent / "templates" / "theme"
"""The templates that frame pages; they stand before those of the theme."""

ASSETS = Path(__file__).parent / "assets"
"""Styles, scripts and fonts; the site has them in assets/guidebook/."""


class Renderer:
    """Turns views into HTML. Values are escaped; fields that hold HTML are marked `safe` in the templates."""

    def __init__(
        self, site: Site, overrides: Path | None = None, compiled: BytecodeCache | None = None
    ) -> None:
        packaged = PackageLoader("mkdocs_guidebook.site", "templates/content")
        loaders = [FileSystemLoader(overrides), packaged] if overrides else [packaged]
        self.site = site
        self._environment = Environment(
            loader=ChoiceLoader(loaders),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            auto_reload=False,  # a preview makes a new one
            bytecode_cache=compiled,
        )
        self._environment.globals["t"] = site.language

    def content(self, view: PageView) -> Markup:
        """Return the content of a page."""
        addresses = self.site.addresses

        def to(page: str, anchor: str = "") -> str:
            address = addresses.url(page) + (f"#{anchor}" if anchor else "")
            return addresses.relative(address, view.url)

        context: dict[str, Any] = {"view": view, "to": to}
        return Markup(self._environment.get_template(view.template).render(context))  # noqa: S704
