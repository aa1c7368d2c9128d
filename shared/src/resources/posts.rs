//! `/api/posts`, in the table that `POSTS_TABLE` names.

use routelet::{resource::Resource, store::Store};

use crate::models::Post;

/// The posts, to do with what the [`Access`](routelet::store::Access) `A` allows.
pub type Posts<A> = Store<Post, A>;

impl Resource for Post {
    const PATH: &'static str = "/api/posts";
    const NOT_FOUND: &'static str = "Post not found";
    const TABLE_VARIABLE: &'static str = "POSTS_TABLE";
}
