/** Which paths of the document take a parameter. */

import type { paths } from "./schema";

/** The paths whose method takes a parameter of this name: `"Idempotency-Key"` in the `header` of `post`. */
export type PathTaking<Method extends string, Place extends string, Name extends string> = {
  [Path in keyof paths]: paths[Path] extends Record<Method, { parameters: { [At in Place]?: infer Taken } }>
    ? [NonNullable<Taken>] extends [never]
      ? never
      : Name extends keyof NonNullable<Taken>
        ? Path
        : never
    : never;
}[keyof paths];
