/** A header, and the token of the page, with an API that has keys. */

import { AUTH_JWKS, tokenUntil } from "../../../testing/tokens";
import { expect, test } from "../fixtures";
import { example } from "./example";

test.use({ variables: { AUTH_JWKS } });

test.beforeEach(({ page }) => page.goto("/"));

test("a header goes as it is written", async ({ page }) => {
  const { form, answer, send } = example(page, "Headers");
  await send();
  await expect(answer).toHaveText('401 {"error":"Unauthorized"}');
  await form.getByLabel("Authorization").fill(`Bearer ${tokenUntil(600)}`);
  await send();
  await expect(answer).toHaveText('200 {"authorized":true}');
});

test("the token can be checked", async ({ page }) => {
  const { answer, send } = example(page, "Your token");
  await send();
  await expect(answer).toHaveText('401 {"error":"Unauthorized"}');
  await page.getByRole("button", { name: "Token" }).click();
  await page.getByLabel("Bearer token").fill(tokenUntil(600));
  await page.keyboard.press("Enter");
  await send();
  await expect(answer).toHaveText('200 {"authorized":true}');
});
