//! Numbers.

use std::fmt;

use serde::{
    Deserialize, Deserializer, Serialize, Serializer,
    de::{Error, Visitor},
};
use validator::ValidateRange;

/// A number, as `z.number()` has it: finite, and one that DynamoDB can store.
///
/// DynamoDB ends at 10^126, exclusive, in both directions, and below 10^-130 ("Supported data types and
/// naming rules in Amazon DynamoDB"). A number beyond the former is refused; one that is nearer to zero than
/// the latter becomes 0, and so does -0. Within these bounds each comes back as it was sent: DynamoDB keeps
/// 38 digits, of which 17 tell any two numbers from each other.
#[derive(Debug, Clone, Copy, PartialEq, PartialOrd)]
pub struct Number(f64);

/// DynamoDB's numbers are below this.
pub(super) const END: f64 = 1e126;
/// And, but for 0, not below this.
const SMALLEST: f64 = 1e-130;

impl Number {
    /// The number, if it can be stored.
    #[must_use]
    pub fn new(number: f64) -> Option<Self> {
        (number.abs() < END).then(|| Self::cleaned(number))
    }

    /// The number.
    #[must_use]
    pub fn get(self) -> f64 {
        self.0
    }

    /// The number, or 0 where it is too small to be stored.
    pub(super) fn cleaned(number: f64) -> Self {
        Self(if number.abs() < SMALLEST { 0.0 } else { number })
    }

    /// A bound that an issue names, whatever it is.
    pub(super) fn bound(number: f64) -> Self {
        Self(number)
    }

    /// A bound that is a length or a count.
    #[expect(clippy::cast_precision_loss, reason = "nothing has 2^53 parts")]
    pub(super) fn length(length: u64) -> Self {
        Self(length as f64)
    }

    /// As an integer, where it is one. Those of this type are all that JavaScript writes without an exponent,
    /// and that `serde_json` would write with one.
    fn whole(self) -> Option<i64> {
        const END: f64 = 9_223_372_036_854_775_808.0;
        #[expect(clippy::cast_possible_truncation, reason = "it is a whole number within the bounds")]
        (self.0.fract() == 0.0 && self.0.abs() < END).then_some(self.0 as i64)
    }
}

/// A number is finite and never -0, so it equals itself.
impl Eq for Number {}

impl From<i32> for Number {
    fn from(number: i32) -> Self {
        Self(number.into())
    }
}

/// As JavaScript writes it.
impl fmt::Display for Number {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let size = self.0.abs();
        if size != 0.0 && !(1e-6..1e21).contains(&size) {
            let text = format!("{:e}", self.0);
            return f.write_str(&if size < 1.0 { text } else { text.replace('e', "e+") });
        }
        self.0.fmt(f)
    }
}

impl Serialize for Number {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.whole() {
            Some(whole) => serializer.serialize_i64(whole),
            None => serializer.serialize_f64(self.0),
        }
    }
}

impl<'de> Deserialize<'de> for Number {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_f64(NumberVisitor)
    }
}

struct NumberVisitor;

impl Visitor<'_> for NumberVisitor {
    type Value = Number;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a number")
    }

    fn visit_f64<E: Error>(self, number: f64) -> Result<Number, E> {
        Number::new(number).ok_or_else(|| E::custom("a number below 10^126"))
    }

    #[expect(clippy::cast_precision_loss, reason = "the nearest number is the number")]
    fn visit_i64<E: Error>(self, number: i64) -> Result<Number, E> {
        Ok(Number(number as f64))
    }

    #[expect(clippy::cast_precision_loss, reason = "the nearest number is the number")]
    fn visit_u64<E: Error>(self, number: u64) -> Result<Number, E> {
        Ok(Number(number as f64))
    }
}

/// Bounds of `#[validate(range(…))]`: `min = 0`, `max = 4.5`, or a constant.
macro_rules! range {
    ($($bound:ty),*) => {$(
        impl ValidateRange<$bound> for Number {
            fn greater_than(&self, bound: $bound) -> Option<bool> {
                Some(self.0 > f64::from(bound))
            }

            fn less_than(&self, bound: $bound) -> Option<bool> {
                Some(self.0 < f64::from(bound))
            }
        }
    )*};
}
range!(i32, f64);

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use testkit::any;

    /// Each as Node.js 20 writes it.
    #[test]
    fn a_number_is_written_as_javascript_writes_it() {
        for (number, text) in [
            (0.0, "0"),
            (5.0, "5"),
            (-5.5, "-5.5"),
            (0.1, "0.1"),
            (1e-6, "0.000001"),
            (1e-7, "1e-7"),
            (1.5e-9, "1.5e-9"),
            (1e20, "100000000000000000000"),
            (1e21, "1e+21"),
            (-1.5e22, "-1.5e+22"),
            (1e126, "1e+126"),
        ] {
            assert_eq!(Number(number).to_string(), text);
        }
    }

    #[test]
    fn whole_numbers_are_whole_in_json() {
        for (number, text) in [
            (5.0, "5"),
            (-0.0, "0"),
            (1e-131, "0"),
            (0.5, "0.5"),
            (1e18, "1000000000000000000"),
            (9_007_199_254_740_994.0, "9007199254740994"),
        ] {
            assert_eq!(serde_json::to_string(&Number::new(number)).unwrap(), text);
        }
        assert_eq!(Number::new(1e126), None);
        assert_eq!(Number::new(f64::NAN), None);
    }

    proptest! {
        #![proptest_config(any::cases())]

        /// Also the digits that the store writes.
        #[test]
        fn a_stored_number_comes_back(number in any::<f64>().prop_filter_map("none", Number::new)) {
            let stored: serde_dynamo::AttributeValue = serde_dynamo::to_attribute_value(number).unwrap();
            prop_assert_eq!(serde_dynamo::from_attribute_value::<_, Number>(stored).unwrap(), number);
        }
    }
}
