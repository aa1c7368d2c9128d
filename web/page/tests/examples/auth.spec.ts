/** A header. */

import { expect, test } from "../fixtures";
import { example } from "./example";

test.beforeEach(({ page }) => page.goto("/"));

test("auth", async ({ page }) => {
  const { form, answer, send } = example(page, "Headers");
  await send();
  await expect(answer).toHaveText('200 {"authorized":true}');
  await form.getByLabel("Authorization").fill("");
  await send();
  await expect(answer).toHaveText('401 {"error":"Unauthorized"}');
});
