//! Callers that mean harm, on the routes that only this API has. What every route must withstand is tested
//! with `routelet`, in `routelet/tests/suite/hostile.rs`.

use crate::app::APP;

#[test]
fn searches_of_any_kind_are_read_or_refused() {
    let api = APP.start();
    let many: Vec<_> = (0..100).map(|number| format!("q{number}=v")).collect();
    let many = many.join("&");
    let repeated = "q=a&".repeat(2_000);
    let long = format!("q={}", "x".repeat(10_000));
    let nul = format!("q={}", "%00".repeat(3_000));
    for query in
        [&many, &repeated, &long, &nul, "q=%FF%FE&q", "q=%ud800", "&&=&=&", "q[]=1", "q=%F0%9F%98%80"]
    {
        assert_eq!(api.get(&format!("/api/search?{query}")).status, 200, "{query}");
    }
    let digits = "9".repeat(5_000);
    for limit in
        [&digits, "-1", "0", "1e4", "NaN", "Infinity", "-", "%00", "1%00", "%D9%A1", "0xFFF", "1001", "+-1"]
    {
        let answer = api.get(&format!("/api/search?limit={limit}"));
        assert_eq!(answer.status, 400, "{limit}: {answer:?}");
    }
}

#[test]
fn paths_of_any_kind_lead_nowhere_else() {
    let api = APP.start();
    for path in [
        "/%0d%0aset-cookie:a=b/",
        "//evil.example/",
        "/%5Cevil.example/",
        "/%2F/evil.example/",
        "/a?b=%0d%0a/",
    ] {
        let answer = api.get(path);
        assert!([308, 404].contains(&answer.status), "{path}: {answer:?}");
        assert_eq!(answer.header("set-cookie"), None, "{path}");
        if let Some(location) = answer.header("location") {
            let on_this_host =
                location.starts_with('/') && !location.starts_with("//") && !location.contains('\\');
            assert!(on_this_host, "{path} leads to {location}");
        }
    }
}
