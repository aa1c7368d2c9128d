/** Form data. */

import { expect, test } from "../fixtures";
import { example } from "./example";

test.beforeEach(({ page }) => page.goto("/"));

test("form", async ({ page }) => {
  const { form, answer, send } = example(page, "Form data");
  await form.getByLabel("title").fill("Käse & Brot");
  await send();
  await expect(answer).toHaveText('200 {"title":"Käse & Brot","author":"Jane"}');
});
