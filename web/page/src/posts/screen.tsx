import { useMemo } from "react";

import { CreateForm } from "../items/create-form";
import { created } from "../items/created";
import { ItemList } from "../items/item-list";
import { useItems } from "../items/use-items";
import { notify } from "../parts/notice";
import { usePlace } from "../route";
import { AuthorFilter } from "./author-filter";
import { PostText } from "./post-text";
import { posts, postsBy, type Post } from "./posts";
import "./posts.css";

export const about = "to write, edit, filter and delete";

/** The tutorial's `app/posts/page.tsx`, with the rest of what the API does with posts. */
export function Screen() {
  const author = usePlace().query.get("author") ?? "";
  const list = useItems(useMemo(() => postsBy(author), [author]));

  function add(post: Post, wasReplayed: boolean) {
    const isShown = author === "" || post.author.toLowerCase() === author.toLowerCase();
    if (isShown) {
      list.put(post);
    }
    notify(created("post", wasReplayed) + (isShown ? "" : ` It is not in this list, which is ${author}'s.`));
  }

  return (
    <>
      <h1 tabIndex={-1}>Posts</h1>
      <CreateForm resource={posts} label="Create Post" onCreated={add} />
      <AuthorFilter key={author} author={author} />
      <ItemList
        resource={posts}
        list={list}
        label="Posts"
        empty={author === "" ? "No posts yet. Write the first one above." : `No posts by ${author}.`}
      >
        {(post) => <PostText post={post} />}
      </ItemList>
    </>
  );
}
