"""Holds what the docs promise of template.yaml's parameters against AWS's own transform.

Usage: parameters.py
- A stack for production, or one whose CORS browsers would not take, is refused before anything is made.
- A new value of a parameter that functions read makes a new version of each of them, also where the transform does not
  see the value, and nothing else makes one.
"""

import json
import sys
import types

from cfnlint.schema.manager import PROVIDER_SCHEMA_MANAGER
from cloudformation import Evaluator
from transform import defaults, template, transformed

SITE = {"AuthJwks": '{"keys":[]}', "AllowedOrigins": "https://a.example", "AlarmEmail": "on-call@a.example"}
# What is missing from the values that a production stack needs, and what refuses it.
KEYS, ORIGINS, ALARM = "Set AuthJwks", "Set AllowedOrigins", "Set AlarmEmail"
# Properties of a function that no version keeps, as AWS CDK knows them for the same purpose (function-hash.ts).
UNVERSIONED = {"ReservedConcurrentExecutions", "Tags"}


def check(what, found, expected):
    if found != expected:
        sys.exit(f"{what}\nfound:    {found}\nexpected: {expected}")


def rules():
    """Pairs of parameters and the beginnings of the sentences that refuse them."""
    yield {}, []
    yield {"Stage": "staging"}, []
    for stage in ("prod", "production", "prd", "live"):
        prod = {"Stage": stage}
        yield prod, [KEYS, ORIGINS, ALARM]
        yield prod | SITE, []
        yield prod | SITE | {"AuthJwks": "none"}, [KEYS]
        yield prod | SITE | {"AllowedOrigins": "*"}, [ORIGINS]
        yield prod | SITE | {"AlarmEmail": ""}, [ALARM]
        yield prod | {"ProdWithout": "keys"}, [ORIGINS, ALARM]
        yield prod | {"ProdWithout": "origins"}, [KEYS, ALARM]
        yield prod | {"ProdWithout": "alarm"}, [KEYS, ORIGINS]
        yield prod | {"ProdWithout": "keys,origins"}, [ALARM]
        yield prod | {"ProdWithout": "keys,alarm"}, [ORIGINS]
        yield prod | {"ProdWithout": "origins,alarm"}, [KEYS]
        yield prod | {"ProdWithout": "keys,origins,alarm"}, []
    yield {"AllowCredentials": "true"}, [ORIGINS]
    yield {"AllowCredentials": "true", "AllowedOrigins": "https://a.example"}, []
    # ProdWithout is no way past the rule on credentials, and in production both rules say so.
    yield {"AllowCredentials": "true", "Stage": "prod", **SITE, "AllowedOrigins": "*"}, [ORIGINS, ORIGINS]
    yield {"AllowCredentials": "true", "Stage": "prod", "ProdWithout": "keys,origins,alarm"}, [ORIGINS]
    # Values that look like one that is fine, and would get past a rule or fail half-way.
    for name, values in {
        "AllowCredentials": ["True", "yes", ""],
        "AllowedHeaders": ["", "a, b", "a,", ",a", "*", "a b", "a:b", "a,*"],
        "AllowedOrigins": ["", " *", "* ", "https://a.example,*", "*,https://a.example", "https://*", "https://*.a.example",
                           "https://a.example, https://b.example", "https://a.example/", "https://a.example/app", "a.example",
                           "https://a.example,", "**"],
        "AlarmEmail": [" ", "nobody", "a@b@c", "@"],
        "AuthJwks": ["", " ", "None", "NONE", " none", "null", "[]", "keys"],
        "DomainName": ["https://a.example", "a.example/api", "A.example", "example", "a..example", "*.a.example"],
        "PermissionsBoundary": ["none", "boundary", "arn:aws:iam::123456789012:role/boundary"],
        "ProdWithout": ["", "key", "all", "keys, alarm", "alarm,keys"],
        "Stage": ["Prod", "PROD", "prod ", ""],
    }.items():
        for value in values:
            yield {name: value}, [name]
    for name, values in {
        "AllowedHeaders": ["content-type", "X-A,x_b,content-type", "x-" + "a" * 300],
        "AllowedOrigins": ["*", "http://localhost:5173", "https://a.example,http://[::1]:3000", "capacitor://localhost"],
        "AlarmEmail": ["", "on-call+api@a.example"],
        "AuthJwks": ["none", '{"keys": [{"kty": "oct"}]}', '\n{\n"keys": []\n}\n'],
        "DomainName": ["", "a.example", "api.eu-1.a.example"],
        "PermissionsBoundary": ["", "arn:aws:iam::123456789012:policy/deploy/boundary", "arn:aws-cn:iam::aws:policy/boundary"],
    }.items():
        for value in values:
            yield {name: value}, []


def check_rules():
    check("the transform keeps the rules", transformed(defaults())["Rules"], template()["Rules"])
    count = 0
    for parameters, refused_by in rules():
        refusals = list(Evaluator(template(), {**defaults(), **parameters}).refusals())
        fits = len(refusals) == len(refused_by) and all(map(str.startswith, refusals, refused_by))
        if not fits:
            sys.exit(f"{parameters}\nrefused by: {refusals}\nexpected:   {refused_by}")
        count += 1
    print(f"{count} sets of parameters are taken or refused as they should be")


def check_credentials():
    """The gateway's own configuration with and without credentials."""
    for value, expected in {"false": None, "true": True}.items():
        parameters = {**defaults(), **SITE, "AllowCredentials": value}
        made = transformed(parameters)
        cors = made["Resources"]["Api"]["Properties"]["Body"]["x-amazon-apigateway-cors"]
        check("credentials", Evaluator(made, parameters).value(cors).get("allowCredentials"), expected)


def of_type(made, kind):
    return {name: one for name, one in made["Resources"].items() if one["Type"] == kind}


class Stack:
    """What a deployment with these parameters leaves behind, as far as versions are concerned."""

    def __init__(self, parameters, seen_by_transform=None, code="s3://bucket/key"):
        self.made = transformed(seen_by_transform or parameters, code)
        evaluator = Evaluator(self.made, parameters)
        (settings,) = of_type(self.made, "Custom::Settings")
        # CloudFormation asks for a new id exactly where these values are others than before.
        self.settings = evaluator.value(self.made["Resources"][settings]["Properties"])
        evaluator.parameters = {**parameters, settings: json.dumps(self.settings)}
        self.read, self.version = {}, {}
        for name, one in of_type(self.made, "AWS::Lambda::Alias").items():
            function = one["Properties"]["FunctionName"]["Ref"]
            version = one["Properties"]["FunctionVersion"]["Fn::GetAtt"][0]
            check(f"what {name} names", self.made["Resources"][version]["Properties"]["FunctionName"], {"Ref": function})
            properties = evaluator.value(self.made["Resources"][function]["Properties"])
            # Lambda publishes nothing where the function itself is as it was, and the deployment fails.
            description = properties.pop("Description")
            self.read[function] = {key: value for key, value in properties.items() if key not in UNVERSIONED}
            version = (version, evaluator.value(self.made["Resources"][version]["Properties"]))
            check(f"the description of the version of {function}", version[1].get("Description"), description)
            self.version[function] = version


def another(name, parameter):
    """A value that the parameter does not have by default."""
    if name == "AuthJwks":
        return SITE[name]
    if values := parameter.get("AllowedValues"):
        return next(value for value in values if value != parameter["Default"])
    return parameter["Default"] + 1 if parameter["Type"] == "Number" else "other"


def check_versions():
    schema = PROVIDER_SCHEMA_MANAGER.get_resource_schema("eu-west-1", "AWS::Lambda::Version").schema
    for name in ("Description", "FunctionName"):
        if f"/properties/{name}" not in schema["createOnlyProperties"]:
            sys.exit(f"CloudFormation does not replace a version for its {name}")
    before = Stack(defaults())
    check("a second deployment of the same", Stack(defaults()).version, before.version)
    for function, version in Stack(defaults(), code="s3://bucket/other").version.items():
        if version[0] == before.version[function][0]:
            sys.exit(f"new code makes no new version of {function}")
    readers = {}
    for name, parameter in template()["Parameters"].items():
        parameters = {**defaults(), name: another(name, parameter)}
        # The transform may get the value of a secret, or asterisks in its place.
        for seen in [parameters, {**parameters, name: "****"}] if parameter.get("NoEcho") else [parameters]:
            after = Stack(parameters, seen)
            reads = {function for function in after.read if after.read[function] != before.read[function]}
            new = {function for function in after.version if after.version[function] != before.version[function]}
            if not reads <= new:
                sys.exit(f"{name} has a new value, but {', '.join(sorted(reads - new))} no new version: put it into Settings")
            if new and not reads:
                sys.exit(f"{name} makes new versions, but no function reads it")
        if parameter.get("NoEcho") and parameters[name] in json.dumps(after.made):
            sys.exit(f"the stack tells {name}")
        if reads:
            readers[name] = len(reads)
    if "AuthJwks" not in readers:
        sys.exit("no function reads the keys")
    print("a new value makes new versions:", ", ".join(f"{name} ({count})" for name, count in readers.items()))


def check_settings():
    """The function that gives out the ids, run with requests as CloudFormation sends them."""
    sent = []
    response = types.SimpleNamespace(SUCCESS="SUCCESS", send=lambda *answer: sent.append(answer[2:]))
    code = template()["Resources"]["NewSettings"]["Properties"]["Code"]["ZipFile"]
    sys.modules["cfnresponse"] = response
    scope = {}
    exec(code, scope)
    for kind, request, physical, expected in [
        ("Create", "1", None, "1"),
        ("Update", "2", "1", "2"),
        ("Delete", "3", "1", "1"),
    ]:
        event = {"RequestType": kind, "RequestId": request, "ResourceProperties": {"Values": ["secret"]}}
        if physical:
            event["PhysicalResourceId"] = physical
        scope["handler"](event, None)
        check(kind, sent.pop(), ("SUCCESS", {}, expected))


if __name__ == "__main__":
    check_rules()
    check_credentials()
    check_versions()
    check_settings()
