import { useState, type FormEvent } from "react";

import { Field } from "../parts/field";
import { go } from "../route";

/** Keeps the posts of one author. The address has the filter, so it can be kept and sent on. */
export function AuthorFilter({ author }: { author: string }) {
  const [text, setText] = useState(author);

  function filter(event: FormEvent) {
    event.preventDefault();
    show(text.trim());
  }

  return (
    <search>
      <form className="filter" aria-label="Posts by author" onSubmit={filter}>
        <Field label="Filter by author" value={text} onChange={setText} />
        <button type="submit">Filter</button>
        {author !== "" && (
          <button type="button" onClick={() => show("")}>
            All authors
          </button>
        )}
      </form>
    </search>
  );
}

function show(author: string): void {
  go(author === "" ? "/posts" : `/posts?${new URLSearchParams({ author })}`);
}
