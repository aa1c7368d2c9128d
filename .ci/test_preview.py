"""Tests of preview.py on moto: all of one preview goes, nothing else does, and the role of previews may do each call."""

import io
import json
import os
import sys
import unittest
from contextlib import redirect_stdout
from unittest import mock

import boto3
import preview
from iam import ACCOUNT, REGION, Roles, recorded
from moto import mock_aws

# Names that begin alike, or belong to other stages.
KEPT = [f"posts-and-tasks-{name}" for name in ("dev", "prod", "pr", "pr-1", "pr-123")]
GONE = "posts-and-tasks-pr-12"
TOPIC = {"Topic": {"Type": "AWS::SNS::Topic"}}
BUCKET = "aws-sam-cli-managed-default-samclisourcebucket-1a2b"


def make(stack):
    """A stack, with what it leaves behind."""
    boto3.client("cloudformation").create_stack(StackName=stack, TemplateBody=json.dumps({"Resources": TOPIC}))
    boto3.client("dynamodb").create_table(
        TableName=f"{stack}-NotesTable-1A2B",
        AttributeDefinitions=[{"AttributeName": "pk", "AttributeType": "S"}],
        KeySchema=[{"AttributeName": "pk", "KeyType": "HASH"}],
        BillingMode="PAY_PER_REQUEST",
        DeletionProtectionEnabled=True,
    )
    for group in (f"{stack}-FunctionLogs-1A2B", f"/aws/vendedlogs/{stack}/access/0123"):
        boto3.client("logs").create_log_group(logGroupName=group)
    for _ in range(2):  # two versions
        boto3.client("s3").put_object(Bucket=BUCKET, Key=f"{stack}/code", Body=b"code")


def everything():
    """Names of all that there is; of the code each version."""
    stacks = boto3.client("cloudformation").describe_stacks()["Stacks"]
    groups = boto3.client("logs").describe_log_groups()["logGroups"]
    versions = boto3.client("s3").list_object_versions(Bucket=BUCKET)["Versions"]
    return sorted(
        [one["StackName"] for one in stacks]
        + boto3.client("dynamodb").list_tables()["TableNames"]
        + [one["logGroupName"] for one in groups]
        + [one["Key"] for one in versions]
    )


@mock_aws
class Preview(unittest.TestCase):
    def setUp(self):
        output = {"Resources": TOPIC, "Outputs": {"SourceBucket": {"Value": BUCKET}}}
        boto3.client("cloudformation").create_stack(StackName=preview.BUCKET_STACK, TemplateBody=json.dumps(output))
        s3 = boto3.client("s3")
        s3.create_bucket(Bucket=BUCKET, CreateBucketConfiguration={"LocationConstraint": REGION})
        s3.put_bucket_versioning(Bucket=BUCKET, VersioningConfiguration={"Status": "Enabled"})
        for stack in KEPT:
            make(stack)
        self.others = everything()

    def run_it(self, *arguments):
        with redirect_stdout(io.StringIO()) as printed:
            preview.main(list(arguments))
        return printed.getvalue()

    def test_one_preview_goes_and_nothing_else(self):
        make(GONE)
        self.assertNotEqual(everything(), self.others)
        self.run_it("remove", "12")
        self.assertEqual(everything(), self.others)
        self.run_it("remove", "12")  # what is gone stays so
        self.assertEqual(everything(), self.others)

    def test_a_deleted_object_keeps_versions_that_go_too(self):
        make(GONE)
        boto3.client("s3").delete_object(Bucket=BUCKET, Key=f"{GONE}/code")
        self.run_it("remove", "12")
        self.assertEqual(everything(), self.others)
        self.assertNotIn("DeleteMarkers", boto3.client("s3").list_object_versions(Bucket=BUCKET))

    def test_what_is_left_without_a_stack_is_listed(self):
        make(GONE)
        boto3.client("cloudformation").delete_stack(StackName=GONE)
        self.assertEqual(self.run_it("list").split(), ["1", "12", "123"])

    def test_only_a_number_is_taken(self):
        for number in ("", "0", "dev", "prod", "12-", "1*", "../prod", "-1", "１２"):
            with self.subTest(number), self.assertRaises(SystemExit):
                self.run_it("remove", number)
        self.assertEqual(everything(), self.others)

    def test_the_role_of_previews_may_do_each_call_and_not_on_another_stage(self):
        make(GONE)
        roles = Roles("preview")
        with recorded() as actions, mock.patch.dict(os.environ, AWS_EXECUTION_ROLE=roles.execution_arn):
            self.run_it("list")
            self.run_it("remove", "12")
        here = f"{REGION}:{ACCOUNT}"
        for stack, expected in {GONE: True, "posts-and-tasks-prod": False, "posts-and-tasks-dev": False}.items():
            names = {
                "cloudformation": [f"arn:aws:cloudformation:{here}:stack/{stack}/0123"],
                "dynamodb": [f"arn:aws:dynamodb:{here}:table/{stack}-NotesTable-1A2B"],
                "logs": [f"arn:aws:logs:{here}:log-group:{name}" for name in (f"{stack}-1A2B", f"/aws/vendedlogs/{stack}/a")],
                "s3": [f"arn:aws:s3:::{BUCKET}/{stack}/code"],
            }
            for action in actions:
                everywhere = ["cloudformation:ListStacks", "dynamodb:ListTables", "logs:DescribeLogGroups"]
                for arn in names[action.split(":")[0]]:
                    if action in everywhere:
                        arn, wanted = "*", True
                    elif action == "s3:ListBucketVersions":
                        arn, wanted = f"arn:aws:s3:::{BUCKET}", expected
                    else:
                        wanted = expected
                    context = {"RoleArn": roles.execution_arn, "prefix": f"{stack}/"}
                    with self.subTest(action=action, arn=arn):
                        self.assertEqual(roles.deployment.allows(action, arn, **context), wanted)
        for stage in ("dev", "prod"):
            may = Roles(stage).deployment.actions()
            self.assertFalse([action for action in may if ":Delete" in action], f"the workflow of {stage} may delete")


if __name__ == "__main__":
    unittest.main(argv=[sys.argv[0]])
