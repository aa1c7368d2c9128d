// Puts Swagger UI and the few lines beside this file into one HTML file, dist/reference.html.
//
// Its content security policy needs no more than this, with the hash of the one script and of the one style:
//
//   default-src 'none'; script-src 'sha256-…'; style-src 'sha256-…'; img-src data:; connect-src 'self';
//   base-uri 'none'; form-action 'none'; frame-ancestors 'none'
//
// Swagger UI sets the style of elements through the CSSOM, which `style-src` allows; it inserts no `<style>` and calls
// no `eval`. Its icons are `data:` images, and its requests go to this origin. reference.spec.ts holds all of that.
import { readFileSync, writeFileSync, mkdirSync } from "node:fs";

const here = (name) => readFileSync(new URL(name, import.meta.url), "utf8");
const swagger = (name) => here(`../node_modules/swagger-ui-dist/${name}`);

// Inside a script element, these two would end it or change how it is read; `\` means nothing before `/` and `!` in
// strings and regular expressions, which is where they are.
const inScript = (text) => text.replaceAll("</script", "<\\/script").replaceAll("<!--", "<\\!--");

const { version } = JSON.parse(swagger("package.json"));
const parts = {
  // A comment can't hold `--`, and the licence's text has none but in rules of dashes.
  notices: [
    `swagger-ui-dist ${version}`,
    swagger("NOTICE"),
    "What it brings along:",
    swagger("swagger-ui-bundle.js.LICENSE.txt"),
    "The licence of Swagger UI:",
    swagger("LICENSE"),
  ]
    .join("\n\n")
    .replace(/-{2,}/g, (dashes) => "=".repeat(dashes.length)),
  style: swagger("swagger-ui.css").replace(/\/\*# sourceMappingURL=.*\*\//, "") + here("reference.css"),
  script: inScript(`${swagger("swagger-ui-bundle.js")}\n${here("reference.js")}`),
};

const html = here("index.html").replace(/\{\{(\w+)\}\}/g, (_, part) => parts[part]);
mkdirSync(new URL("../dist/", import.meta.url), { recursive: true });
writeFileSync(new URL("../dist/reference.html", import.meta.url), html);
