import type { Page } from "@playwright/test";

export const jane = { title: "React Hooks", author: "Jane", content: "They begin with use." };

/** Fills the form for a new post. */
export async function writePost(
  page: Page,
  title = jane.title,
  author = jane.author,
  content = jane.content,
) {
  const form = page.getByRole("form", { name: "Create Post" });
  await form.getByLabel("Title").fill(title);
  await form.getByLabel("Author").fill(author);
  await form.getByLabel("Content").fill(content);
}
