"""Removes the preview of a pull request: its stack, and what a deleted stack leaves behind.

Usage: preview.py list            the numbers of the pull requests of which something is left
       preview.py remove 12       removes all of number 12
AWS is called with the credentials and the region of the environment. If AWS_EXECUTION_ROLE is set, CloudFormation acts as
that role.

A stack keeps its tables and log groups, and `sam deploy` keeps the code. Their names begin with that of the stack, and this
deletes nothing else: the name of a preview ends with a number, so it cannot be the beginning of another stage's.
"""

import os
import re
import sys

import boto3

PREFIX = "posts-and-tasks-pr-"
ACCESS_LOGS = "/aws/vendedlogs/"
# The stack that keeps the bucket of `sam deploy`.
BUCKET_STACK = "aws-sam-cli-managed-default"


class Aws:
    def __init__(self):
        self.cloudformation, self.dynamodb = boto3.client("cloudformation"), boto3.client("dynamodb")
        self.logs, self.s3 = boto3.client("logs"), boto3.client("s3")

    def stacks(self):
        for page in self.cloudformation.get_paginator("list_stacks").paginate():
            for stack in page["StackSummaries"]:
                if stack["StackStatus"] != "DELETE_COMPLETE" and stack["StackName"].startswith(PREFIX):
                    yield stack["StackName"]

    def tables(self, name=PREFIX):
        for page in self.dynamodb.get_paginator("list_tables").paginate():
            yield from (table for table in page["TableNames"] if table.startswith(name))

    def log_groups(self, name=PREFIX):
        for prefix in (name, ACCESS_LOGS + name):
            for page in self.logs.get_paginator("describe_log_groups").paginate(logGroupNamePrefix=prefix):
                yield from (group["logGroupName"] for group in page["logGroups"])

    def bucket(self):
        (stack,) = self.cloudformation.describe_stacks(StackName=BUCKET_STACK)["Stacks"]
        return next(one["OutputValue"] for one in stack["Outputs"] if one["OutputKey"] == "SourceBucket")

    def folders(self):
        versions = self.s3.get_paginator("list_object_versions")
        for page in versions.paginate(Bucket=self.bucket(), Prefix=PREFIX, Delimiter="/"):
            yield from (folder["Prefix"] for folder in page.get("CommonPrefixes", []))


def left(aws):
    """The numbers of the pull requests of which there is a stack, or something that one left."""
    names = [*aws.stacks(), *aws.tables(), *aws.log_groups(), *aws.folders()]
    found = (re.match(rf"(?:{ACCESS_LOGS})?{PREFIX}(\d+)(?:[-/]|$)", name) for name in names)
    return sorted({int(one[1]) for one in found if one})


def remove(aws, number):
    stack = f"{PREFIX}{number}"
    role = {"RoleARN": os.environ["AWS_EXECUTION_ROLE"]} if "AWS_EXECUTION_ROLE" in os.environ else {}
    # First the stack, so that nothing writes to a table any more. Of one that does not exist this is true at once.
    aws.cloudformation.delete_stack(StackName=stack, **role)
    aws.cloudformation.get_waiter("stack_delete_complete").wait(StackName=stack)
    print(f"{stack} does not exist any more")
    for table in aws.tables(f"{stack}-"):
        aws.dynamodb.update_table(TableName=table, DeletionProtectionEnabled=False)
        aws.dynamodb.get_waiter("table_exists").wait(TableName=table, WaiterConfig={"Delay": 2, "MaxAttempts": 150})
        aws.dynamodb.delete_table(TableName=table)
        print(f"deleted the table {table}")
    for group in [*aws.log_groups(f"{stack}-"), *aws.log_groups(f"{stack}/")]:
        aws.logs.delete_log_group(logGroupName=group)
        print(f"deleted the log group {group}")
    # Without the versions an object would only seem to be gone.
    bucket = aws.bucket()
    for page in aws.s3.get_paginator("list_object_versions").paginate(Bucket=bucket, Prefix=f"{stack}/"):
        objects = [*page.get("Versions", []), *page.get("DeleteMarkers", [])]
        if objects:
            keys = [{"Key": one["Key"], "VersionId": one["VersionId"]} for one in objects]
            refused = aws.s3.delete_objects(Bucket=bucket, Delete={"Objects": keys}).get("Errors")
            if refused:
                sys.exit(f"S3 refuses to delete {refused}")
            print(f"deleted {len(keys)} objects of {bucket}/{stack}/")


def main(arguments):
    match arguments:
        case ["list"]:
            print(*left(Aws()), sep="\n")
        case ["remove", number] if re.fullmatch(r"[1-9][0-9]*", number):
            remove(Aws(), number)
        case _:
            sys.exit(__doc__)


if __name__ == "__main__":
    main(sys.argv[1:])
