//! Numbers that a caller sent.

use super::{
    attribute::Stored,
    field::Field,
    issue::Issue,
    json::Input,
    number::{END, Number},
    report::Report,
};

impl Field for Number {
    const STORED: Stored = Stored::Number;

    fn read(input: Input<'_>, report: &mut Report) -> Option<Self> {
        let number = input.number(report)?;
        if number.abs() >= END {
            report.add(Issue::out_of_range(number > 0.0, Self::bound(END.copysign(number)), false));
        }
        Some(Self::cleaned(number))
    }
}

/// `z.int()`: a whole number from -(2^53 - 1) to 2^53 - 1, beyond which two of them are one to JavaScript.
impl Field for i64 {
    const STORED: Stored = Stored::Number;

    fn read(input: Input<'_>, report: &mut Report) -> Option<Self> {
        let number = input.number(report)?;
        if let Some(issue) = Issue::not_whole(number) {
            report.add(issue);
            return None;
        }
        if let Some(issue) = Issue::not_safe(number) {
            report.add(issue);
        }
        #[expect(clippy::cast_possible_truncation, reason = "what is past either end is refused")]
        Some(number as Self)
    }
}
