/** The token of the page, checked by an API with keys. */

import { AUTH_JWKS, tokenUntil } from "../../../testing/tokens";
import { expect, test } from "../fixtures";

test.use({ variables: { AUTH_JWKS } });

test("the token can be checked", async ({ page }) => {
  await page.goto("/");
  const example = page.getByRole("form", { name: "Your token" });
  await example.getByRole("button").click();
  await expect(example.getByRole("status")).toHaveText('401 {"error":"Unauthorized"}');
  await page.getByRole("button", { name: "Token" }).click();
  await page.getByLabel("Bearer token").fill(tokenUntil(600));
  await page.keyboard.press("Enter");
  await example.getByRole("button").click();
  await expect(example.getByRole("status")).toHaveText('200 {"authorized":true}');
});
