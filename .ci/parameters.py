"""Holds what the docs promise of template.yaml's parameters against AWS's own transform.

Usage: parameters.py
- A stack for production, or one whose CORS browsers would not take, is refused before anything is made.
"""

import sys

from cloudformation import Evaluator
from transform import defaults, template, transformed

SITE = {"AuthJwks": '{"keys":[]}', "AllowedOrigins": "https://a.example", "AlarmEmail": "on-call@a.example"}
# What is missing from the values that a production stack needs, and what refuses it.
KEYS, ORIGINS, ALARM = "Set AuthJwks", "Set AllowedOrigins", "Set AlarmEmail"


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
    # What means is no way past the rule on credentials, and in production both say so.
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


if __name__ == "__main__":
    check_rules()
    check_credentials()
