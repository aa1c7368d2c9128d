/** The token of the page, of an API that wants one for changes. */

import { AUTH_JWKS, tokenUntil } from "../../../testing/tokens";
import { expect, test } from "../fixtures";

test.use({ variables: { AUTH_JWKS } });

test("the token goes with the page from screen to screen, and is stored nowhere", async ({
  page,
  context,
}) => {
  await page.goto("/");
  await page.getByRole("button", { name: "Token", exact: true }).click();
  await page.getByLabel("Bearer token").fill(tokenUntil(600));
  await page.keyboard.press("Enter");
  await page.getByRole("navigation").getByRole("link", { name: "Tasks" }).click();
  await page.getByLabel("Title").fill("With a token");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("checkbox", { name: "With a token" })).toBeVisible();
  const stored = await page.evaluate(async () => {
    const databases = await indexedDB.databases();
    return [localStorage.length, sessionStorage.length, databases.length, document.cookie];
  });
  expect(stored).toEqual([0, 0, 0, ""]);
  expect((await context.storageState()).origins).toEqual([]);
  await expect(page.getByRole("complementary")).not.toContainText("Bearer");

  await page.getByRole("button", { name: "Token set" }).click();
  await page.getByRole("button", { name: "Forget it" }).click();
  await page.getByRole("checkbox", { name: "With a token" }).click();
  await expect(page.getByText("This needs a valid token.")).toBeVisible();
  await expect(page.getByRole("checkbox", { name: "With a token" })).not.toBeChecked();
});
