"""What CloudFormation makes of a template's functions, conditions and rules, as far as this template uses them."""

import re


class Evaluator:
    """Values of a template in its long form, for one set of parameters. What only AWS knows keeps its name."""

    def __init__(self, template, parameters):
        self.template = template
        self.parameters = parameters

    def value(self, value):
        if isinstance(value, list):
            return [self.value(one) for one in value]
        if not isinstance(value, dict):
            return value
        if len(value) == 1:
            ((name, argument),) = value.items()
            if name == "Ref":
                return self.parameters.get(argument, f"<{argument}>")
            if name == "Fn::If":
                condition, yes, no = argument
                return self.value(yes if self.holds({"Condition": condition}) else no)
            if name == "Fn::Sub":
                text, names = argument if isinstance(argument, list) else (argument, {})
                known = {**self.parameters, **{name: self.value(one) for name, one in names.items()}}
                return re.sub(r"\$\{([\w:.]+)\}", lambda found: str(known.get(found[1], f"<{found[1]}>")), text)
        return {key: self.value(one) for key, one in value.items()}

    def holds(self, condition):
        """A condition, or what a rule asserts."""
        ((name, argument),) = condition.items()
        match name:
            case "Condition":
                return self.holds(self.template["Conditions"][argument])
            case "Fn::Equals":
                one, other = self.value(argument)
                return str(one) == str(other)
            case "Fn::Contains":
                strings, string = self.value(argument)
                return string in strings
            case "Fn::Not":
                return not self.holds(argument[0])
            case "Fn::And":
                return all(self.holds(one) for one in argument)
            case "Fn::Or":
                return any(self.holds(one) for one in argument)
        raise ValueError(f"{name} is no condition")

    def refusals(self):
        """Why CloudFormation does not even begin: the parameters that break their own constraints, and the rules."""
        for name, parameter in self.template["Parameters"].items():
            value = str(self.parameters[name])
            pattern, allowed = parameter.get("AllowedPattern"), parameter.get("AllowedValues")
            if pattern and not re.fullmatch(pattern, value):
                yield f"{name} {parameter.get('ConstraintDescription', f'must match {pattern}')}"
            if allowed and value not in map(str, allowed):
                yield f"{name} must be one of {', '.join(map(str, allowed))}"
        for rule in self.template["Rules"].values():
            if "RuleCondition" not in rule or self.holds(rule["RuleCondition"]):
                for assertion in rule["Assertions"]:
                    if not self.holds(assertion["Assert"]):
                        yield assertion["AssertDescription"]
