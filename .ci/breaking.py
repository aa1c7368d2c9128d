"""Tells what in openapi.yaml breaks callers that were written for the last tag.

Usage: breaking.py [REVISION]
What is sent may not get narrower: paths, operations, parameters, fields, types, limits. What is answered may not get wider,
nor lose a status, field or header. Such a change needs a heading `### Breaking` below `## [Unreleased]` in CHANGELOG.md.
It compares what OpenAPI and JSON Schema say of this document, not all that they could say.
"""

import re
import subprocess
import sys

import yaml

METHODS = ("get", "put", "post", "delete", "options", "head", "patch", "trace")
AT_MOST = ("maxLength", "maximum", "maxItems", "x-max-bytes")
AT_LEAST = ("minLength", "minimum", "minItems")
FORMS = ("pattern", "format")


class Document:
    """An OpenAPI document whose references are followed."""

    def __init__(self, document):
        self.document = document

    def resolve(self, value):
        while isinstance(value, dict) and "$ref" in value:
            target = self.document
            for key in value["$ref"].removeprefix("#/").split("/"):
                target = target[key.replace("~1", "/").replace("~0", "~")]
            value = target
        return value if value is not None else {}

    def operations(self):
        for path, item in self.document["paths"].items():
            for method in METHODS:
                if method in item:
                    yield path, method, {**item[method], "parameters": self.parameters(item, item[method])}

    def parameters(self, item, operation):
        both = [*item.get("parameters", []), *operation.get("parameters", [])]
        return {(one["in"], one["name"].lower()): one for one in map(self.resolve, both)}

    def schema(self, value):
        """A schema with what its `allOf` says merged into it."""
        schema = dict(self.resolve(value))
        for part in schema.pop("allOf", []):
            schema = {**self.schema(part), **schema}
        return schema


class Comparison:
    """What breaks from one document to the next, sentence by sentence."""

    def __init__(self, old, new):
        self.old, self.new = Document(old), Document(new)

    def breaks(self):
        new = {(path, method): operation for path, method, operation in self.new.operations()}
        for path, method, operation in self.old.operations():
            where = f"{method.upper()} {path}"
            if (path, method) not in new:
                yield f"{where} is gone"
                continue
            changed = new[path, method]
            if operation["operationId"] != changed["operationId"]:
                yield f"{where}: its operationId is no longer {operation['operationId']}"
            if is_open(operation) and not is_open(changed):
                yield f"{where}: a token is required now"
            yield from self.parameters(where, operation["parameters"], changed["parameters"])
            yield from self.body(where, operation, changed)
            yield from self.responses(where, operation["responses"], changed["responses"])
        fallback = (document.resolve(document.document.get("x-fallback")) for document in (self.old, self.new))
        yield from self.responses("elsewhere", *fallback)

    def parameters(self, where, old, new):
        for key, parameter in old.items():
            name = f"{where}: the {key[0]} parameter {parameter['name']}"
            if key not in new:
                yield f"{name} is gone"
                continue
            if new[key].get("required") and not parameter.get("required"):
                yield f"{name} is required now"
            yield from self.schemas(name, parameter.get("schema"), new[key].get("schema"), is_read=False)
        for key in new.keys() - old.keys():
            if new[key].get("required"):
                yield f"{where}: the {key[0]} parameter {new[key]['name']} is new and required"

    def body(self, where, old, new):
        old, new = self.old.resolve(old.get("requestBody")), self.new.resolve(new.get("requestBody"))
        if new.get("required") and not old.get("required"):
            yield f"{where}: a body is required now"
        yield from self.contents(f"{where}: the body", old, new, is_read=False)

    def responses(self, where, old, new):
        for status, response in old.items():
            name = f"{where}: {status}"
            if status not in new:
                yield f"{name} is gone"
                continue
            response, changed = self.old.resolve(response), self.new.resolve(new[status])
            headers = self.new.resolve(changed.get("headers"))
            for header, value in self.old.resolve(response.get("headers")).items():
                value = self.old.resolve(value)
                if header not in headers:
                    yield f"{name}: the header {header} is gone"
                    continue
                other = self.new.resolve(headers[header])
                if value.get("required") and not other.get("required"):
                    yield f"{name}: the header {header} may be missing now"
                about = f"{name}: the header {header}"
                yield from self.schemas(about, value.get("schema"), other.get("schema"), is_read=True)
            yield from self.contents(name, response, changed, is_read=True)

    def contents(self, where, old, new, is_read):
        new = new.get("content", {})
        for media_type, content in old.get("content", {}).items():
            if media_type not in new:
                yield f"{where}: {media_type} is gone"
            else:
                yield from self.schemas(where, content.get("schema"), new[media_type].get("schema"), is_read)

    def schemas(self, where, old, new, is_read):
        """Callers read what is answered: a value that is new surprises them. They send the rest: a value that was taken
        must still be."""
        old, new = self.old.schema(old), self.new.schema(new)
        wide, tight = (new, old) if is_read else (old, new)
        change = "may be more" if is_read else "takes less"
        for key in refused(wide, tight):
            yield f"{where} {change}: {key} was {old.get(key)!r} and is {new.get(key)!r}"
        for name in sorted(required(tight) - required(wide)):
            yield f"{where}: {name} " + ("may be missing now" if is_read else "is required now")
        properties = new.get("properties", {})
        for name, value in old.get("properties", {}).items():
            if name not in properties:
                yield f"{where}: {name} is gone"
            else:
                yield from self.schemas(f"{where}: {name}", value, properties[name], is_read)
        if "items" in old and "items" in new:
            yield from self.schemas(f"{where}: an item", old["items"], new["items"], is_read)
        yield from self.variants(where, variants(old), variants(new), is_read)

    def variants(self, where, old, new, is_read):
        if not old or not new:
            return
        for variant in new if is_read else old:
            pairs = [(one, variant) for one in old] if is_read else [(variant, one) for one in new]
            if all(any(self.schemas("", one, other, is_read)) for one, other in pairs):
                yield f"{where}: a variant " + ("is new or changed" if is_read else "is no longer taken")


def refused(wide, tight):
    """The keywords by which `tight` refuses a value that `wide` allows."""
    if "type" in tight and not types(wide) <= types(tight):
        yield "type"
    for keyword in ("const", "enum"):
        if keyword in tight and (values(wide) is None or not values(wide) <= values(tight)):
            yield keyword
    for keyword in AT_MOST:
        if keyword in tight and wide.get(keyword, float("inf")) > tight[keyword]:
            yield keyword
    for keyword in AT_LEAST:
        if keyword in tight and wide.get(keyword, float("-inf")) < tight[keyword]:
            yield keyword
    for keyword in FORMS:
        if keyword in tight and wide.get(keyword) != tight[keyword]:
            yield keyword


def types(schema):
    kind = schema.get("type", "any")
    named = {kind} if isinstance(kind, str) else set(kind)
    return named | {"integer"} if "number" in named else named


def values(schema):
    if "const" in schema:
        return {repr(schema["const"])}
    return {repr(value) for value in schema["enum"]} if "enum" in schema else None


def is_open(operation):
    """Whether it can be called without a token."""
    return not operation.get("security") or {} in operation["security"]


def required(schema):
    return set(schema.get("required", []))


def variants(schema):
    return schema.get("oneOf") or schema.get("anyOf") or []


def is_announced(changelog):
    unreleased = re.search(r"^## \[Unreleased\]$(.*?)(?=^## |\Z)", changelog, re.MULTILINE | re.DOTALL)
    return bool(unreleased and re.search(r"^### Breaking$", unreleased[1], re.MULTILINE))


def git(*arguments):
    return subprocess.run(["git", *arguments], capture_output=True, text=True, check=False)


def main():
    revision = sys.argv[1] if len(sys.argv) > 1 else git("describe", "--tags", "--abbrev=0").stdout.strip()
    if not revision:
        if git("rev-parse", "--is-shallow-repository").stdout.strip() == "true":
            sys.exit("this clone is shallow, and may lack the last tag: git fetch --unshallow --tags")
        print("there is no tag yet that openapi.yaml could be compared with")
        return
    before = git("show", f"{revision}:openapi.yaml")
    if before.returncode:
        print(f"there is no openapi.yaml in {revision}")
        return
    with open("openapi.yaml", encoding="utf-8") as file:
        breaks = list(Comparison(yaml.safe_load(before.stdout), yaml.safe_load(file)).breaks())
    print(*(breaks or [f"nothing in openapi.yaml breaks callers that were written for {revision}"]), sep="\n")
    with open("CHANGELOG.md", encoding="utf-8") as file:
        if breaks and not is_announced(file.read()):
            sys.exit("CHANGELOG.md has no heading `### Breaking` below `## [Unreleased]`")


if __name__ == "__main__":
    main()
