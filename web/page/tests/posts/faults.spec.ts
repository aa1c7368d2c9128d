/** Answers that get lost, an API that is overloaded, no network: nothing is made twice, and nothing written is lost. */

import { error, expect, faults, lose, test } from "../fixtures";
import { jane, writePost } from "./post";

const create = ["POST", "**/api/posts"] as [string, string];
const change = ["PATCH", "**/api/posts/*"] as [string, string];

test("a create whose answer gets lost is sent again with the same key: one post", async ({ page, other }) => {
  await page.goto("/posts");
  const sent = await faults(page, create, lose);
  await writePost(page);
  await page.getByRole("button", { name: "Create Post" }).click();
  await expect(page.getByText("No answer, trying again").first()).toBeVisible();
  await expect(page.getByText("One post: the first attempt had arrived")).toBeVisible();
  await expect(page.getByRole("list", { name: "Posts" }).getByRole("listitem")).toHaveCount(1);
  expect(sent).toHaveLength(2);
  expect(sent[0]?.["idempotency-key"]).toBe(sent[1]?.["idempotency-key"]);
  expect((await other.GET("/api/posts")).data).toMatchObject([jane]);

  const wire = page.getByRole("complementary").getByRole("listitem");
  await expect(wire.first()).toContainText("Idempotency-Replayed: true");
  await expect(wire.nth(1)).toContainText("lost");
});

test("an API that is busy is asked again when it says so, and the page says so, too", async ({
  page,
  other,
}) => {
  await page.goto("/posts");
  const busy = error(503, "Temporarily unavailable", { "retry-after": "2" });
  const sent = await faults(page, create, (route) => route.fulfill(busy));
  await writePost(page);
  await page.getByRole("button", { name: "Create Post" }).click();
  const status = page.getByRole("status").filter({ hasText: "Temporarily unavailable" });
  await expect(status).toContainText("trying again in 2 s");
  await expect(status).toContainText("It has the same key, so only one is made.");
  await expect(status).toContainText("trying again in 1 s");
  await expect(page.getByText("The post is created.")).toBeVisible();
  await expect(status).toBeHidden();
  expect(sent).toHaveLength(2);
  expect((await other.GET("/api/posts")).data).toHaveLength(1);
});

test("a dialog says, too, that the API is busy", async ({ page, other }) => {
  await other.POST("/api/posts", { body: jane });
  await page.goto("/posts");
  const busy = error(503, "Temporarily unavailable", { "retry-after": "1" });
  await faults(page, ["DELETE", "**/api/posts/*"], (route) => route.fulfill(busy));
  await page.getByRole("button", { name: "Delete React Hooks" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("button", { name: "Delete" }).click();
  await expect(dialog.getByText("Temporarily unavailable, trying again").first()).toBeVisible();
  await expect(page.getByText("The post is deleted.")).toBeVisible();
});

test("whoever presses the button again, because no answer came, makes one post", async ({ page, other }) => {
  await page.goto("/posts");
  const sent = await faults(page, create, lose, lose, lose, lose);
  await writePost(page);
  await page.getByRole("button", { name: "Create Post" }).click();
  await expect(page.getByRole("alert").filter({ hasText: "No answer from the API." })).toContainText(
    "Sent again, it has the same key and makes one post at most.",
  );
  await expect(page.getByLabel("Title")).toHaveValue("React Hooks");
  await page.getByRole("button", { name: "Create Post" }).click();
  await expect(page.getByText("One post: the first attempt had arrived")).toBeVisible();
  expect(new Set(sent.map((headers) => headers["idempotency-key"])).size).toBe(1);
  expect((await other.GET("/api/posts")).data).toHaveLength(1);

  // The same content once more is another post.
  await writePost(page);
  await page.getByRole("button", { name: "Create Post" }).click();
  await expect.poll(async () => (await other.GET("/api/posts")).data?.length).toBe(2);
});

test("another content after a failure has another key", async ({ page, other }) => {
  await page.goto("/posts");
  await faults(page, create, lose, lose, lose, lose);
  await writePost(page);
  await page.getByRole("button", { name: "Create Post" }).click();
  await expect(page.getByRole("alert").filter({ hasText: "No answer" })).toBeVisible();
  await page.getByLabel("Title").fill("Another title");
  await page.getByRole("button", { name: "Create Post" }).click();
  await expect(page.getByRole("listitem", { name: "Another title" })).toBeVisible();
  expect((await other.GET("/api/posts")).data).toHaveLength(2);
});

const unknown = error(503, "The change may or may not have been made", { "retry-after": "60" });

for (const [wasMade, says] of [
  [true, "The post is saved."],
  [false, "The change was not made. You can save it again."],
] as const) {
  test(`a change that ${wasMade ? "was" : "was not"} made, of which the API does not know`, async ({
    page,
    other,
  }) => {
    await other.POST("/api/posts", { body: jane });
    await page.goto("/posts");
    await faults(page, change, async (route) => {
      if (wasMade) {
        await route.fetch();
      }
      await route.fulfill(unknown);
    });
    await page.getByRole("button", { name: "Edit React Hooks" }).click();
    await page.getByRole("listitem").getByLabel("Title").fill("Changed");
    await page.getByRole("button", { name: "Save" }).click();
    await expect(page.getByText(says)).toBeVisible();
    if (!wasMade) {
      await page.getByRole("button", { name: "Save" }).click();
    }
    await expect(page.getByRole("listitem", { name: "Changed" })).toBeVisible();
    expect((await other.GET("/api/posts")).data).toMatchObject([{ ...jane, title: "Changed" }]);
  });

  test(`a deletion that ${wasMade ? "was" : "was not"} made, of which the API does not know`, async ({
    page,
    other,
  }) => {
    await other.POST("/api/posts", { body: jane });
    await page.goto("/posts");
    const answers = [unknown, unknown, unknown, unknown].map(
      (answer) => async (route: Parameters<typeof lose>[0]) => {
        if (wasMade) {
          await route.fetch();
        }
        await route.fulfill(answer);
      },
    );
    await faults(page, ["DELETE", "**/api/posts/*"], ...answers);
    await page.getByRole("button", { name: "Delete React Hooks" }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByRole("button", { name: "Delete" }).click();
    const text = wasMade ? "The post is deleted." : "It was not deleted. You can try again.";
    await expect(page.getByText(text)).toBeVisible();
    expect((await other.GET("/api/posts")).data).toHaveLength(wasMade ? 0 : 1);
  });
}

test("a change that nobody can look at stays in its form", async ({ page, other }) => {
  await other.POST("/api/posts", { body: jane });
  await page.goto("/posts");
  await page.getByRole("button", { name: "Edit React Hooks" }).click();
  const form = page.getByRole("form", { name: "Edit React Hooks" });
  await form.getByLabel("Title").fill("Changed");
  await page.route("**/api/posts/*", (route) => route.fulfill(unknown));
  await form.getByRole("button", { name: "Save" }).click();
  await expect(form.getByRole("alert")).toContainText("The change may or may not have been made.");
  await expect(form.getByLabel("Title")).toHaveValue("Changed");
  await page.unrouteAll();
  await form.getByRole("button", { name: "Save" }).click();
  await expect(page.getByRole("listitem", { name: "Changed" })).toBeVisible();
});

for (const [name, answer, says] of [
  [
    "too long",
    error(413, "Request body exceeds 1048576 bytes"),
    "This is too long: the API takes one mebibyte at most.",
  ],
  ["too often", error(429, "", { "retry-after": "60" }), "Too many requests. Try again in 60 s."],
  [
    "a gateway's 429",
    { status: 429, contentType: "application/json", body: '{"message":"Too Many Requests"}' },
    "Too many requests.",
  ],
  [
    "a failure",
    error(500, "Failed to create post", { "x-request-id": "r-1" }),
    "Failed to create post (500, request r-1).",
  ],
  ["no JSON", { status: 502, contentType: "text/html", body: "<h1>Bad Gateway</h1>" }, "(502)."],
] as const) {
  test(`an answer for the form as a whole: ${name}`, async ({ page }) => {
    await page.goto("/posts");
    await page.route("**/api/posts", (route) => route.fulfill(answer));
    await writePost(page);
    await page.getByRole("button", { name: "Create Post" }).click();
    await expect(page.getByRole("form", { name: "Create Post" }).getByRole("alert")).toContainText(says);
    await expect(page.getByLabel("Title")).toHaveValue("React Hooks");
  });
}

test("a list that can't be had can be asked for again", async ({ page, other }) => {
  await other.POST("/api/posts", { body: jane });
  await page.route("**/api/posts?*", (route) => route.fulfill(error(500, "Failed to fetch posts")));
  await page.goto("/posts");
  await expect(page.getByRole("alert").filter({ hasText: "Failed to fetch posts" })).toBeVisible();
  await expect(page.getByText("Loading...")).toBeHidden();
  await page.unrouteAll();
  await page.getByRole("button", { name: "Try again" }).click();
  await expect(page.getByRole("listitem", { name: "React Hooks" })).toBeVisible();
  await expect(page.getByText("Failed to fetch posts")).toBeHidden();
});

test("without a network the page says so, keeps what was written, and goes on when it is back", async ({
  page,
  context,
  other,
}) => {
  await page.goto("/posts");
  await expect(page.getByText("No posts yet.")).toBeVisible();
  await writePost(page);
  await context.setOffline(true);
  await expect(page.getByText("You are offline.")).toBeVisible();
  await page.getByRole("button", { name: "Create Post" }).click();
  await expect(page.getByRole("alert").filter({ hasText: "No answer from the API." })).toBeVisible();
  await expect(page.getByLabel("Title")).toHaveValue("React Hooks");

  await page.getByRole("link", { name: "Routelet" }).click(); // the page itself is there already
  await page.getByRole("navigation").getByRole("link", { name: "Posts" }).click();
  await expect(page.getByRole("button", { name: "Try again" })).toBeVisible();
  await other.POST("/api/posts", { body: { ...jane, title: "From elsewhere" } });
  await context.setOffline(false);
  await expect(page.getByText("You are offline.")).toBeHidden();
  await expect(page.getByRole("listitem", { name: "From elsewhere" })).toBeVisible();
});
