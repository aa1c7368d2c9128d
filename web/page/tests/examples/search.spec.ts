/** Query parameters, as they are written. */

import { expect, test } from "../fixtures";
import { example } from "./example";

test.beforeEach(({ page }) => page.goto("/"));

test("search, with the issue beside its field", async ({ page }) => {
  const { form, answer, send } = example(page, "Query parameters");
  await send();
  await expect(answer).toHaveText('200 {"search":"react","limit":5}');
  await form.getByLabel("limit").fill("a few");
  await send();
  await expect(answer).toContainText("400");
  await expect(form.getByLabel("limit")).toHaveAccessibleDescription(
    "Invalid input: expected number, received NaN",
  );
  await form.getByLabel("limit").fill("");
  await send();
  await expect(answer).toHaveText('200 {"search":"react","limit":10}');
});
