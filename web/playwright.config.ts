import { existsSync } from "node:fs";
import { defineConfig } from "@playwright/test";

// Playwright's own browsers are a download each; a machine's Chromium does. Without one, Playwright looks for its own.
const names = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];
const executablePath = process.env.CHROMIUM ?? names.find(existsSync);

export default defineConfig({
  testDir: "tests",
  outputDir: "node_modules/.cache/page",
  fullyParallel: true,
  workers: 2,
  reporter: "list",
  use: {
    locale: "en-GB",
    timezoneId: "UTC",
    launchOptions: {
      ...(executablePath && { executablePath }),
      args: ["--no-sandbox", "--disable-background-networking", "--disable-component-update"],
    },
  },
  projects: [
    { name: "page", testIgnore: "screenshots.spec.ts" },
    { name: "screenshots", testMatch: "screenshots.spec.ts" },
    // Alone, after the others, and once more if the machine was busy with something else.
    { name: "paint", testMatch: "paint.ts", dependencies: ["page"], workers: 1, retries: 2 },
  ],
});
