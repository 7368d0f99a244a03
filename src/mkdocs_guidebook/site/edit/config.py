"""What Decap is told: a collection for each kind of record, and the data files."""

from __future__ import annotations

from typing import Any

from mkdocs_guidebook.content.data import DATA_FILES
from mkdocs_guidebook.content.kinds import RECORD_KINDS, Kind
from mkdocs_guidebook.content.library import Library
from mkdocs_guidebook.language import Language
from mkdocs_guidebook.site.edit.backend import Backend
from mkdocs_guidebook.site.edit.widgets import FormField, FormMaker

COLLECTION_WORDS = {"chapter": "guidebook", "article": "articles", "activity": "activities"}
_NOT_BY_HAND = frozenset(("editions",))
"""Data files that a command writes."""
MEDIA_FOLDER = "docs/images"


def configuration(
    library: Library, language: Language, backend: Backend, site_url: str = ""
) -> dict[str, Any]:
    """Return Decap's configuration for a project."""
    files = [file for file in DATA_FILES if file.name in library.entries and file.name not in _NOT_BY_HAND]
    maker = FormMaker(library, language, frozenset(file.name for file in files))
    lists = {
        "name": "lists",
        "label": language("edit.lists"),
        "description": language("edit.lists_text"),
        "format": "guidebook-lists",
        "extension": "yml",
        "editor": {"preview": False},
        "files": [
            {
                "name": file.name,
                "label": language(f"edit.file.{file.name}"),
                "file": file.path,
                "fields": maker.fields(file.model),
            }
            for file in files
        ],
    }
    return {
        "load_config_file": False,
        "backend": backend.settings,
        "publish_mode": "editorial_workflow" if backend.reviewed else "simple",
        "locale": language.tag.split("-")[0],
        **({"site_url": site_url, "display_url": site_url} if site_url else {}),
        "media_folder": MEDIA_FOLDER,
        "public_folder": f"../{MEDIA_FOLDER}",
        "show_preview_links": False,
        "slug": {"encoding": "ascii", "clean_accents": True, "sanitize_replacement": "-"},
        "editor": {"preview": False},
        "collections": [*(_collection(kind, maker) for kind in RECORD_KINDS), lists],
    }


def _collection(kind: Kind, maker: FormMaker) -> dict[str, Any]:
    language = maker.language
    return {
        "name": kind.name,
        "label": language(f"{COLLECTION_WORDS[kind.name]}.title"),
        "label_singular": language(f"record.{kind.name}"),
        "description": language(f"edit.collection.{kind.name}"),
        "folder": kind.folder,
        "create": True,
        "format": f"guidebook-{kind.name}",
        "extension": "md",
        "slug": "{{fields._name}}",
        "identifier_field": "title",
        "summary": "{{title}}",
        "sortable_fields": ["title"],
        "editor": {"preview": False},
        "fields": [_name(kind, maker), *_with_draft(maker.fields(kind.model)), *_body(kind, maker)],
    }


def _name(kind: Kind, maker: FormMaker) -> FormField:
    """Return the field for the file's name, which is the record's permanent id."""
    return {
        "name": "_name",
        "label": maker.language("edit.name"),
        "hint": maker.language("edit.name_hint", folder=kind.folder),
        "widget": "guidebook-name",
        "form": "none",
    }


def _with_draft(fields: list[FormField]) -> list[FormField]:
    """Return the fields with a new record being a draft."""
    return [field | {"default": "draft"} if field["name"] == "status" else field for field in fields]


def _body(kind: Kind, maker: FormMaker) -> list[FormField]:
    """Return the fields for what stands below the front matter: a box for each section, or one for all."""
    language = maker.language
    terms = getattr(maker.library.vocabulary.sections, kind.name)
    if not (kind.closed_sections and terms):
        needed = [term.label for term in terms if term.required]
        hint = language("edit.body_hint")
        if needed:
            hint += " " + language(
                "edit.body_sections", sections=language.listing([f"## {one}" for one in needed])
            )
        return [
            {
                "name": "_body",
                "label": language("edit.body"),
                "hint": hint,
                "widget": "guidebook-text",
                "form": "body",
                "sections": needed,
                "required": True,
            }
        ]
    return [
        {
            "name": f"_section_{term.id}",
            "label": term.label,
            "hint": term.description or "",
            "widget": "guidebook-text",
            "form": "section",
            "heading": term.label,
            "required": bool(term.required),
        }
        for term in terms
    ]
