/** The browser of all tests with Playwright. */

import { existsSync } from "node:fs";
import type { PlaywrightTestOptions, PlaywrightWorkerOptions } from "@playwright/test";

// Playwright's own browsers are a download each; a machine's Chromium does. Without one, Playwright looks for its own.
const names = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];
const executablePath = process.env.CHROMIUM ?? names.find(existsSync);

export const browser: Partial<PlaywrightTestOptions & PlaywrightWorkerOptions> = {
  locale: "en-GB",
  timezoneId: "UTC",
  launchOptions: {
    ...(executablePath && { executablePath }),
    args: ["--no-sandbox", "--disable-background-networking", "--disable-component-update"],
  },
};
