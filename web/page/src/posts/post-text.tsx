import { LongText } from "../parts/long-text";
import { Time } from "../parts/time";
import type { Post } from "./posts";

export function PostText({ post: { title, author, content, createdAt } }: { post: Post }) {
  return (
    <>
      <h2>{title}</h2>
      <p className="by">
        By {author} <Time at={createdAt} />
      </p>
      <LongText text={content} />
    </>
  );
}
