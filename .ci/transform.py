"""Prints the CloudFormation that AWS makes of template.yaml, for cfn-lint to read.

Usage: transform.py ENVIRONMENT [Parameter=Value ...] > transformed.json
The transform is AWS's own (aws-sam-translator), without a call to AWS: the code is taken to be in a bucket, as it is
after `sam package`. Parameters have the values of the environment in samconfig.toml, else their defaults.
"""

import json
import logging
import os
import sys

import tomlkit
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


def main(environment, overrides):
    template = yaml_parse(read("template.yaml"))
    template["Globals"]["Function"]["CodeUri"] = PACKAGED
    parameters = {name: parameter["Default"] for name, parameter in template["Parameters"].items()}
    settings = tomlkit.parse(read("samconfig.toml"))[environment]["deploy"]["parameters"]["parameter_overrides"]
    overrides = CfnParameterOverridesType().convert([*settings, *overrides], None, None)
    if unknown := overrides.keys() - parameters.keys():
        sys.exit(f"template.yaml has no parameter {', '.join(sorted(unknown))}")
    json.dump(transform(template, {**parameters, **overrides}, Policies()), sys.stdout, indent=2)


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2:])
