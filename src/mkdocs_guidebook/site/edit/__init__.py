"""The editing page: a form for every record and data file, made with Decap CMS and served by the site itself.

widgets   a field of a model → a field of the form
config    the library → what Decap is told: collections, fields, lists to choose from
backend   where changes are saved: a code host, or the preview
page      the files of /edit/
saving    what the preview answers the form: it saves into the files of the project

In the browser, `assets/format.js` reads a file into the form's values and writes back only what was changed;
`assets/check.js` refuses what `guidebook check` would refuse; `assets/widgets.js` holds the controls that Decap
lacks. Keys of the form's values that begin with an underscore are ours and never written.
"""
