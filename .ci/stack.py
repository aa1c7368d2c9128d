"""Makes a stack of the template in moto, which stands in for AWS, and deploys the built functions to it.

Keys, indexes, routes and what is behind each of them must be as template.yaml says, and every function gets its new code
by the name that the template gives it.

Usage: stack.py TRANSFORMED FOLDER
TRANSFORMED is what transform.py prints; FOLDER holds `<binary>/bootstrap` for each function, as `cargo lambda build` and
`sam build` leave them in target/lambda. Nothing leaves this machine.
"""

import io
import json
import logging
import os
import re
import subprocess
import sys
import warnings
import zipfile

import boto3
import yaml

# `moto.server` would otherwise log each request, and each resource that its CloudFormation does not know.
logging.disable(logging.WARNING)
warnings.simplefilter("ignore")
from moto.server import ThreadedMotoServer  # noqa: E402

STACK = "proof"
REGION = "eu-west-1"
# What moto's CloudFormation does not know. Aliases and the API are made by their own calls below; cfn-lint has seen
# the alarms. Permissions and the dashboard are known, but name what is not. Settings would run their function in Docker;
# parameters.py has run it.
UNKNOWN = {
    "AWS::ApiGatewayV2::Api",
    "AWS::ApiGatewayV2::Stage",
    "AWS::CloudWatch::Alarm",
    "AWS::CloudWatch::Dashboard",
    "AWS::Lambda::Alias",
    "AWS::Lambda::Permission",
    "AWS::Logs::MetricFilter",
    "Custom::Settings",
}
# How the transform writes `$default`, and what moto makes of it: a route of its own on AWS.
ANY = "x-amazon-apigateway-any-method"


class Aws:
    """Clients of the moto that runs in this process."""

    def __init__(self):
        self.server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
        self.server.start()
        host, port = self.server.get_host_and_port()
        environment = {
            "AWS_ENDPOINT_URL": f"http://{host}:{port}",
            "AWS_ACCESS_KEY_ID": "testing",
            "AWS_SECRET_ACCESS_KEY": "testing",
            "AWS_REGION": REGION,
            "AWS_DEFAULT_REGION": REGION,
            "AWS_CONFIG_FILE": os.devnull,
            "AWS_SHARED_CREDENTIALS_FILE": os.devnull,
        }
        # For the clients here and for cargo lambda.
        os.environ.update(environment)

    def __getattr__(self, service):
        # `lambda_`, for `lambda` is Python's.
        return boto3.client(service.rstrip("_"))


def check(what, found, expected):
    if found != expected:
        sys.exit(f"{what}\nfound:    {found}\nexpected: {expected}")


def resources(template, kind):
    return {name: one for name, one in template["Resources"].items() if one["Type"] == kind}


def create(aws, template):
    """The stack; the physical ids by the logical ones."""
    code = io.BytesIO()
    with zipfile.ZipFile(code, "w") as archive:
        archive.writestr("bootstrap", "not built yet")
    aws.s3.create_bucket(Bucket="bucket", CreateBucketConfiguration={"LocationConstraint": REGION})
    aws.s3.put_object(Bucket="bucket", Key="key", Body=code.getvalue())
    known = {name: one for name, one in template["Resources"].items() if one["Type"] not in UNKNOWN}
    stripped = json.dumps({**template, "Resources": known, "Outputs": {}}) # outputs name what is not known
    stripped = stripped.replace("${Settings}", "1") # as do descriptions
    aws.cloudformation.create_stack(StackName=STACK, TemplateBody=stripped, Capabilities=["CAPABILITY_IAM"])
    described = aws.cloudformation.describe_stack_resources(StackName=STACK)["StackResources"]
    # Those whose condition does not hold are listed without a name.
    return {one["LogicalResourceId"]: one.get("PhysicalResourceId") for one in described if "LogicalResourceId" in one}


def check_functions(aws, template):
    """The names of the binaries behind them."""
    binaries = []
    for name, one in resources(template, "AWS::Lambda::Function").items():
        if "ZipFile" in one["Properties"]["Code"]:
            continue # no binary
        binary = one["Metadata"]["BuildProperties"]["Binary"]
        found = aws.lambda_.get_function(FunctionName=f"{STACK}-{binary}")["Configuration"]
        wanted = one["Properties"]
        for key in ("Runtime", "Handler", "Timeout"):
            check(f"{key} of {name}", found[key], wanted[key])
        binaries.append(binary)
    return sorted(binaries)


def check_tables(aws, template, ids):
    for name, one in resources(template, "AWS::DynamoDB::Table").items():
        wanted, table = one["Properties"], aws.dynamodb.describe_table(TableName=ids[name])["Table"]
        check(f"keys of {name}", table["KeySchema"], wanted["KeySchema"])
        indexes = table.get("GlobalSecondaryIndexes", [])
        indexes = [{key: one[key] for key in ("IndexName", "KeySchema", "Projection")} for one in indexes]
        check(f"indexes of {name}", indexes, wanted.get("GlobalSecondaryIndexes", []))
        check(f"billing of {name}", table["BillingModeSummary"]["BillingMode"], wanted["BillingMode"])
        check(f"protection of {name}", table["DeletionProtectionEnabled"], wanted["DeletionProtectionEnabled"])
        # moto's CloudFormation leaves out the time to live and the recovery.


def make_aliases(aws, template, ids):
    """The aliases; the ARN of each by its logical id."""
    arns = {}
    for name, one in resources(template, "AWS::Lambda::Alias").items():
        function = ids[one["Properties"]["FunctionName"]["Ref"]]
        alias = aws.lambda_.create_alias(FunctionName=function, Name=one["Properties"]["Name"], FunctionVersion="1")
        arns[name] = alias["AliasArn"]
    return arns


def routes_of_template():
    """Method, path and binary of each route of template.yaml itself, before the transform."""

    class Loader(yaml.SafeLoader):
        """Reads what has CloudFormation's short tags, without a meaning."""

    Loader.add_multi_constructor("!", lambda loader, suffix, node: None)
    with open("template.yaml", encoding="utf-8") as file:
        template = yaml.load(file, Loader)
    routes = {}
    for one in resources(template, "AWS::Serverless::Function").values():
        for event in one["Properties"]["Events"].values():
            event = event["Properties"]
            key = f"{event['Method']} {event['Path']}" if "Path" in event else "$default"
            routes[key] = one["Metadata"]["BuildProperties"]["Binary"]
    return routes


def check_routes(aws, template, aliases):
    """Imports the API as the stack would, and follows each route to its function."""
    (api,) = resources(template, "AWS::ApiGatewayV2::Api").values()
    known = {"AWS::Partition": "aws", "AWS::Region": REGION, **aliases}
    body = json.dumps(api["Properties"]["Body"]).replace("/$default", "$default")
    body = re.sub(r'\{"Fn::Sub": ("[^"]*")\}', r"\1", body)
    body = re.sub(r"\$\{([\w:]+)\}", lambda name: known[name[1]], body)
    api = aws.apigatewayv2.create_api(Name=STACK, ProtocolType="HTTP")["ApiId"]
    aws.apigatewayv2.reimport_api(ApiId=api, Body=body)
    integrations = aws.apigatewayv2.get_integrations(ApiId=api, MaxResults="1000")["Items"]
    integrations = {one["IntegrationId"]: one for one in integrations}
    routes = {}
    for route in aws.apigatewayv2.get_routes(ApiId=api, MaxResults="1000")["Items"]:
        integration = integrations[route["Target"].removeprefix("integrations/")]
        check(f"payload of {route['RouteKey']}", integration["PayloadFormatVersion"], "2.0")
        function = re.search(rf":function:{STACK}-([\w-]+):live/invocations$", integration["IntegrationUri"])
        routes[route["RouteKey"].removeprefix(f"{ANY.upper()} ")] = function[1]
    check("routes", routes, routes_of_template())
    return routes


def deploy(aws, binary, folder):
    """`cargo lambda deploy` puts new code into a function of the stack and moves its alias."""
    function = f"{STACK}-{binary}"
    before = aws.lambda_.get_function_configuration(FunctionName=function)
    command = ["cargo", "lambda", "deploy", "--binary-name", binary, "--lambda-dir", folder]
    command += ["--alias", "live", function]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, timeout=120)
    alias = aws.lambda_.get_alias(FunctionName=function, Name="live")
    after = aws.lambda_.get_function_configuration(FunctionName=function, Qualifier=alias["FunctionVersion"])
    if after["CodeSha256"] == before["CodeSha256"]:
        sys.exit(f"{function} has the code that it had before")
    size = os.path.getsize(f"{folder}/{binary}/bootstrap")
    print(f"{function}: {size} bytes, {after['CodeSize']} zipped, live is version {alias['FunctionVersion']}")


def main(transformed, folder):
    with open(transformed, encoding="utf-8") as file:
        template = json.load(file)
    aws = Aws()
    ids = create(aws, template)
    binaries = check_functions(aws, template)
    check_tables(aws, template, ids)
    routes = check_routes(aws, template, make_aliases(aws, template, ids))
    print(f"a stack of {len(ids)} resources, and its API of {len(routes)} routes, are as template.yaml says")
    for binary in binaries:
        deploy(aws, binary, folder)
    aws.server.stop()


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2])
