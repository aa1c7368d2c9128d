"""Prints the CloudFormation that AWS makes of a SAM template, for cfn-lint to read.

Usage: transform.py template.yaml > transformed.json
The transform is AWS's own (aws-sam-translator), without a call to AWS: the code is taken to be in a bucket, as it
is after `sam package`, and parameters have their defaults.
"""

import json
import os
import sys

from samtranslator.public.translator import ManagedPolicyLoader
from samtranslator.translator.transform import transform
from samtranslator.yaml_helper import yaml_parse

# The region decides only the partition of ARNs.
os.environ.setdefault("AWS_DEFAULT_REGION", "eu-west-1")
PACKAGED = "s3://bucket/key"


class Policies(ManagedPolicyLoader):
    """Managed policies by name; the real loader would ask IAM for all of them."""

    def __init__(self):
        super().__init__(None)

    def load(self):
        return {}


def main(path):
    with open(path, encoding="utf-8") as file:
        template = yaml_parse(file)
    globals_ = template.get("Globals", {}).get("Function", {})
    if "CodeUri" in globals_:
        globals_["CodeUri"] = PACKAGED
    for resource in template["Resources"].values():
        if resource["Type"] == "AWS::Serverless::Function" and "CodeUri" in resource["Properties"]:
            resource["Properties"]["CodeUri"] = PACKAGED
    defaults = {
        name: parameter["Default"] for name, parameter in template.get("Parameters", {}).items() if "Default" in parameter
    }
    json.dump(transform(template, defaults, Policies()), sys.stdout, indent=2)


if __name__ == "__main__":
    main(sys.argv[1])
