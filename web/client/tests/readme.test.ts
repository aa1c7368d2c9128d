/** The examples in README compile as they stand, and run. */

import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import ts from "typescript";
import { expect, inject, onTestFinished, test, vi } from "vitest";

const client = fileURLToPath(new URL("..", import.meta.url));

async function examples(): Promise<string[]> {
  const text = await readFile(join(client, "README.md"), "utf8");
  return Array.from(text.matchAll(/^```ts\n(.*?)^```$/gms), ([, code = ""]) => code);
}

/** What the compiler says about these texts, as files in the client's folder. */
function problems(codes: string[], others: ts.CompilerOptions = {}): string[] {
  const { config } = ts.readConfigFile(join(client, "tsconfig.json"), ts.sys.readFile);
  const options = { ...ts.parseJsonConfigFileContent(config, ts.sys, client).options, ...others };
  const files = new Map(codes.map((code, index) => [join(client, `tests/example-${index}.ts`), code]));
  const host = ts.createCompilerHost(options);
  const { fileExists, getSourceFile } = host;
  host.fileExists = (name) => files.has(name) || fileExists(name);
  host.getSourceFile = (name, ...rest) => {
    const code = files.get(name);
    return code === undefined
      ? getSourceFile(name, ...rest)
      : ts.createSourceFile(name, code, ts.ScriptTarget.ES2022);
  };
  const program = ts.createProgram([...files.keys()], options, host);
  return ts
    .getPreEmitDiagnostics(program)
    .map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, "\n"));
}

// The front end's compiler reads the sources, with its options: here those that Next.js gives to a new project.
test("the client compiles with less strict options", () => {
  const next = {
    strict: false,
    target: ts.ScriptTarget.ES2017,
    lib: ["lib.dom.d.ts", "lib.dom.iterable.d.ts", "lib.esnext.d.ts"],
  };
  expect(problems(['import "../src";'], { ...next, exactOptionalPropertyTypes: false })).toEqual([]);
});

test.sequential("the examples", async () => {
  const module = JSON.stringify(join(client, "tests/books"));
  const codes = (await examples()).map((code) => code.replaceAll('"routelet-client"', module));
  expect(codes.length).toBeGreaterThan(0);
  expect(problems(codes)).toEqual([]);
  const folder = await mkdtemp(join(tmpdir(), "examples-"));
  onTestFinished(() => rm(folder, { recursive: true }));
  const failed = vi.spyOn(console, "error");
  for (const [index, code] of codes.entries()) {
    const file = join(folder, `${index}.ts`);
    await writeFile(file, code.replaceAll("http://localhost:3000", inject("apiUrl")));
    await import(/* @vite-ignore */ pathToFileURL(file).href);
  }
  expect(failed).not.toHaveBeenCalled();
});
