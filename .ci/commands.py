"""Checks the aws and sam commands of the docs: each command and each of its options must exist.

Usage: commands.py
What exists is what botocore, of which the AWS CLI is made, and sam itself say.
"""

import contextlib
import importlib
import pathlib
import re
import sys

import botocore.session
from botocore import xform_name

DOCS = [*pathlib.Path("docs").glob("*.md"), *pathlib.Path().glob("*.md")]
BLOCK = re.compile(r"^ *```(?:sh|console)\n(.*?)^ *```", re.DOTALL | re.MULTILINE)
INLINE = re.compile(r"`((?:aws|sam) [^`]*--[^`]*)`")
# A command ends where the next one begins, also one within it.
WORD = r"([a-z][a-z0-9-]*)"
COMMAND = re.compile(rf"\b(aws|sam) {WORD}(?: {WORD})?(?: {WORD})?((?:(?!\b(?:aws|sam) [a-z]|[;|\n]| && ).)*)")
OPTION = re.compile(r"(?<![\w-])--[a-z][a-z0-9-]*")
EVERYWHERE = {"--output", "--query", "--region", "--profile"}
PAGES = {"--max-items", "--page-size", "--starting-token"}
# Not from AWS's models, but the CLI's own.
OWN = {
    ("cloudformation", "deploy"): {"--template-file", "--stack-name", "--capabilities", "--parameter-overrides", "--role-arn"},
}
# What the CLI calls services, where it has another name than the models.
NAMES = {"s3api": "s3", "deploy": "codedeploy"}
SESSION = botocore.session.get_session()


def options_of_aws(service, operation, waiter):
    """The options of a command, or nothing where there is no such command."""
    if own := OWN.get((service, operation)):
        return own
    service = NAMES.get(service, service)
    if service not in SESSION.get_available_services():
        return None
    client = SESSION.create_client(service, region_name="eu-west-1", aws_access_key_id="a", aws_secret_access_key="a")
    if operation == "wait":
        name = waiter.replace("-", "_")
        if name not in client.waiter_names:
            return None
        operation = xform_name(client.get_waiter(name).config.operation, "-")
    model = client.meta.service_model
    operations = {xform_name(one, "-"): one for one in model.operation_names}
    if operation not in operations:
        return None
    shape = model.operation_model(operations[operation]).input_shape
    members = shape.members if shape else {}
    options = {f"--{xform_name(name, '-')}" for name in members}
    options |= {f"--no-{xform_name(name, '-')}" for name, one in members.items() if one.type_name == "boolean"}
    return options | (PAGES if client.can_paginate(operation.replace("-", "_")) else set())


def options_of_sam(command, second):
    folder = f"local.{second.replace('-', '_')}" if command == "local" else command
    for module in ("command", "cli", command):  # sam has no one name for it
        with contextlib.suppress(ModuleNotFoundError):
            found = importlib.import_module(f"samcli.commands.{folder}.{module}").cli
            return {option for one in found.params for option in [*one.opts, *one.secondary_opts]}
    return None


def commands():
    for path in DOCS:
        text = path.read_text()
        for block in [*BLOCK.findall(text), *INLINE.findall(text)]:
            for found in COMMAND.finditer(block.replace("\\\n", " ")):
                yield path, found


def main():
    count = 0
    for path, found in commands():
        tool, *words, rest = found.groups()
        known = options_of_sam(*words[:2]) if tool == "sam" else options_of_aws(*words)
        if known is None:
            sys.exit(f"{path}: there is no command {found[0]}")
        if unknown := set(OPTION.findall(rest)) - known - EVERYWHERE:
            sys.exit(f"{path}: {found[0].strip()}\nhas no option {', '.join(sorted(unknown))}")
        count += 1
    print(f"the {count} commands of aws and sam in the docs exist, with their options")


if __name__ == "__main__":
    main()
