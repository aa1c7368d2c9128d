"""The roles of deploy/role.yaml, made in moto, and what their policies allow."""

import contextlib
import fnmatch
import logging
import os
from unittest import mock

# moto checks no permissions and asks for some credentials.
os.environ |= {"AWS_ACCESS_KEY_ID": "testing", "AWS_SECRET_ACCESS_KEY": "testing", "AWS_DEFAULT_REGION": "eu-west-1"}
logging.disable(logging.WARNING)
import boto3  # noqa: E402
import yaml  # noqa: E402
from botocore.client import BaseClient  # noqa: E402

REGION, ACCOUNT = "eu-west-1", "123456789012"  # moto's account
STAGES = {"dev": "posts-and-tasks-dev", "prod": "posts-and-tasks-prod", "preview": "posts-and-tasks-pr-*"}
# The actions that a call needs, where they have another name.
ACTIONS = {
    "s3:DeleteObjects": ["s3:DeleteObject", "s3:DeleteObjectVersion"],
    "s3:HeadObject": ["s3:GetObject"],
    "s3:ListObjectVersions": ["s3:ListBucketVersions"],
}


class Policy:
    """Statements that allow; there are none here that deny."""

    def __init__(self, documents):
        # moto gives what its CloudFormation made as Python would print it, which YAML reads, too.
        documents = [yaml.safe_load(one) if isinstance(one, str) else one for one in documents]
        self.statements = [one for document in documents for one in as_list(document["Statement"])]

    def actions(self):
        return {action for one in self.statements for action in as_list(one["Action"])}

    def allows(self, action, resource, **context):
        """Whether a call is allowed. The context has the values of condition keys, such as `RoleArn`."""
        return any(
            any(fnmatch.fnmatch(action.lower(), one.lower()) for one in as_list(statement["Action"]))
            and any(fnmatch.fnmatchcase(resource, one) for one in as_list(statement["Resource"]))
            and holds(statement.get("Condition", {}), context)
            for statement in self.statements
        )


def as_list(one):
    return one if isinstance(one, list) else [one]


def holds(condition, context):
    return all(
        any(fnmatch.fnmatchcase(context.get(key.split(":")[1], ""), value) for value in as_list(values))
        for keys in condition.values()
        for key, values in keys.items()
    )


class Roles:
    """The roles of one stage."""

    def __init__(self, stage):
        iam, cloudformation = boto3.client("iam"), boto3.client("cloudformation")
        self.stack = STAGES[stage]
        # The name that would do most harm if the roles had no path of their own.
        name = f"{self.stack.replace('*', '12')}-deploy"
        # moto's CloudFormation makes no provider.
        provider = f"arn:aws:iam::{ACCOUNT}:oidc-provider/token.actions.githubusercontent.com"
        parameters = {"Stack": self.stack, "Repository": "owner/name", "Environment": stage, "Provider": provider}
        with open("deploy/role.yaml", encoding="utf-8") as file:
            cloudformation.create_stack(
                StackName=name,
                TemplateBody=file.read(),
                Parameters=[{"ParameterKey": key, "ParameterValue": value} for key, value in parameters.items()],
                Capabilities=["CAPABILITY_IAM"],
            )
        (stack,) = cloudformation.describe_stacks(StackName=name)["Stacks"]
        arns = {one["OutputKey"]: one["OutputValue"] for one in stack["Outputs"]}
        self.execution_arn, self.boundary_arn = arns["Execution"], arns["Boundary"]
        self.deployment_arn = arns["Deployment"]
        self.deployment, self.execution = (policy_of(iam, arns[name]) for name in ("Deployment", "Execution"))
        version = iam.get_policy(PolicyArn=self.boundary_arn)["Policy"]["DefaultVersionId"]
        document = iam.get_policy_version(PolicyArn=self.boundary_arn, VersionId=version)["PolicyVersion"]["Document"]
        self.boundary = Policy([document])
        role = iam.get_role(RoleName=arns["Deployment"].rpartition("/")[2])["Role"]
        self.trust = role["AssumeRolePolicyDocument"]["Statement"]


def policy_of(iam, role):
    name = role.rpartition("/")[2]
    names = iam.list_role_policies(RoleName=name)["PolicyNames"]
    return Policy([iam.get_role_policy(RoleName=name, PolicyName=one)["PolicyDocument"] for one in names])


@contextlib.contextmanager
def recorded():
    """The actions that boto3's calls need, as they are made."""
    actions, call = set(), BaseClient._make_api_call

    def record(client, operation, parameters):
        name = f"{client.meta.service_model.signing_name}:{operation}"
        actions.update(ACTIONS.get(name, [name]))
        return call(client, operation, parameters)

    with mock.patch.object(BaseClient, "_make_api_call", record):
        yield actions
