//! One entry of `Resources`, whose faults name it and the property.

use serde_json::{Map, Value};

use crate::intrinsics::{Resolver, function, scalar};

/// The type of a function.
pub(crate) const FUNCTION: &str = "AWS::Serverless::Function";
/// The type of an API.
pub(crate) const API: &str = "AWS::Serverless::HttpApi";

/// A resource, its properties merged with `Globals`.
pub(crate) struct Resource<'t> {
    pub(crate) id: String,
    pub(crate) kind: String,
    pub(crate) metadata: Value,
    properties: Value,
    resolver: &'t Resolver<'t>,
}

impl<'t> Resource<'t> {
    /// The resources whose condition holds.
    pub(crate) fn all(document: &Value, resolver: &'t Resolver<'t>) -> Result<Vec<Self>, String> {
        let Some(resources) = document.get("Resources").and_then(Value::as_object) else {
            return Err("it has no Resources".to_owned());
        };
        let mut all = Vec::with_capacity(resources.len());
        for (id, resource) in resources {
            if id.starts_with("Fn::") {
                return Err(format!("{id} is not understood"));
            }
            if let Some(condition) = resource.get("Condition").and_then(Value::as_str) {
                let holds = resolver.condition(condition);
                if !holds.map_err(|reason| format!("resource {id}, Condition: {reason}"))? {
                    continue;
                }
            }
            let kind = resource["Type"].as_str().unwrap_or_default().to_owned();
            let mut properties = match kind.as_str() {
                FUNCTION => globals(document, "Function").cloned(),
                API => globals(document, "HttpApi").cloned(),
                _ => None,
            }
            .unwrap_or(Value::Object(Map::new()));
            if let Some(own) = resource.get("Properties") {
                merge(&mut properties, own);
            }
            let metadata = resource.get("Metadata").cloned().unwrap_or_default();
            all.push(Self { id: id.clone(), kind, metadata, properties, resolver });
        }
        Ok(all)
    }

    /// A property with its functions evaluated.
    pub(crate) fn get(&self, property: &str) -> Result<Option<Value>, String> {
        self.properties.get(property).map_or(Ok(None), |value| self.resolve(property, value))
    }

    /// A value of this resource with its functions evaluated; `place` is for the fault.
    pub(crate) fn resolve(&self, place: &str, value: &Value) -> Result<Option<Value>, String> {
        self.resolver.resolve(value).map_err(|reason| self.fault(place, &reason))
    }

    /// A property as it is written.
    pub(crate) fn raw(&self, property: &str) -> Option<&Value> {
        self.properties.get(property)
    }

    /// A property that must be a text (or a number, which counts as one).
    pub(crate) fn text(&self, property: &str) -> Result<Option<String>, String> {
        let value = self.get(property)?;
        value.map(|value| scalar(&value).map_err(|reason| self.fault(property, &reason))).transpose()
    }

    /// A property that must be a whole number.
    pub(crate) fn number(&self, property: &str) -> Result<Option<u32>, String> {
        let text = self.text(property)?;
        text.map(|text| text.parse().map_err(|_| self.fault(property, "a whole number is needed")))
            .transpose()
    }

    /// `Globals.<section>.<property>`, with its functions evaluated, for a resource that SAM adds by itself.
    pub(crate) fn global(document: &Value, section: &str, property: &str) -> Result<Option<Value>, String> {
        let value = globals(document, section).and_then(|section| section.get(property));
        let resolve = |value| Resolver::new(document).resolve(value);
        value
            .map_or(Ok(None), resolve)
            .map_err(|reason| format!("Globals.{section}, property {property}: {reason}"))
    }

    /// One sentence that names the resource and the place in it.
    pub(crate) fn fault(&self, place: &str, reason: &str) -> String {
        format!("resource {}, property {place}: {reason}", self.id)
    }
}

/// `Globals.<section>`, or nothing.
fn globals<'t>(document: &'t Value, section: &str) -> Option<&'t Value> {
    document.get("Globals")?.get(section)
}

/// SAM merges maps key by key, and the resource's own value wins.
/// Source: "Globals section of the AWS SAM template".
fn merge(base: &mut Value, own: &Value) {
    match (base, own) {
        (Value::Object(base), Value::Object(own)) if function(base).is_none() && function(own).is_none() => {
            for (key, value) in own {
                match base.get_mut(key) {
                    Some(existing) => merge(existing, value),
                    None => {
                        base.insert(key.clone(), value.clone());
                    }
                }
            }
        }
        (base, own) => *base = own.clone(),
    }
}
