//! Callers that mean harm, on the routes that only this API has. What every route must withstand is tested
//! with `routelet`, in `routelet/tests/suite/hostile.rs`.

use testkit::hostile;

use crate::app::APP;

#[test]
fn searches_of_any_kind_are_read_or_refused() {
    let api = APP.start();
    for query in hostile::queries() {
        assert_eq!(api.get(&format!("/api/search?{query}")).status, 200, "{query}");
    }
    for limit in hostile::limits() {
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
