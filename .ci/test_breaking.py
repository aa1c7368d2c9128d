"""Breaks a document in every way that breaking.py promises to tell, and changes it in ways that break nobody."""

import copy
import pathlib
import unittest

import breaking
import yaml

DOCUMENT = yaml.safe_load(pathlib.Path(__file__).with_suffix(".yaml").read_text(encoding="utf-8"))

SCHEMAS = "components", "schemas"
CREATE = "paths", "/books", "post"
LIST = "paths", "/books", "get"


def changed(change):
    document = copy.deepcopy(DOCUMENT)
    change(document)
    return list(breaking.Comparison(DOCUMENT, document).breaks())


def at(document, *keys):
    for key in keys:
        document = document[key]
    return document


def set_to(*keys, value):
    return lambda document: at(document, *keys[:-1]).__setitem__(keys[-1], value)


def without(*keys):
    return lambda document: at(document, *keys[:-1]).pop(keys[-1])


def added(*keys, value):
    return lambda document: at(document, *keys).append(value)


BREAKS = {
    "GET /books is gone": without(*LIST),
    "POST /echo is gone": without("paths", "/echo"),
    "GET /books: its operationId is no longer list-books": set_to(*LIST, "operationId", value="books"),
    "GET /books: the query parameter author is gone": lambda document: at(document, *LIST, "parameters").pop(0),
    "GET /books: the query parameter author is required now": set_to(*LIST, "parameters", 0, "required", value=True),
    "GET /books: the query parameter since is new and required": added(
        *LIST, "parameters", value={"name": "since", "in": "query", "required": True, "schema": {}}
    ),
    "GET /books: the query parameter limit takes less: maximum was 1000 and is 500": set_to(
        "components", "parameters", "PageLimit", "schema", "maximum", value=500
    ),
    "POST /books: the body: available takes less: type was 'boolean' and is 'string'": set_to(
        *SCHEMAS, "NewBook", "properties", "available", "type", value="string"
    ),
    "POST /books: the body: title takes less: maxLength was 10000 and is 100": set_to(
        *SCHEMAS, "Title", "maxLength", value=100
    ),
    "POST /books: the body: title takes less: minLength was 1 and is 2": set_to(
        *SCHEMAS, "Title", "minLength", value=2
    ),
    "POST /books: the body: title takes less: pattern was None and is '^[a-z]+$'": set_to(
        *SCHEMAS, "Title", "pattern", value="^[a-z]+$"
    ),
    "POST /books: the body: title takes less: enum was None and is ['a']": set_to(
        *SCHEMAS, "Title", "enum", value=["a"]
    ),
    "POST /books: the body: available is required now": added(*SCHEMAS, "NewBook", "required", value="available"),
    "PATCH /books/{id}: the body: remark: a variant is no longer taken": lambda document: at(
        document, *SCHEMAS, "BookPatch", "properties", "remark", "anyOf"
    ).pop(),
    "PATCH /books/{id}: the body: application/merge-patch+json is gone": without(
        "paths", "/books/{id}", "patch", "requestBody", "content", "application/merge-patch+json"
    ),
    "POST /books: 201 is gone": without(*CREATE, "responses", "201"),
    "GET /books/{id}: 304 is gone": without("paths", "/books/{id}", "get", "responses", "304"),
    "elsewhere: 308 is gone": without("x-fallback", "308"),
    "elsewhere: 405: the header allow is gone": without("components", "responses", "MethodNotAllowed", "headers", "allow"),
    "POST /books: a token is required now": set_to(*CREATE, "security", value=[{"bearer": []}]),
    "POST /books: 201: the header location is gone": without(*CREATE, "responses", "201", "headers", "location"),
    "POST /books: 201: the header etag may be missing now": set_to(
        "components", "headers", "ETag", "required", value=False
    ),
    "GET /books/{id}: 200: available is gone": without(*SCHEMAS, "Book", "properties", "available"),
    "GET /books/{id}: 200: available may be missing now": lambda document: at(
        document, *SCHEMAS, "Book", "required"
    ).remove("available"),
    "GET /books: 200: an item: available may be more: type was 'boolean' and is ['boolean', 'null']": set_to(
        *SCHEMAS, "Book", "properties", "available", "type", value=["boolean", "null"]
    ),
    "GET /books/{id}: 200: title may be more: maxLength was 10000 and is 20000": set_to(
        *SCHEMAS, "Title", "maxLength", value=20000
    ),
    "GET /greeting: 200: message may be more: const was 'Hello' and is 'Hi'": set_to(
        "paths", "/greeting", "get", "responses", "200", "content", "application/json", "schema", "properties",
        "message", "const", value="Hi",
    ),
    "POST /books: 400: error: a variant is new or changed": added(
        *SCHEMAS, "Error", "properties", "error", "oneOf", value={"type": "boolean"}
    ),
}  # fmt: skip

BREAKS_NOBODY = {
    "a new path": set_to("paths", "/api/new", value={"get": {"operationId": "new", "responses": {}}}),
    "a new parameter": added(*LIST, "parameters", value={"name": "since", "in": "query", "schema": {}}),
    "a new field to send": set_to(*SCHEMAS, "NewBook", "properties", "due", value={"type": "string"}),
    "a longer text to send": set_to(*SCHEMAS, "NewBook", "properties", "title", value={"type": "string"}),
    "a new field in an answer": set_to(*SCHEMAS, "Book", "properties", "due", value={"type": "string"}),
    "a new header": set_to(*CREATE, "responses", "201", "headers", "x-new", value={"schema": {"type": "string"}}),
    "a new error": set_to(*CREATE, "responses", "409", value={"description": "…"}),
    "another sentence": set_to("info", "description", value="…"),
}


class Breaking(unittest.TestCase):
    def test_nothing_changed(self):
        self.assertEqual(changed(lambda document: None), [])

    def test_every_break_is_told(self):
        for sentence, change in BREAKS.items():
            with self.subTest(sentence):
                self.assertIn(sentence, changed(change))

    def test_what_breaks_nobody_is_not(self):
        for name, change in BREAKS_NOBODY.items():
            with self.subTest(name):
                self.assertEqual(changed(change), [])

    def test_only_the_heading_of_what_is_unreleased_counts(self):
        self.assertTrue(breaking.is_announced("## [Unreleased]\n\n### Breaking\n\n- a\n\n## [1.0.0]\n"))
        self.assertFalse(breaking.is_announced("## [Unreleased]\n\n### Added\n\n## [1.0.0]\n\n### Breaking\n"))


if __name__ == "__main__":
    unittest.main()
