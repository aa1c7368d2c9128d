"""Prints the CloudFormation that AWS makes of template.yaml, for cfn-lint to read.

Usage: transform.py ENVIRONMENT [Parameter=Value ...] > transformed.json
The transform is AWS's own (aws-sam-translator), without a call to AWS: the code is taken to be in a bucket, as it is
after `sam package`. Parameters have the values of the environment in samconfig.toml, else their defaults. Where
CloudFormation would refuse them, this does, too.
"""

import copy
import functools
import json
import logging
import os
import sys

import tomlkit
from cloudformation import Evaluator
from samcli.cli.types import CfnParameterOverridesType
from samtranslator.public.translator import ManagedPolicyLoader
from samtranslator.translator.transform import transform
from samtranslator.yaml_helper import yaml_parse

# The region decides only the partition of ARNs.
os.environ.setdefault("AWS_DEFAULT_REGION", "eu-west-1")
PACKAGED = "s3://bucket/key"
# A warning for each function about a switch that only AWS has.
logging.disable(logging.WARNING)


class Policies(ManagedPolicyLoader):
    """Managed policies by name; the real loader would ask IAM for all of them."""

    def __init__(self):
        super().__init__(None)

    def load(self):
        return {}


def read(path):
    with open(path, encoding="utf-8") as file:
        return file.read()


@functools.cache
def template():
    """template.yaml in its long form."""
    return yaml_parse(read("template.yaml"))


def defaults():
    return {name: parameter["Default"] for name, parameter in template()["Parameters"].items()}


def transformed(parameters, code=PACKAGED):
    """The CloudFormation of template.yaml with these values."""
    packaged = copy.deepcopy(template())
    packaged["Globals"]["Function"]["CodeUri"] = code
    return transform(packaged, parameters, Policies())


def main(environment, overrides):
    settings = tomlkit.parse(read("samconfig.toml"))[environment]["deploy"]["parameters"]["parameter_overrides"]
    overrides = CfnParameterOverridesType().convert([*settings, *overrides], None, None)
    parameters = {**defaults(), **overrides}
    if unknown := parameters.keys() - defaults().keys():
        sys.exit(f"template.yaml has no parameter {', '.join(sorted(unknown))}")
    if refusals := list(Evaluator(template(), parameters).refusals()):
        sys.exit("\n".join(refusals))
    json.dump(transformed(parameters), sys.stdout, indent=2)


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2:])
