"""Breaks openapi.yaml in every way that breaking.py promises to tell, and changes it in ways that break nobody."""

import copy
import unittest

import breaking
import yaml

with open("openapi.yaml", encoding="utf-8") as file:
    DOCUMENT = yaml.safe_load(file)

SCHEMAS = "components", "schemas"
CREATE = "paths", "/api/tasks", "post"
LIST = "paths", "/api/posts", "get"


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
    "GET /api/posts is gone": without(*LIST),
    "POST /api/echo is gone": without("paths", "/api/echo"),
    "GET /api/posts: its operationId is no longer list-posts": set_to(*LIST, "operationId", value="posts"),
    "GET /api/posts: the query parameter author is gone": lambda document: at(document, *LIST, "parameters").pop(0),
    "GET /api/search: the query parameter q is required now": set_to(
        "paths", "/api/search", "get", "parameters", 0, "required", value=True
    ),
    "GET /api/posts: the query parameter since is new and required": added(
        *LIST, "parameters", value={"name": "since", "in": "query", "required": True, "schema": {}}
    ),
    "GET /api/tasks: the query parameter limit takes less: maximum was 1000 and is 500": set_to(
        "components", "parameters", "PageLimit", "schema", "maximum", value=500
    ),
    "POST /api/tasks: the body: completed takes less: type was 'boolean' and is 'string'": set_to(
        *SCHEMAS, "NewTask", "properties", "completed", "type", value="string"
    ),
    "POST /api/tasks: the body: title takes less: maxLength was 10000 and is 100": set_to(
        *SCHEMAS, "TaskTitle", "maxLength", value=100
    ),
    "POST /api/tasks: the body: title takes less: minLength was 1 and is 2": set_to(
        *SCHEMAS, "TaskTitle", "minLength", value=2
    ),
    "POST /api/tasks: the body: title takes less: pattern was None and is '^[a-z]+$'": set_to(
        *SCHEMAS, "TaskTitle", "pattern", value="^[a-z]+$"
    ),
    "POST /api/tasks: the body: title takes less: enum was None and is ['a']": set_to(
        *SCHEMAS, "TaskTitle", "enum", value=["a"]
    ),
    "POST /api/tasks: the body: completed is required now": added(*SCHEMAS, "NewTask", "required", value="completed"),
    "PATCH /api/tasks/{id}: the body: description: a variant is no longer taken": lambda document: at(
        document, *SCHEMAS, "TaskPatch", "properties", "description", "anyOf"
    ).pop(),
    "PATCH /api/tasks/{id}: the body: application/merge-patch+json is gone": without(
        "paths", "/api/tasks/{id}", "patch", "requestBody", "content", "application/merge-patch+json"
    ),
    "POST /api/tasks: 201 is gone": without(*CREATE, "responses", "201"),
    "GET /api/posts/{id}: 304 is gone": without("paths", "/api/posts/{id}", "get", "responses", "304"),
    "elsewhere: 308 is gone": without("x-fallback", "308"),
    "elsewhere: 405: the header allow is gone": without("components", "responses", "MethodNotAllowed", "headers", "allow"),
    "POST /api/tasks: a token is required now": set_to(*CREATE, "security", value=[{"bearer": []}]),
    "POST /api/tasks: 201: the header location is gone": without(*CREATE, "responses", "201", "headers", "location"),
    "POST /api/tasks: 201: the header etag may be missing now": set_to(
        "components", "headers", "ETag", "required", value=False
    ),
    "GET /api/tasks/{id}: 200: completed is gone": without(*SCHEMAS, "Task", "properties", "completed"),
    "GET /api/tasks/{id}: 200: completed may be missing now": lambda document: at(
        document, *SCHEMAS, "Task", "required"
    ).remove("completed"),
    "GET /api/tasks: 200: an item: completed may be more: type was 'boolean' and is ['boolean', 'null']": set_to(
        *SCHEMAS, "Task", "properties", "completed", "type", value=["boolean", "null"]
    ),
    "GET /api/posts/{id}: 200: title may be more: maxLength was 10000 and is 20000": set_to(
        *SCHEMAS, "PostTitle", "maxLength", value=20000
    ),
    "GET /api/hello: 200: message may be more: const was 'Hello, World!' and is 'Hi'": set_to(
        "paths", "/api/hello", "get", "responses", "200", "content", "application/json", "schema", "properties",
        "message", "const", value="Hi",
    ),
    "POST /api/tasks: 400: error: a variant is new or changed": added(
        *SCHEMAS, "Error", "properties", "error", "oneOf", value={"type": "boolean"}
    ),
}  # fmt: skip

BREAKS_NOBODY = {
    "a new path": set_to("paths", "/api/new", value={"get": {"operationId": "new", "responses": {}}}),
    "a new parameter": added(*LIST, "parameters", value={"name": "since", "in": "query", "schema": {}}),
    "a new field to send": set_to(*SCHEMAS, "NewTask", "properties", "due", value={"type": "string"}),
    "a longer text to send": set_to(*SCHEMAS, "NewPost", "properties", "title", value={"type": "string"}),
    "a new field in an answer": set_to(*SCHEMAS, "Task", "properties", "due", value={"type": "string"}),
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
