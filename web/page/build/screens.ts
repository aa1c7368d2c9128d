import { existsSync, readdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { Plugin } from "vite";

import { linkTo, type ScreenLink } from "../src/link.ts";

const source = fileURLToPath(new URL("../src/", import.meta.url));

/** The links to the screens, as `src/screens.ts` finds them in the browser. */
export function screenLinks(): ScreenLink[] {
  const folders = readdirSync(source).filter((folder) => existsSync(`${source}${folder}/screen.tsx`));
  return folders.sort().map(linkTo);
}

/** Puts the links to the screens into what there is to see before the script has run. */
export function links(): Plugin {
  const place = "<!-- screens -->";
  return {
    name: "links",
    transformIndexHtml: {
      order: "pre",
      handler(html) {
        if (!html.includes(place)) {
          throw new Error(`no ${place} in index.html`);
        }
        const anchors = screenLinks().map(({ path, name }) => `<a href="${path}">${name}</a>`);
        return html.replace(place, anchors.join("\n          "));
      },
    },
  };
}
