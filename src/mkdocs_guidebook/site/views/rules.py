"""The pages of the rules of the check, made from the rules themselves."""

from __future__ import annotations

from dataclasses import dataclass

from mkdocs_guidebook.problems import Rule
from mkdocs_guidebook.site.views.base import PageView, heading
from mkdocs_guidebook.site.views.page import Page

RULES_PAGE = "rules/index.md"
"""The page that lists all rules."""
_TITLES = {"yaml": "YAML"}
"""Titles of families that are not their names with a capital."""


@dataclass(frozen=True)
class RulesView(PageView):
    """The rules of the check, family by family."""

    families: tuple[tuple[str, str, tuple[tuple[Rule, str], ...]], ...] = ()
    """The name of each family, its title, and its rules with the addresses of their pages."""


@dataclass(frozen=True)
class RuleView(PageView):
    """One rule."""

    rule: Rule | None = None
    severity: str = ""


def rules_view(page: Page, rules: tuple[Rule, ...]) -> RulesView:
    """Return the list of all rules."""
    language = page.site.language
    families: dict[str, list[tuple[Rule, str]]] = {}
    for rule in rules:
        families.setdefault(rule.family, []).append((rule, page.to_page(f"rules/{rule.code}.md")))
    shown = tuple(
        (family, _TITLES.get(family, family.capitalize()), tuple(items)) for family, items in families.items()
    )
    return RulesView(
        template="rules.html",
        language="en",
        title=language("rules.title"),
        summary=language("rules.summary"),
        url=page.url,
        families=shown,
        toc=tuple(heading(2, family, title) for family, title, _ in shown),
    )


def rule_view(page: Page, rule: Rule) -> RuleView:
    """Return the page of one rule."""
    language = page.site.language
    return RuleView(
        template="rule.html",
        language="en",
        title=rule.code,
        summary="",
        url=page.url,
        eyebrow=language("rules.title"),
        rule=rule,
        severity=language(f"rules.{rule.severity}"),
    )
