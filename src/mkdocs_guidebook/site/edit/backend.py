"""Where the editing page saves changes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

BACKENDS = ("github", "gitlab", "gitea")
"""The code hosts that can be named in mkdocs.yml; `gitea` is for Forgejo, too."""

_HOSTS = {"github": "https://github.com", "gitlab": "https://gitlab.com"}
FOLDER = "edit"
"""Where the editing page is, relative to the site."""
SAVING = f"{FOLDER}/api/v1"
"""Where the preview answers the form, relative to the site."""


class EditOptionsWrong(Exception):
    """What mkdocs.yml says of editing cannot be used; the message says why and what to do."""


@dataclass(frozen=True)
class Backend:
    """Where changes go, in the words of Decap's configuration, and which addresses the page must reach."""

    settings: dict[str, Any]
    """Decap's `backend`."""
    reviewed: bool
    """Whether every change is a proposal that somebody accepts (Decap's editorial workflow)."""
    hosts: tuple[str, ...] = ()
    """Origins to which the page may connect."""


def local_backend(prefix: str = "/") -> Backend:
    """Return the backend of the preview, which saves into the project's files. `prefix` is the site's folder."""
    return Backend({"name": "proxy", "proxy_url": f"{prefix}{SAVING}"}, reviewed=False)


def backend_of(options: dict[str, Any]) -> Backend:
    """Return the backend that the option `edit` of mkdocs.yml describes.

    Its keys: `backend` (github, gitlab or gitea), `repo` (owner/name), `branch` (main), `host` (the code host's
    address, for another than the public one), `app_id` (for signing in without a service in between) and `oauth`
    (the address of such a service). Raises `EditOptionsWrong`.
    """
    known = {"backend", "repo", "branch", "host", "app_id", "oauth"}
    if unknown := sorted(set(options) - known):
        raise EditOptionsWrong(f"edit: unknown key `{unknown[0]}` (known: {', '.join(sorted(known))})")
    texts = {key: str(value).strip() for key, value in options.items() if value is not None}
    name = texts.get("backend", "")
    if name not in BACKENDS:
        raise EditOptionsWrong(f"edit: `backend` must be one of {', '.join(BACKENDS)}, not `{name}`")
    if texts.get("repo", "").count("/") < 1:
        raise EditOptionsWrong("edit: `repo` must name the repository as owner/name")
    host = _origin("host", texts.get("host") or _HOSTS.get(name, ""))
    settings = {"name": name, "repo": texts["repo"], "branch": texts.get("branch", "main")}
    match name:
        case "github":
            return _github(settings, host, texts)
        case "gitlab":
            return _gitlab(settings, host, texts)
        case _:
            return _gitea(settings, host, texts)


def _github(settings: dict[str, str], host: str, texts: dict[str, str]) -> Backend:
    if "oauth" not in texts:
        raise EditOptionsWrong(
            "edit: GitHub lets people sign in only through a small service that keeps a secret; name its "
            "address as `oauth` (see “Connect the form”)"
        )
    root = "https://api.github.com" if host == _HOSTS["github"] else f"{host}/api/v3"
    settings |= {"api_root": root, **_service(texts["oauth"])}
    return Backend(settings, reviewed=True, hosts=(_origin("host", root),))


def _gitlab(settings: dict[str, str], host: str, texts: dict[str, str]) -> Backend:
    settings |= {"api_root": f"{host}/api/v4", "base_url": host}
    if "app_id" in texts:
        settings |= {"auth_type": "pkce", "app_id": texts["app_id"]}
    elif "oauth" in texts:
        settings |= _service(texts["oauth"])
    else:
        raise EditOptionsWrong(
            "edit: GitLab needs `app_id`, the id of an application that you register there"
        )
    return Backend(settings, reviewed=True, hosts=(host,))


def _gitea(settings: dict[str, str], host: str, texts: dict[str, str]) -> Backend:
    if "app_id" not in texts:
        raise EditOptionsWrong(
            "edit: Gitea and Forgejo need `app_id`, the id of an application registered there"
        )
    if "branch" not in texts:
        raise EditOptionsWrong(
            "edit: with Gitea and Forgejo every save goes straight to `branch`; name a branch of its own for it"
        )
    settings |= {"api_root": f"{host}/api/v1", "base_url": host, "app_id": texts["app_id"]}
    return Backend(settings, reviewed=False, hosts=(host,))


def _service(address: str) -> dict[str, str]:
    """Return the settings for a service that signs people in, from its full address."""
    origin = _origin("oauth", address)
    return {"base_url": origin, "auth_endpoint": urlsplit(address).path.strip("/") or "auth"}


def _origin(key: str, address: str) -> str:
    parts = urlsplit(address)
    if (
        parts.scheme != "https"
        or not parts.netloc
        or "@" in parts.netloc
        or any(sign in address for sign in " ;,'\"")
    ):
        raise EditOptionsWrong(f"edit: `{key}` must be a complete address that begins with https://")
    return f"{parts.scheme}://{parts.netloc}"
