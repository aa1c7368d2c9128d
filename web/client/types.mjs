// Makes what the client knows of the API from openapi.yaml, and the same for the API that its tests run on.
//
//   npm run types              writes both files
//   npm run types -- --check   fails if one of them is not as it would be written
import { readFileSync, writeFileSync } from "node:fs";
import openapiTS, { astToString } from "openapi-typescript";
import { parse } from "yaml";

const schemas = [
  ["openapi.yaml", "web/client/src/schema.ts"],
  ["routelet/tests/openapi.yaml", "web/client/tests/schema.ts"],
];

const root = new URL("../../", import.meta.url);
const read = (file) => readFileSync(new URL(file, root), "utf8");

async function schemaOf(file) {
  const document = parse(read(file));
  return `/** Made from ${file} by \`npm run types\`. */

${astToString(await openapiTS(document))}
/** The paths whose \`POST\` takes an \`Idempotency-Key\`: types are gone at run time. */
export const keyedPaths: readonly string[] = ${JSON.stringify(keyedPaths(document), null, 4)};
`;
}

function keyedPaths(document) {
  const isKey = ({ name, in: place }) => place === "header" && name.toLowerCase() === "idempotency-key";
  const parameters = ({ post, parameters = [] }) => (post ? [...parameters, ...(post.parameters ?? [])] : []);
  return Object.keys(document.paths).filter((path) =>
    parameters(document.paths[path]).some((parameter) => isKey(resolved(document, parameter))),
  );
}

/** What `$ref` names, which is in the same document. */
function resolved(document, { $ref, ...inline }) {
  return $ref ? $ref.split("/").slice(1).reduce((place, key) => place[key], document) : inline;
}

for (const [document, file] of schemas) {
  const schema = await schemaOf(document);
  if (!process.argv.includes("--check")) {
    writeFileSync(new URL(file, root), schema);
  } else if (schema !== read(file)) {
    console.error(`${file} is not what ${document} says: npm run types`);
    process.exitCode = 1;
  }
}
