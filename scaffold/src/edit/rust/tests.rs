#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use super::*;

const MODULES: &str = "//! The shapes.

mod post;
mod task;

pub use post::{NewPost, Post};
pub use task::{NewTask, Task};

#[cfg(test)]
mod tests;
";

#[test]
fn a_module_and_its_import_take_their_places_in_the_alphabet_and_leave_them() {
    let more = add_module(MODULES, "note").unwrap();
    let more = add_use(&more, "pub use note::{NewNote, Note};").unwrap();
    assert_eq!(
        more,
        MODULES
            .replace("mod post;", "mod note;\nmod post;")
            .replace("pub use post", "pub use note::{NewNote, Note};\npub use post")
    );
    assert_eq!(remove_module(&more, "note").unwrap(), MODULES);
    let last = add_module(MODULES, "word").unwrap();
    let last = add_use(&last, "pub use word::Word;").unwrap();
    assert_eq!(
        last,
        MODULES
            .replace("mod task;\n", "mod task;\nmod word;\n")
            .replace("Task};\n", "Task};\npub use word::Word;\n")
    );
    assert!(add_module(MODULES, "post").is_err());
    assert!(add_module(MODULES, "tests").is_ok_and(|text| syn::parse_file(&text).is_ok()));
}

#[test]
fn the_first_module_of_a_file_goes_below_what_the_file_says_of_itself() {
    let text = add_module("//! Nothing yet.\n", "note").unwrap();
    let text = add_use(&text, "pub use note::Note;").unwrap();
    assert_eq!(text, "//! Nothing yet.\n\nmod note;\n\npub use note::Note;\n");
    assert!(has_modules(&text).unwrap());
    assert!(!has_modules("//! Nothing yet.\n").unwrap());
}

#[test]
fn values_go_into_an_array_and_out() {
    let list = "pub(crate) const ALL: &[Resource] = &[crate::posts::RESOURCE, crate::tasks::RESOURCE];\n";
    let more = push(list, "ALL", "crate::notes::RESOURCE").unwrap();
    assert_eq!(more, list.replace("tasks::RESOURCE", "tasks::RESOURCE, crate::notes::RESOURCE"));
    assert_eq!(
        remove_elements(&more, "ALL", |element| element.contains("::posts::")).unwrap(),
        more.replace("crate::posts::RESOURCE, ", "")
    );
    let none = remove_elements(list, "ALL", |_| true).unwrap();
    assert!(none.contains("&[]"), "{none}");
    assert!(push(&none, "ALL", "crate::notes::RESOURCE").unwrap().contains("[crate::notes::RESOURCE"));
    assert!(push(list, "NONE", "1").is_err());
}

#[test]
fn a_function_goes_before_the_modules_within() {
    let text = "fn a() {}\n\n/// More.\nmod inner {\n    fn b() {}\n}\n";
    let more = add_function(text, "fn c() {}\n").unwrap();
    assert_eq!(more, text.replace("/// More.", "fn c() {}\n\n/// More."));
    assert_eq!(add_function("fn a() {}\n", "fn c() {}\n").unwrap(), "fn a() {}\n\nfn c() {}\n");
}

#[test]
fn a_value_goes_into_a_field_of_a_constant() {
    let text = "const R: Route = Route { failures: &[(1, 2)], events, ..Route::PLAIN };\n";
    assert!(push_in_field(text, "R", "failures", "(3, 4)").unwrap().contains("&[(1, 2), (3, 4)]"));
    assert!(
        push_in_field(text, "R", "limits", "5").unwrap().contains("events, limits: &[5], ..Route::PLAIN")
    );
    assert!(push_in_field(&text.replace("(1, 2)", ""), "R", "failures", "6").unwrap().contains("&[6]"));
    assert!(push_in_field(text, "S", "failures", "7").is_err());
}

#[test]
fn values_go_out_of_a_vec_and_of_a_field_with_their_comments() {
    let text = "fn events() -> Vec<u8> {\n    vec![\n        (\"a\", f(1)),\n        // About b.\n        // More.\n        (\"b\", 2),\n        (\"c\", 3),\n    ]\n}\n";
    let rest = remove_from_vec(text, "events", |element| element.starts_with("(\"b\"")).unwrap();
    assert!(!rest.contains("About") && !rest.contains("More") && !rest.contains("\"b\""), "{rest}");
    assert!(rest.contains("(\"a\", f(1)),") && rest.contains("(\"c\", 3),"), "{rest}");
    assert_eq!(remove_from_vec(text, "others", |_| true).unwrap(), text);
    let text = "const R: Route = Route { failures: &[(1, 2), (3, 4)], ..Route::PLAIN };\n";
    assert!(remove_from_field(text, "R", "failures", |one| one == "(1, 2)").unwrap().contains("&[(3, 4)]"));
    assert_eq!(remove_from_field(text, "R", "limits", |_| true).unwrap(), text);
}

#[test]
fn a_value_goes_to_the_beginning_of_a_vec() {
    let text = "fn events() -> Vec<u8> {\n    let a = 1;\n    vec![\n        a,\n    ]\n}\n";
    let more = push_first_in_vec(text, "events", "0").unwrap();
    assert!(more.contains("vec![\n0,\n"), "{more}");
    assert!(push_first_in_vec(text, "others", "0").is_err());
    assert!(push_first_in_vec("fn events() {}", "events", "0").is_err());
}

#[test]
fn tests_are_told_by_the_paths_that_they_name() {
    let text = r#"
fn helper() -> &'static str { "/api/search" }

/// One.
#[test]
fn one() {
    api.get("/api/search?q=a");
}

#[test]
fn both() {
    api.get("/api/search");
    api.get(&format!("/api/hello{}", 1));
}

#[test]
fn neither() {
    assert!(true);
}
"#;
    let about = tests(text).unwrap();
    let paths = |name: &str| about.iter().find(|(test, _)| test == name).unwrap().1.clone();
    assert_eq!(paths("one"), ["/api/search?q=a"]);
    assert_eq!(paths("both"), ["/api/search", "/api/hello{}"]);
    assert!(paths("neither").is_empty());
    let rest = remove_functions(text, &["one".to_owned()]).unwrap();
    assert_eq!(
        rest,
        text.replace("/// One.\n#[test]\nfn one() {\n    api.get(\"/api/search?q=a\");\n}\n\n", "")
    );
}
