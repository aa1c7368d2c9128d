/** The examples in both READMEs compile as they stand, and run. */

import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import ts from "typescript";
import { expect, inject, onTestFinished, test, vi } from "vitest";

const client = fileURLToPath(new URL("..", import.meta.url));

async function examples(readme: string): Promise<string[]> {
  const text = await readFile(join(client, readme), "utf8");
  return Array.from(text.matchAll(/^```ts\n(.*?)^```$/gms), ([, code = ""]) => code);
}

/** What the compiler says about this code, as a file in the client's folder. */
function problems(code: string, others: ts.CompilerOptions = {}): string[] {
  const { config } = ts.readConfigFile(join(client, "tsconfig.json"), ts.sys.readFile);
  const options = { ...ts.parseJsonConfigFileContent(config, ts.sys, client).options, ...others };
  const host = ts.createCompilerHost(options);
  const file = join(client, "tests/example.ts");
  const { fileExists, getSourceFile } = host;
  host.fileExists = (name) => name === file || fileExists(name);
  host.getSourceFile = (name, ...rest) =>
    name === file ? ts.createSourceFile(name, code, ts.ScriptTarget.ES2022) : getSourceFile(name, ...rest);
  const program = ts.createProgram([file], options, host);
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
  expect(problems('import "../src";', { ...next, exactOptionalPropertyTypes: false })).toEqual([]);
});

test.sequential.each(["README.md", "../../README.md"])("%s", async (readme) => {
  const codes = await examples(readme);
  expect(codes.length).toBeGreaterThan(0);
  const folder = await mkdtemp(join(tmpdir(), "examples-"));
  onTestFinished(() => rm(folder, { recursive: true }));
  const failed = vi.spyOn(console, "error");
  for (const [index, code] of codes.entries()) {
    expect(problems(code), code).toEqual([]);
    const file = join(folder, `${index}.ts`);
    const there = code
      .replaceAll('"routelet-client"', JSON.stringify(join(client, "src/index")))
      .replaceAll("http://localhost:3000", inject("apiUrl"));
    await writeFile(file, there);
    await import(/* @vite-ignore */ pathToFileURL(file).href);
  }
  expect(failed).not.toHaveBeenCalled();
});
