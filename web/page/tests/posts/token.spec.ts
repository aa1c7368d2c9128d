/** An API that wants a token for changes. */

import { AUTH_JWKS, tokenUntil } from "../../../testing/tokens";
import { expect, test } from "../fixtures";
import { writePost } from "./post";

test.use({ variables: { AUTH_JWKS } });

test("a change without a token leads to the field for it, and then is made", async ({ page }) => {
  await page.goto("/posts");
  await writePost(page);
  const create = page.getByRole("button", { name: "Create Post" });
  await create.click();
  const alert = page.getByRole("form", { name: "Create Post" }).getByRole("alert");
  await expect(alert).toContainText("This needs a valid token.");
  const enter = alert.getByRole("button", { name: "Enter a token" });
  await enter.click();
  const dialog = page.getByRole("dialog", { name: "Token" });
  await expect(dialog.getByLabel("Bearer token")).toBeFocused();

  await dialog.getByLabel("Bearer token").fill(tokenUntil(-3600));
  await page.keyboard.press("Enter");
  await expect(dialog).toBeHidden();
  await expect(enter).toBeFocused();
  await create.click();
  await expect(alert).toContainText("This needs a valid token."); // it has expired

  await enter.click();
  await dialog.getByLabel("Bearer token").fill(`Bearer ${tokenUntil(600)}`);
  await dialog.getByRole("button", { name: "Use token" }).click();
  await create.click();
  await expect(page.getByRole("listitem", { name: "React Hooks" })).toBeVisible();
});
