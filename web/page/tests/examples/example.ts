import type { Page } from "@playwright/test";

/** One of the requests to try. */
export function example(page: Page, name: string) {
  const form = page.getByRole("form", { name });
  return {
    form,
    answer: form.getByRole("status"),
    send: () => form.getByRole("button").click(),
  };
}
