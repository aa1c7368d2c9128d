/** An API for each worker, with nothing in it, and a page that may not complain nor ask another host. */

import { fileURLToPath } from "node:url";
import { test as base, expect, type Page, type Route } from "@playwright/test";

import { createClient, keyedPaths, type ApiClient } from "routelet-client";
import { startApi } from "../../testing/api";
import { serveFront } from "./front";

/** The folder of the pictures in README. */
export const images = fileURLToPath(new URL("../../../docs/images/", import.meta.url));

interface Site {
  url: string;
  stop: () => Promise<void>;
}

export const test = base.extend<
  { other: ApiClient; quiet: undefined },
  { variables: Record<string, string>; site: Site }
>({
  /** Variables of the API's functions. */
  variables: [{}, { option: true, scope: "worker" }],

  /** The API with its page. `PAGE_FROM_DIST=1` puts the page of `npm run build:page` in the place of the API's own. */
  site: [
    async ({ variables }, use) => {
      const site = await startSite(variables);
      await use(site);
      await site.stop();
    },
    { scope: "worker", timeout: 600_000 }, // the API may have to be built
  ],

  baseURL: ({ site }, use) => use(site.url),

  /** Somebody else, who uses the API at the same time. What they left is cleared away first. */
  other: [
    async ({ site }, use) => {
      await clear(site.url);
      await use(createClient({ baseUrl: site.url }));
    },
    { auto: true },
  ],

  /** Fails a test after which the console has an error, or with a request to another host. */
  quiet: [
    async ({ page, site }, use) => {
      const bad = complaints(page, site.url);
      await use(undefined);
      expect(bad).toEqual([]);
    },
    { auto: true },
  ],
});

export { expect } from "@playwright/test";

/** Deletes all items: a path that takes a key for a new one is that of a list. */
async function clear(url: string): Promise<void> {
  for (const path of keyedPaths) {
    const items: { id: number }[] = await (await fetch(`${url}${path}?limit=1000`)).json();
    await Promise.all(items.map(({ id }) => fetch(`${url}${path}/${id}`, { method: "DELETE" })));
  }
}

async function startSite(variables: Record<string, string>): Promise<Site> {
  const api = await startApi({ variables });
  if (!process.env.PAGE_FROM_DIST) {
    return api;
  }
  const front = await serveFront(api.url);
  return {
    url: front.url,
    stop: async () => {
      await front.stop();
      await api.stop();
    },
  };
}

function complaints(page: Page, url: string): string[] {
  const bad: string[] = [];
  page.on("console", (message) => {
    // The browser's own line for each answer from 400 on; what the page makes of it is what the tests look at.
    if (!message.text().startsWith("Failed to load resource:")) {
      bad.push(`${message.type()}: ${message.text()}`); // a violation of the content security policy is one, too
    }
  });
  page.on("pageerror", ({ message }) => bad.push(message));
  page.on("request", (request) => {
    if (!request.url().startsWith(`${url}/`) && !request.url().startsWith("data:")) {
      bad.push(request.url());
    }
  });
  return bad;
}

/** An answer of the API's own form. */
export function error(status: number, text: unknown, headers: Record<string, string> = {}) {
  return { status, headers, contentType: "application/json", body: JSON.stringify({ error: text }) };
}

/** The API does what it was asked, and its answer gets lost. */
export async function lose(route: Route): Promise<void> {
  await route.fetch();
  await route.abort("connectionreset");
}

/** Meets the first requests of a method with faults, one each; the rest pass. Returns what was sent. */
export async function faults(
  page: Page,
  [method, path]: [string, string],
  ...first: ((route: Route) => Promise<void>)[]
): Promise<Record<string, string>[]> {
  const sent: Record<string, string>[] = [];
  const left = [...first];
  await page.route(path, async (route) => {
    if (route.request().method() !== method) {
      await route.fallback();
      return;
    }
    sent.push(await route.request().allHeaders());
    await (left.shift() ?? ((route: Route) => route.continue()))(route);
  });
  return sent;
}
