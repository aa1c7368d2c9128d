//! CloudFormation's intrinsic functions, as far as a local run needs their values.

use serde_json::{Map, Value};

use crate::aws::{ACCOUNT, REGION, STACK, STACK_ID, function_arn, table_arn};

/// Deeper nesting than this is a template that refers to itself.
const DEPTH: usize = 64;

/// Answers `Ref`, `Fn::Sub` and the others from one template.
pub(crate) struct Resolver<'t> {
    template: &'t Value,
}

/// `None` is `AWS::NoValue`: the property is not there.
type Resolved = Result<Option<Value>, String>;

impl<'t> Resolver<'t> {
    pub(crate) fn new(template: &'t Value) -> Self {
        Self { template }
    }

    /// The value with every function in it evaluated.
    pub(crate) fn resolve(&self, value: &Value) -> Resolved {
        self.value(value, 0)
    }

    /// Whether the condition of this name holds.
    pub(crate) fn condition(&self, name: &str) -> Result<bool, String> {
        self.named_condition(name, 0)
    }

    fn value(&self, value: &Value, depth: usize) -> Resolved {
        if depth > DEPTH {
            return Err("refers to itself".to_owned());
        }
        match value {
            Value::Object(object) => {
                if let Some((name, argument)) = function(object) {
                    return self.call(name, argument, depth + 1);
                }
                let mut resolved = Map::with_capacity(object.len());
                for (key, value) in object {
                    if let Some(value) = self.value(value, depth + 1)? {
                        resolved.insert(key.clone(), value);
                    }
                }
                Ok(Some(Value::Object(resolved)))
            }
            Value::Array(items) => {
                let items = items.iter().filter_map(|item| self.value(item, depth + 1).transpose());
                Ok(Some(Value::Array(items.collect::<Result<_, _>>()?)))
            }
            scalar => Ok(Some(scalar.clone())),
        }
    }

    fn call(&self, name: &str, argument: &Value, depth: usize) -> Resolved {
        match (name, argument) {
            ("Ref", Value::String(target)) => self.reference(target, depth),
            ("Fn::GetAtt", Value::Array(path)) => match path.as_slice() {
                [Value::String(resource), Value::String(attribute)] => {
                    self.attribute(resource, attribute, depth).map(Some)
                }
                _ => Err("Fn::GetAtt takes a resource and an attribute".to_owned()),
            },
            ("Fn::GetAtt", Value::String(path)) => {
                let (resource, attribute) = path.split_once('.').unwrap_or((path, ""));
                self.attribute(resource, attribute, depth).map(Some)
            }
            ("Fn::Sub", Value::String(text)) => self.substitute(text, &Map::new(), depth),
            ("Fn::Sub", Value::Array(both)) => match both.as_slice() {
                [Value::String(text), Value::Object(variables)] => self.substitute(text, variables, depth),
                _ => Err("Fn::Sub takes a string, or a string and a map".to_owned()),
            },
            ("Fn::Join", Value::Array(both)) if both.len() == 2 => {
                let separator = self.text(&both[0], depth)?;
                let items = self.list(&both[1], depth)?;
                let items: Result<Vec<_>, _> = items.iter().map(scalar).collect();
                Ok(Some(Value::String(items?.join(&separator))))
            }
            ("Fn::Select", Value::Array(both)) if both.len() == 2 => {
                let index = self.text(&both[0], depth)?;
                let items = self.list(&both[1], depth)?;
                let chosen = index.parse().ok().and_then(|index: usize| items.get(index).cloned());
                chosen.map(Some).ok_or_else(|| format!("Fn::Select has no item {index}"))
            }
            ("Fn::If", Value::Array(three)) => match three.as_slice() {
                [Value::String(condition), yes, no] => {
                    let chosen = if self.named_condition(condition, depth)? { yes } else { no };
                    self.value(chosen, depth)
                }
                _ => Err("Fn::If takes a condition's name and two values".to_owned()),
            },
            ("Fn::FindInMap", Value::Array(keys)) => self.find_in_map(keys, depth),
            ("Fn::Split", Value::Array(both)) if both.len() == 2 => {
                let separator = self.text(&both[0], depth)?;
                let text = self.text(&both[1], depth)?;
                Ok(Some(text.split(&separator).map(Value::from).collect()))
            }
            _ => Err(format!("{name} is not understood here")),
        }
    }

    /// A map's name and two keys, and with the transform `AWS::LanguageExtensions` what holds where a key is
    /// missing.
    fn find_in_map(&self, keys: &[Value], depth: usize) -> Resolved {
        let (keys, default) = match keys {
            [map, first, second] => ([map, first, second], None),
            [map, first, second, Value::Object(other)] => ([map, first, second], other.get("DefaultValue")),
            _ => return Err("Fn::FindInMap takes a map and two keys".to_owned()),
        };
        let mut place = &self.template["Mappings"];
        for key in keys {
            let key = self.text(key, depth)?;
            match (place.get(&key), default) {
                (Some(found), _) => place = found,
                (None, Some(default)) => return self.value(default, depth),
                (None, None) => return Err(format!("Fn::FindInMap finds no {key}")),
            }
        }
        Ok(Some(place.clone()))
    }

    fn reference(&self, target: &str, depth: usize) -> Resolved {
        let pseudo = match target {
            "AWS::NoValue" => return Ok(None),
            "AWS::Region" => REGION,
            "AWS::AccountId" => ACCOUNT,
            "AWS::StackName" => STACK,
            "AWS::StackId" => STACK_ID,
            "AWS::Partition" => "aws",
            "AWS::URLSuffix" => "amazonaws.com",
            _ => return self.parameter_or_resource(target, depth).map(Some),
        };
        Ok(Some(pseudo.into()))
    }

    fn parameter_or_resource(&self, target: &str, depth: usize) -> Result<Value, String> {
        let Some(parameter) = self.template["Parameters"].get(target) else {
            return self.physical_name(target, depth).map(Value::String);
        };
        let kind = parameter["Type"].as_str().unwrap_or("String");
        if kind.starts_with("AWS::SSM::") {
            return Err(format!("the parameter {target} lives in AWS (Type {kind})"));
        }
        let default = parameter
            .get("Default")
            .ok_or_else(|| format!("the parameter {target} has no Default to run with"))?;
        if kind == "CommaDelimitedList" || kind.starts_with("List<") {
            let items = scalar(default)?;
            return Ok(items.split(',').map(|item| Value::from(item.trim())).collect());
        }
        Ok(default.clone())
    }

    /// The name that a resource goes by: the one the template gives, else its logical id.
    fn physical_name(&self, id: &str, depth: usize) -> Result<String, String> {
        let Some(resource) = self.template["Resources"].get(id) else {
            return Err(format!("the template has no parameter or resource {id}"));
        };
        let property = match resource["Type"].as_str().unwrap_or_default() {
            "AWS::DynamoDB::Table" => "TableName",
            "AWS::Serverless::Function" => "FunctionName",
            "AWS::Serverless::HttpApi" => return Ok(id.to_owned()),
            kind => return Err(format!("{id} ({kind}) does not exist in a local run")),
        };
        match resource["Properties"].get(property) {
            Some(name) => match self.value(name, depth + 1)? {
                Some(name) => scalar(&name),
                None => Ok(id.to_owned()),
            },
            None => Ok(id.to_owned()),
        }
    }

    fn attribute(&self, resource: &str, attribute: &str, depth: usize) -> Result<Value, String> {
        let name = self.physical_name(resource, depth)?;
        let kind = self.template["Resources"][resource]["Type"].as_str().unwrap_or_default();
        match (kind, attribute) {
            ("AWS::DynamoDB::Table", "Arn") => Ok(table_arn(&name).into()),
            ("AWS::Serverless::Function", "Arn") => Ok(function_arn(&name).into()),
            _ => Err(format!("{resource}.{attribute} does not exist in a local run")),
        }
    }

    /// `${Name}`, `${Resource.Attribute}`, and `${!Literal}` for a literal `${Literal}`.
    fn substitute(&self, text: &str, variables: &Map<String, Value>, depth: usize) -> Resolved {
        let mut result = String::with_capacity(text.len());
        let mut rest = text;
        while let Some(start) = rest.find("${") {
            let Some(length) = rest[start..].find('}') else { break };
            let name = rest[start + 2..start + length].trim();
            result.push_str(&rest[..start]);
            rest = &rest[start + length + 1..];
            if let Some(literal) = name.strip_prefix('!') {
                result.push_str("${");
                result.push_str(literal);
                result.push('}');
                continue;
            }
            let value = match (variables.get(name), name.split_once('.')) {
                (Some(value), _) => self.value(value, depth + 1)?,
                (None, Some((resource, attribute))) => Some(self.attribute(resource, attribute, depth)?),
                (None, None) => self.reference(name, depth)?,
            };
            result.push_str(&scalar(&value.ok_or("AWS::NoValue is no text")?)?);
        }
        result.push_str(rest);
        Ok(Some(Value::String(result)))
    }

    fn text(&self, value: &Value, depth: usize) -> Result<String, String> {
        scalar(&self.value(value, depth + 1)?.unwrap_or(Value::Null))
    }

    fn list(&self, value: &Value, depth: usize) -> Result<Vec<Value>, String> {
        match self.value(value, depth + 1)? {
            Some(Value::Array(items)) => Ok(items),
            _ => Err("a list is needed".to_owned()),
        }
    }

    fn named_condition(&self, name: &str, depth: usize) -> Result<bool, String> {
        let condition = self.template["Conditions"].get(name);
        self.holds(condition.ok_or_else(|| format!("the template has no condition {name}"))?, depth + 1)
    }

    fn holds(&self, condition: &Value, depth: usize) -> Result<bool, String> {
        if depth > DEPTH {
            return Err("a condition refers to itself".to_owned());
        }
        let all = |items: &[Value]| -> Result<Vec<bool>, String> {
            items.iter().map(|item| self.holds(item, depth + 1)).collect()
        };
        let object = condition.as_object().and_then(function);
        match object {
            Some(("Condition", Value::String(name))) => self.named_condition(name, depth),
            Some(("Fn::Equals", Value::Array(both))) if both.len() == 2 => {
                Ok(self.text(&both[0], depth)? == self.text(&both[1], depth)?)
            }
            Some(("Fn::Not", Value::Array(one))) if one.len() == 1 => Ok(!self.holds(&one[0], depth + 1)?),
            Some(("Fn::And", Value::Array(items))) => Ok(all(items)?.into_iter().all(|holds| holds)),
            Some(("Fn::Or", Value::Array(items))) => Ok(all(items)?.into_iter().any(|holds| holds)),
            _ => Err("a condition is made of Fn::Equals, Fn::Not, Fn::And, Fn::Or and Condition".to_owned()),
        }
    }
}

/// A map of one key that names a function is a call.
pub(crate) fn function(object: &Map<String, Value>) -> Option<(&str, &Value)> {
    let (name, argument) = object.iter().next().filter(|_| object.len() == 1)?;
    (name == "Ref" || name == "Condition" || name.starts_with("Fn::")).then_some((name, argument))
}

/// Numbers and booleans count as the text they are written as.
pub(crate) fn scalar(value: &Value) -> Result<String, String> {
    match value {
        Value::String(text) => Ok(text.clone()),
        Value::Number(number) => Ok(number.to_string()),
        Value::Bool(value) => Ok(value.to_string()),
        _ => Err("a text is needed".to_owned()),
    }
}
