//! What callers send that mean harm.

/// Queries with a `q` of any kind, without a value, with thousands, or with one that is no text.
pub fn queries() -> Vec<String> {
    let many: Vec<_> = (0..100).map(|number| format!("q{number}=v")).collect();
    let mut queries = vec![
        many.join("&"),
        "q=a&".repeat(2_000),
        format!("q={}", "x".repeat(10_000)),
        format!("q={}", "%00".repeat(3_000)),
    ];
    queries.extend(["q=%FF%FE&q", "q=%ud800", "&&=&=&", "q[]=1", "q=%F0%9F%98%80"].map(str::to_owned));
    queries
}

/// Values of `limit` that are no number of items, or too large a one.
pub fn limits() -> Vec<String> {
    let words = ["-1", "0", "1e4", "NaN", "Infinity", "-", "%00", "1%00", "%D9%A1", "0xFFF", "1001", "+-1"];
    let mut limits = vec!["9".repeat(5_000)];
    limits.extend(words.map(str::to_owned));
    limits
}
