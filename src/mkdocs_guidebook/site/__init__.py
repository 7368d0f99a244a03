"""Library → website: views compute what a page shows, templates show it, and the plugin hands it to MkDocs.

`pages` says which pages a library has, `views` make them, `render` and `frame` turn them into HTML; `search`,
`map`, `catalog`, `citing` and `metadata` make what lies beside the pages. `composition` puts them together, `plugin`
holds MkDocs's events, `options` what mkdocs.yml can say.
"""
