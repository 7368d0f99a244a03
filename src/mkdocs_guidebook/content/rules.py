"""The rules that reading a file can break: its bytes, its YAML, and the shape of its values."""

from __future__ import annotations

from mkdocs_guidebook.problems import Rule, Severity

UNREADABLE = Rule(
    code="unreadable-file",
    family="files",
    title="Every content file can be read",
    what="Reports a file that cannot be opened, is not an ordinary file, or is named in the book but missing.",
    why="A file that cannot be read would silently be missing from the site.",
    example="guidebook/know-your-river.md without read permission",
    fix="Check that the file exists, that its name is spelt right and that you may read it.",
)
TOO_LARGE = Rule(
    code="file-too-large",
    family="files",
    title="A record has at most 1 MB, a data file 5 MB",
    what="Reports a record or page of more than 1 MB, which is not read, and a data file of more than 5 MB or 400,000 values.",
    why="A page of that size is a mistake (a pasted picture, an export), and would make builds fail.",
    example="a chapter with a picture pasted into it as text",
    fix="Store pictures as files of their own and link to them; split long texts into several records.",
)
NOT_UTF8 = Rule(
    code="not-utf-8",
    family="files",
    title="Files are UTF-8 text",
    what="Reports bytes that are not UTF-8, the encoding of all content files.",
    why="Letters such as é, ö or ł would come out wrong.",
    example="a file saved as “Western (Windows 1252)” or UTF-16",
    fix="Open the file in an editor and save it again with the encoding “UTF-8”.",
)
CONTROL_CHARACTER = Rule(
    code="control-character",
    family="files",
    title="Files hold text, no control characters",
    what="Reports invisible control characters, marks that reverse the direction of text, and the signs of"
    " single programs or fonts (private-use characters), also where a field writes them as a code.",
    why="They are left-overs of copying, can hide text from a reviewer, and break print.",
    example="a NUL character between two words",
    fix="Delete the invisible character at this place and type the text again.",
)
OUTSIDE_PROJECT = Rule(
    code="outside-project",
    family="files",
    title="All content lies inside the project folder",
    what="Reports files, links and images that lead out of the project folder, also through symbolic links.",
    why="A contributed file must not be able to publish something else from the machine that builds the site.",
    example="![Map](../../private/map.png)",
    fix="Copy the file into the project and link to the copy.",
)
FILE_NAME = Rule(
    code="file-name",
    family="files",
    title="A record's file name is lower-case words with hyphens",
    what="Reports a file name that cannot serve as a permanent id, and names of files and folders that are nearly"
    " those which the project reads.",
    why="The file name is the record's id and part of its address. Addresses must work everywhere.",
    example="guidebook/Preparing Release (final).md",
    fix="Rename the file, for example to know-your-river.md.",
)
NO_FRONT_MATTER = Rule(
    code="front-matter-missing",
    family="files",
    title="A record begins with its front matter",
    what="Reports a record whose first line is not `---`, or whose front matter is not closed by `---` below all fields.",
    why="Without it the record has no title, no authors and no place in the book.",
    example="The text begins at once.",
    fix="Begin the file with a line `---`, then the fields, then another line `---`.",
)

YAML_SYNTAX = Rule(
    code="yaml-syntax",
    family="yaml",
    title="Front matter and data files are well-formed YAML",
    what="Reports text that cannot be read as YAML, such as a quotation mark that is never closed.",
    why="Nothing after that place can be understood.",
    example="title: Release: what to do",
    fix='title: "Release: what to do"',
)
YAML_DUPLICATE_KEY = Rule(
    code="duplicate-key",
    family="yaml",
    title="A key stands once",
    what="Reports a key that is written twice in the same place.",
    why="Only one of the two values could be used, and nobody would know which.",
    example="title: One\ntitle: Two",
    fix="Keep one of the two lines.",
)
YAML_FEATURE = Rule(
    code="yaml-feature",
    family="yaml",
    title="YAML is used without tags, anchors and aliases",
    what="Reports tags (`!!python/…`), anchors (`&name`), aliases (`*name`) and several documents in one file.",
    why="They can run code, or blow up to any size, and forms cannot show them.",
    example="audiences: *all",
    fix="Write the value out. If the text begins with `*`, `&` or `!`, put it in quotes.",
)
YAML_DEPTH = Rule(
    code="too-deep",
    family="yaml",
    title="Values are nested at most 20 levels deep",
    what="Reports lists or fields nested deeper than any record needs.",
    why="It is a mistake or an attack on the build.",
    example="[[[[[[[[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]]]]]]]]",
    fix="Close the brackets, or check the indentation.",
)

UNKNOWN_KEY = Rule(
    code="unknown-key",
    family="fields",
    title="Every key is one that the record knows",
    what="Reports a key that this kind of record does not have.",
    why="A misspelt key would be ignored, and what it says would be missing on the page.",
    example="titel: Know your river",
    fix="title: Know your river",
)
MISSING_KEY = Rule(
    code="missing-key",
    family="fields",
    title="Every required key is there",
    what="Reports a key that this record must have.",
    why="The page would have a hole.",
    example="a chapter without `summary`",
    fix="summary: Who does what before the water comes.",
)
WRONG_TYPE = Rule(
    code="wrong-type",
    family="fields",
    title="A value has the form that its key asks for",
    what="Reports text where a list is asked for, a list where text is asked for, and the like.",
    why="The value could not be shown.",
    example="topics: planning",
    fix="topics: [planning]",
)
EMPTY_VALUE = Rule(
    code="empty-value",
    family="fields",
    title="A key that is written has a value",
    what="Reports a key with nothing behind it, and lists that must not be empty.",
    why="An empty value is either forgotten or should be left out.",
    example="summary:",
    fix="Write the value, or delete the line if the key is optional.",
)
BAD_DATE = Rule(
    code="bad-date",
    family="fields",
    title="Dates exist and are written year-month-day",
    what="Reports dates that do not exist or are written another way. Where only the month or year is known,"
    " some fields take `2019-11` or `2019`.",
    why="Readers judge advice by its date.",
    example="as_of: 2026-02-31",
    fix="as_of: 2026-02-28",
)
BAD_VALUE = Rule(
    code="bad-value",
    family="fields",
    title="A value is one of those allowed",
    what="Reports a value outside the short list or the range that its key allows.",
    why="Filters, labels and tables are made from these values.",
    example="strength: very strong",
    fix="strength: strong",
)
BAD_ID = Rule(
    code="bad-id",
    family="fields",
    title="Ids are lower-case words with hyphens",
    what="Reports an id with capitals, spaces, dots or other signs.",
    why="An id is an address. It must be the same in every browser and on paper.",
    example="id: Agree_Before",
    fix="id: agree-before",
)
BAD_COUNTRY = Rule(
    code="bad-country",
    family="fields",
    title="Countries are ISO 3166-1 codes of two letters",
    what="Reports a country that is not one of the codes of ISO 3166-1 alpha-2.",
    why="Names, filters and the map are made from the code.",
    example="country: Belgium",
    fix="country: BE",
)
BAD_ADDRESS = Rule(
    code="bad-address",
    family="fields",
    title="Web addresses begin with https:// or http://",
    what="Reports an address in a data field that is not a complete web address.",
    why="The link would lead nowhere, or run a script.",
    example="url: www.example.org",
    fix="url: https://www.example.org",
)
TOO_LONG = Rule(
    code="too-long",
    family="fields",
    title="Short texts are short",
    what="Reports a title of more than 120 or a summary of more than 300 characters.",
    why="Lists, search results and cards cut longer texts in the middle.",
    example="a summary of eight sentences",
    fix="Say it in one or two sentences and move the rest into the text.",
)
DUPLICATE_ID = Rule(
    code="duplicate-id",
    family="ids",
    title="An id is used once",
    what="Reports two things of the same kind with the same id.",
    why="Links and citations could not tell them apart.",
    example="two references with the id `smith-2020`",
    fix="Give the newer one another id.",
)
WRONG_ORDER = Rule(
    code="wrong-order",
    family="fields",
    title="An end is not before its beginning",
    what="Reports a period that ends before it starts.",
    why="One of the two dates is wrong.",
    example='period: {start: "2018-10", end: "2018-03"}',
    fix="Correct one of the two dates.",
)

RULES = (
    UNREADABLE,
    TOO_LARGE,
    NOT_UTF8,
    CONTROL_CHARACTER,
    OUTSIDE_PROJECT,
    FILE_NAME,
    NO_FRONT_MATTER,
    YAML_SYNTAX,
    YAML_DUPLICATE_KEY,
    YAML_FEATURE,
    YAML_DEPTH,
    UNKNOWN_KEY,
    MISSING_KEY,
    WRONG_TYPE,
    EMPTY_VALUE,
    BAD_DATE,
    BAD_VALUE,
    BAD_ID,
    BAD_COUNTRY,
    BAD_ADDRESS,
    TOO_LONG,
    DUPLICATE_ID,
    WRONG_ORDER,
)
__all__ = ["RULES", "Rule", "Severity"]
