/** The example of a retry. */

import { example } from "../examples/example";
import { expect, test } from "../fixtures";

test("a retry makes no second task", async ({ page, other }) => {
  await page.goto("/");
  const { form, answer, send } = example(page, "A retry makes no second task");
  await send();
  await expect(answer).toContainText("201 both times:");
  expect((await other.GET("/api/tasks")).data).toHaveLength(1);
  await expect(page.getByRole("complementary")).toContainText("Idempotency-Replayed: true");
  await form.getByLabel("title").fill("");
  await send();
  await expect(form.getByLabel("title")).toHaveAccessibleDescription("Title is required");
});
