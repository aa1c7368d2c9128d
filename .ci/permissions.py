"""Holds the roles of deploy/role.yaml against what template.yaml makes, and what `sam deploy` calls.

Usage: permissions.py TRANSFORMED...
TRANSFORMED is what transform.py prints. moto makes the roles, and this reads them back:

- CloudFormation may do, on the stack's own resources, what it needs to make, change and delete them, and no more. What that
  is stands in CloudFormation's registry, and which actions know resources in IAM's list; cfn-lint brings both along.
- The boundary allows the roles of the stack what template.yaml gives them, and each has the boundary.
- No stage can touch another one, or the roles that deploy it.
"""

import json
import pathlib
import re
import sys
import tempfile

import boto3
import cfnlint
from cfnlint.schema.manager import PROVIDER_SCHEMA_MANAGER
from click.testing import CliRunner
from iam import ACCOUNT, REGION, STAGES, Roles, as_list, recorded
from moto import mock_aws
from samcli.commands.deploy.command import cli as sam_deploy

IAM = json.loads((pathlib.Path(cfnlint.__file__).parent / "data/AdditionalSpecs/Policies.json").read_text())
TRANSFORM = "AWS::Serverless-2016-10-31"
# What the registry names for properties that this template does not have.
UNUSED = {
    "other services": r"(ec2|elasticfilesystem|firehose|kinesis|kms|s3files):.*|s3:(REST\..*|ListBucket|GetObjectMetadata)",
    "signed code, layers, capacity providers": r"lambda:(GetCodeSigning\w+|(Put|Delete)FunctionCodeSigning\w+|GetLayer\w+"
    r"|PassCapacityProvider|AssociateRuntimeAlias)",
    "imports, replicas, streams, policies of tables": r"dynamodb:(\w*Import\w*|\w*Replica|(Enable|Disable|Update)Kinesis\w+"
    r"|(Put|Delete)ResourcePolicy|Scan|Query|\w*Item)|logs:(CreateLogStream|DescribeLogStreams|PutLogEvents)",
    "policies, indexes and keys of log groups": r"logs:(\w+KmsKey|(Put|Delete)(DataProtection|Index)Policy"
    r"|DeleteResourcePolicy|PutLogGroupDeletionProtection|PutBearerTokenAuthentication)",
    "policies of topics": r"sns:PutDataProtectionPolicy",
    "machines": r"codedeploy:RegisterOnPremisesInstance",
    "roles of AWS": r"iam:CreateServiceLinkedRole",
    "to leave the boundary": r"iam:DeleteRolePermissionsBoundary",
}
# What no type names: CloudFormation calls the function behind `Settings`, and an access log is a log delivery.
BESIDE = {"lambda:InvokeFunction", "logs:ListLogDeliveries"}
BESIDE |= {f"logs:{verb}LogDelivery" for verb in ("Get", "Update", "Delete")}


def names(stack):
    """A resource of each kind as it is called in a stack, by service and kind."""
    name, here = f"{stack}-Name-1A2B3C", f"{REGION}:{ACCOUNT}"
    apis, function = f"arn:aws:apigateway:{REGION}::", f"arn:aws:lambda:{here}:function:{name}"
    bucket = "arn:aws:s3:::aws-sam-cli-managed-default-samclisourcebucket-1a2b"
    return {
        "lambda": {"function": [function], "function version": [f"{function}:1"], "function alias": [f"{function}:live"]},
        "iam": {"role": [f"arn:aws:iam::{ACCOUNT}:role/{name}"]},
        "s3": {"bucket": [bucket], "object": [f"{bucket}/{stack}/0123"]},
        "dynamodb": {"table": [f"arn:aws:dynamodb:{here}:table/{name}"]},
        "logs": {
            "log-group": [
                f"arn:aws:logs:{here}:log-group:{name}",
                f"arn:aws:logs:{here}:log-group:/aws/vendedlogs/{stack}/access/0123",
            ],
            "log-stream": [f"arn:aws:logs:{here}:log-group:{name}:log-stream:0123"],
        },
        "sns": {"topic": [f"arn:aws:sns:{here}:{name}"]},
        "cloudwatch": {
            "alarm": [f"arn:aws:cloudwatch:{here}:alarm:{name}"],
            "dashboard": [f"arn:aws:cloudwatch::{ACCOUNT}:dashboard/{name}"],
        },
        "codedeploy": {
            "application": [f"arn:aws:codedeploy:{here}:application:{name}"],
            "deploymentgroup": [f"arn:aws:codedeploy:{here}:deploymentgroup:{name}/{name}"],
            "deploymentconfig": [f"arn:aws:codedeploy:{here}:deploymentconfig:CodeDeployDefault.LambdaAllAtOnce"],
        },
        "apigateway": {"api": [f"{apis}/apis", f"{apis}/apis/a1b2", f"{apis}/apis/a1b2/stages/$default"]},
        "cloudformation": {"stack": [f"arn:aws:cloudformation:{here}:stack/{stack}/0123"]},
    }


def targets(action, stack):
    """What a call of this action is about: a stack's resources, or nothing where it knows none."""
    service, name = action.split(":")
    kinds = IAM[service]["Actions"].get(name.lower(), {}).get("Resources", [])
    known = names(stack).get(service, {})
    if service == "apigateway":
        return known["api"]
    if not kinds or action.lower() == "cloudwatch:describealarms":  # CloudFormation looks for alarms among all
        return ["*"]
    found = [arn for kind in kinds for arn in known.get(kind, [])]
    return found or sys.exit(f"which resource of a stack is {action} about, {' or '.join(kinds)}?")


def needed(templates):
    """The actions for the types of the templates, each with a type that needs it."""
    actions = {}
    resources = [one for template in templates for one in template["Resources"].values()]
    kinds = {one["Type"] for one in resources if not one["Type"].startswith("Custom::")}
    for kind in kinds | {"AWS::DynamoDB::Table"}:  # a project without a resource will have one
        schema = PROVIDER_SCHEMA_MANAGER.get_resource_schema(REGION, kind).schema
        own = [one for one in resources if one["Type"] == kind]
        kept = all(one.get("DeletionPolicy") == one.get("UpdateReplacePolicy") == "Retain" for one in own)
        for handler in ("create", "read", "update", *([] if kept else ["delete"])):
            for action in schema["handlers"].get(handler, {}).get("permissions", []):
                actions[action] = kind
        for action in schema["tagging"].get("permissions", []):
            actions[action] = kind
    return actions


def check_execution(roles, templates):
    wanted = needed(templates)
    for why, pattern in UNUSED.items():
        if not any(re.fullmatch(pattern, action) for action in wanted):
            sys.exit(f"no type needs anything of {why}: take it out of UNUSED")
    wanted = {a: kind for a, kind in wanted.items() if not any(re.fullmatch(one, a) for one in UNUSED.values())}
    policies = {one for template in templates for one in managed_policies(template)}
    for action, kind in wanted.items():
        for target in targets(action, roles.stack):
            # A role is passed to these two, and gets only AWS's policies that the template has.
            for service in ("lambda.amazonaws.com", "codedeploy.amazonaws.com"):
                for policy in policies:
                    context = {"PermissionsBoundary": roles.boundary_arn, "PassedToService": service, "PolicyARN": policy}
                    if not roles.execution.allows(action, target, **context):
                        sys.exit(f"{kind} needs {action} on {target}, which deploy/role.yaml does not allow")
    known = {action.lower() for action in [*wanted, *BESIDE]}
    if more := sorted(action for action in roles.execution.actions() if action.lower() not in known):
        sys.exit(f"deploy/role.yaml allows what nothing needs: {', '.join(more)}")
    print(f"CloudFormation may do the {len(known)} actions that the stacks need, and no other")


def managed_policies(template):
    for one in template["Resources"].values():
        for arn in one["Properties"].get("ManagedPolicyArns", []) if one["Type"] == "AWS::IAM::Role" else []:
            yield (arn["Fn::Sub"] if isinstance(arn, dict) else arn).replace("${AWS::Partition}", "aws")


def check_escape(roles):
    """A deployment cannot make a role more powerful than the boundary."""
    (role,) = names(roles.stack)["iam"]["role"]
    traces = "arn:aws:iam::aws:policy/AWSXrayWriteOnlyAccess"
    admin = "arn:aws:iam::aws:policy/AdministratorAccess"
    for action, context in [
        ("iam:CreateRole", {}),
        ("iam:CreateRole", {"PermissionsBoundary": admin}),
        ("iam:PutRolePolicy", {}),
        ("iam:AttachRolePolicy", {"PolicyARN": traces}),
        ("iam:AttachRolePolicy", {"PolicyARN": admin, "PermissionsBoundary": roles.boundary_arn}),
        ("iam:PutRolePermissionsBoundary", {"PermissionsBoundary": admin}),
        ("iam:DeleteRolePermissionsBoundary", {"PermissionsBoundary": roles.boundary_arn}),
        ("iam:PassRole", {"PassedToService": "ec2.amazonaws.com"}),
    ]:
        if roles.execution.allows(action, role, **context):
            sys.exit(f"{roles.stack} may {action} with {context or 'no boundary'}")


def check_names(template):
    """The permissions go by names. CloudFormation lets its own begin with the stack's; so must those that are given."""
    for name, one in template["Resources"].items():
        for key in ("FunctionName", "LogGroupName", "DashboardName", "RoleName", "TableName", "TopicName", "AlarmName"):
            value = one["Properties"].get(key)
            if value is None or isinstance(value, dict) and "Ref" in value:
                continue  # none is given, or it is that of another resource
            text = as_list(value.get("Fn::Sub", ""))[0] if isinstance(value, dict) else value
            if not re.match(r"(/aws/vendedlogs/)?\$\{AWS::StackName\}[-/]", text):
                sys.exit(f"the {key} of {name} does not begin with the stack's name")


def check_roles_of_the_stack(roles, template):
    """Each has the boundary, which takes nothing away from its own policies."""
    for name, one in template["Resources"].items():
        properties = one["Properties"]
        if one["Type"] != "AWS::IAM::Role":
            continue
        if properties.get("PermissionsBoundary", {}).get("Fn::If", [None, None])[1] != {"Ref": "PermissionsBoundary"}:
            sys.exit(f"{name} has no PermissionsBoundary")
        for policy in properties.get("Policies", []):
            for statement in policy["PolicyDocument"]["Statement"]:
                for action in as_list(statement["Action"]):
                    if not all(roles.boundary.allows(action, target) for target in targets(action, roles.stack)):
                        sys.exit(f"{name} may {action}, but not within the boundary")


def check_apart(every):
    """No stage can do anything to another one, or to roles that deploy."""
    deploying = [arn for roles in every for arn in (roles.execution_arn, roles.deployment_arn, roles.boundary_arn)]
    for roles in every:
        others = [stack.replace("*", "12") for stack in STAGES.values() if stack != roles.stack]
        context = {"PermissionsBoundary": roles.boundary_arn, "RoleArn": roles.execution_arn}
        context |= {"PassedToService": "lambda.amazonaws.com", "prefix": f"{others[0]}/"}
        for policy in (roles.execution, roles.deployment, roles.boundary):
            for action in policy.actions():
                if action.startswith("apigateway:"):
                    continue  # an API has no name
                theirs = [target for stack in others for target in targets(action, stack)]
                theirs = [target for target in theirs if target != "*" and ":deploymentconfig:" not in target]  # AWS's
                if action.startswith("iam:"):
                    theirs += deploying
                for target in theirs:
                    passes = action == "iam:PassRole" and policy is roles.deployment and target == roles.execution_arn
                    if not passes and policy.allows(action, target, **context):
                        sys.exit(f"{roles.stack} may {action} on {target}")
    print("no stage can change another one, or the roles that deploy")


def check_trust(roles, stage):
    (statement,) = roles.trust
    subject = statement["Condition"]["StringEquals"]["token.actions.githubusercontent.com:sub"]
    if subject != f"repo:owner/name:environment:{stage}":
        sys.exit(f"{subject} may deploy {stage}")


def check_deployment(roles):
    """A deployment by sam itself, of a small stack: the workflow may do each call of it."""
    stack = roles.stack
    # As the first deployment by hand leaves it.
    bucket = {"Resources": {"B": {"Type": "AWS::S3::Bucket"}}, "Outputs": {"SourceBucket": {"Value": {"Ref": "B"}}}}
    boto3.client("cloudformation").create_stack(
        StackName="aws-sam-cli-managed-default",
        TemplateBody=json.dumps(bucket),
        Tags=[{"Key": "ManagedStackSource", "Value": "AwsSamCli"}],
    )
    # moto makes nothing of the function, but sam uploads its code.
    function = {"Type": "AWS::Serverless::Function", "Properties": {"CodeUri": ".", "Handler": "a", "Runtime": "provided.al2023"}}
    resources = {"Function": function, "Alarms": {"Type": "AWS::SNS::Topic"}}
    with tempfile.TemporaryDirectory() as folder, recorded() as actions:
        file = pathlib.Path(folder) / "template.yaml"
        for description in ("new", "changed"):
            file.write_text(json.dumps({"Transform": TRANSFORM, "Description": description, "Resources": resources}))
            command = ["--template-file", str(file), "--stack-name", stack, "--s3-prefix", stack, "--resolve-s3"]
            command += ["--no-confirm-changeset", "--role-arn", roles.execution_arn, "--region", REGION]
            command += ["--capabilities", "CAPABILITY_IAM"]
            result = CliRunner().invoke(sam_deploy, command)
            if result.exit_code:
                sys.exit(result.output)
    for action in actions - {"sts:GetCallerIdentity"}:
        for target in targets(action, stack):
            if not roles.deployment.allows(action, target, RoleArn=roles.execution_arn):
                sys.exit(f"sam deploy calls {action} on {target}, which deploy/role.yaml does not allow the workflow")
    if roles.deployment.allows("cloudformation:CreateChangeSet", targets("cloudformation:CreateChangeSet", stack)[0]):
        sys.exit("the workflow may deploy as itself")
    print(f"the workflow may do what sam deploy calls: {', '.join(sorted(actions))}")


@mock_aws
def main(paths):
    templates = [json.loads(pathlib.Path(path).read_text()) for path in paths]
    every = {stage: Roles(stage) for stage in STAGES}
    for stage, roles in every.items():
        check_trust(roles, stage)
        check_escape(roles)
    check_execution(every["prod"], templates)
    for template in templates:
        check_names(template)
        check_roles_of_the_stack(every["prod"], template)
    check_apart(list(every.values()))
    check_deployment(every["dev"])


if __name__ == "__main__":
    main(sys.argv[1:])
