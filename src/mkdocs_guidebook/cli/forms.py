"""``guidebook forms``: the editing page as files."""

from __future__ import annotations

from pathlib import Path

import click

from mkdocs_guidebook.cli.options import output, project


@click.command("forms")
@output("page", "edit/ in the project")
@project
def forms_command(folder: Path | None, root: Path) -> None:
    """Write the editing page, for the code host that mkdocs.yml names, as files to put beside the site.

    `guidebook build` puts it into the site by itself, and the preview has it without any settings.
    """
    from mkdocs_guidebook.build import BuildFailed, load_config, plugin_of, quiet_engine
    from mkdocs_guidebook.content.loading import load
    from mkdocs_guidebook.site.addresses import Addresses
    from mkdocs_guidebook.site.edit.backend import FOLDER, EditOptionsWrong, backend_of
    from mkdocs_guidebook.site.edit.page import editing_files
    from mkdocs_guidebook.site.options import language_of

    try:
        with quiet_engine():
            config = load_config(root)
        options = plugin_of(config).config
        if options.edit is None:
            raise click.UsageError(
                "mkdocs.yml does not say where changes are saved: add `edit:` below the plugin, for example\n\n"
                "plugins:\n  - guidebook:\n      edit: {backend: gitlab, repo: owner/name, app_id: …}"
            )
        backend = backend_of(options.edit)
    except BuildFailed as error:
        raise click.UsageError(str(error)) from error
    except EditOptionsWrong as error:
        raise click.ClickException(str(error)) from error
    library, _ = load(root)
    for path in sorted(library.broken):
        click.echo(f"Warning: {path} has errors, so that the form does not know what is in it.", err=True)
    addresses = Addresses(library, config.use_directory_urls)
    target = folder or root / FOLDER
    number = 0
    try:
        for name, make, _ in editing_files(
            library, language_of(config, options), addresses, backend, config.site_name, config.site_url or ""
        ):
            file = target / name
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(make())
            number += 1
    except OSError as error:
        raise click.ClickException(f"{error.filename} cannot be written: {error.strerror}") from error
    click.echo(f"{number} files: {target}")
