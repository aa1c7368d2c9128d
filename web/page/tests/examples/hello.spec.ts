/** What a request to try answers is shown as it came. */

import { expect, test } from "../fixtures";
import { example } from "./example";

test.beforeEach(({ page }) => page.goto("/"));

test("hello", async ({ page }) => {
  const { answer, send } = example(page, "Hello");
  await send();
  await expect(answer).toHaveText('200 {"message":"Hello, World!"}');
});

test("an answer that does not come is said", async ({ page }) => {
  await page.route("**/api/hello", (route) => route.abort("connectionreset"));
  const { answer, send } = example(page, "Hello");
  await send();
  await expect(answer).toHaveText(/^No answer from the API./);
});
