import type { Plugin } from "vite";

const LICENCES = ".vite/license.md";

/** Moves the licences of what is built in, which Vite collects, into the page: it may not go without them. */
export function notices(): Plugin {
  return {
    name: "notices",
    apply: "build",
    enforce: "post",
    config: () => ({ build: { license: { fileName: LICENCES } } }),
    generateBundle: {
      order: "post",
      handler(_options, bundle) {
        const licences = bundle[LICENCES];
        const page = bundle["page.html"];
        if (licences?.type !== "asset" || page?.type !== "asset") {
          throw new Error(`no ${LICENCES} or no page.html among ${Object.keys(bundle).join(", ")}`);
        }
        delete bundle[LICENCES];
        const text = String(licences.source).replaceAll("--", "- -"); // which would end a comment
        const comment = `<!--\nThe page, made by \`npm run build:page\` from web/src.\n\n${text}-->`;
        page.source = String(page.source).replace("<!doctype html>", (doctype) => `${doctype}\n${comment}`);
      },
    },
  };
}
