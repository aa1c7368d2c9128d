/** A body, as it is written. */

import { expect, test } from "../fixtures";
import { example } from "./example";

test.beforeEach(({ page }) => page.goto("/"));

test("echo loses no digit, and says where a body is no JSON", async ({ page }) => {
  const { form, answer, send } = example(page, "JSON body");
  await send();
  await expect(answer).toHaveText('200 {"received":{"b": 1.10, "a": 12345678901234567890}}');
  await form.getByLabel("JSON").fill("{");
  await send();
  await expect(answer).toContainText("400");
  await expect(answer).toContainText("Invalid JSON");
});
