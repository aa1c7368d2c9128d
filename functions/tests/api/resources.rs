//! What each resource adds to the tests that walk all routes.
//!
//! A new resource is one more line in [`RESOURCES`], and its own module says the rest; one that goes takes
//! both along.

use testkit::Api;

use crate::resource::Resource;

/// All resources of this API.
pub(crate) const RESOURCES: &[Resource] = &[crate::posts::RESOURCE, crate::tasks::RESOURCE];

/// Makes an item of each resource.
pub(crate) fn make_items(api: &Api) {
    for resource in RESOURCES {
        assert_eq!(api.post(resource.path, resource.body).status, 201, "{}", resource.path);
    }
}

/// How many items there are, by resource.
pub(crate) fn count_items(api: &Api) -> Vec<usize> {
    let count = |path| {
        let answer = api.get(path);
        assert_eq!(answer.status, 200, "{path}: {}", answer.body);
        answer.json().as_array().unwrap().len()
    };
    RESOURCES.iter().map(|resource| count(resource.path)).collect()
}
