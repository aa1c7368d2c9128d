import type { Plugin } from "vite";

const LICENCES = ".vite/license.md";

/**
 * What is left to do when script and style are in the page: the licences of what is built in, which Vite collects, go
 * into a comment, for the page may not go without them; the script goes behind what there is to see without it, which is
 * painted while the browser still reads the script; and attributes that mean something to files alone go away.
 */
export function finish(): Plugin {
  return {
    name: "finish",
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
        const comment = `<!--\nThe page, made by \`npm run build:page\` from web/page/src.\n\n${text}-->`;
        const [script = ""] =
          /<script type="module" crossorigin>[\s\S]*?<\/script>/.exec(String(page.source)) ?? [];
        page.source = String(page.source)
          .replace(script, "")
          .replace("</body>", () => `${script}\n  </body>`)
          .replace("<!doctype html>", (doctype) => `${doctype}\n${comment}`)
          .replace('<script type="module" crossorigin>', '<script type="module">')
          .replace('<style rel="stylesheet" crossorigin>', "<style>");
      },
    },
  };
}
