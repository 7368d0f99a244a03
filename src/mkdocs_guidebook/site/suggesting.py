"""Where readers suggest a change to a recommendation: the issue form of the code host, filled in with its address."""

from __future__ import annotations

from urllib.parse import quote, urlsplit

RECOMMENDATION_FORM = "recommendation.yml"
"""The file of the issue form."""
ADDRESS_FIELD = "recommendation"
"""The id of the question that the link fills in."""
PLACEHOLDER = "{recommendation}"
"""Stands for a recommendation's address in the address of the form."""


def suggestion_address(repo_url: str | None, own: str | None) -> str:
    """Return the address at which a change is suggested, with a placeholder; empty when none is known.

    `own` is what mkdocs.yml names. Without it, it is the issue form in the repository: GitLab fills in the title
    of an issue, GitHub and Forgejo the question itself.
    """
    if own:
        return own
    if not repo_url or not urlsplit(repo_url).scheme.startswith("http"):
        return ""
    repository = repo_url.rstrip("/").removesuffix(".git")
    if "gitlab" in (urlsplit(repository).hostname or ""):
        template = RECOMMENDATION_FORM.removesuffix(".yml")
        return f"{repository}/-/issues/new?issuable_template={template}&issue[title]=Recommendation:%20{PLACEHOLDER}"
    return f"{repository}/issues/new?template={RECOMMENDATION_FORM}&{ADDRESS_FIELD}={PLACEHOLDER}"


def suggestion_link(form: str, address: str) -> str:
    """Return the link of one recommendation, named by chapter-id#recommendation-id; empty without a form."""
    return form.replace(PLACEHOLDER, quote(address, safe=""))
