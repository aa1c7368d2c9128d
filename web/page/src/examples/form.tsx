import { useState } from "react";

import { api } from "../api";
import { Field } from "../parts/field";
import { answerOf } from "./answer";
import { Example } from "./example";

export function Form() {
  const [title, setTitle] = useState("My Post");
  const [author, setAuthor] = useState("Jane");

  function send() {
    const bodySerializer = () => {
      const data = new FormData();
      data.set("title", title);
      data.set("author", author);
      return data;
    };
    return answerOf(api.POST("/api/form", { body: { title, author }, bodySerializer, parseAs: "text" }));
  }

  return (
    <Example title="Form data" route="POST /api/form" send={send}>
      {() => (
        <>
          <Field label="title" value={title} onChange={setTitle} />
          <Field label="author" value={author} onChange={setAuthor} />
        </>
      )}
    </Example>
  );
}
