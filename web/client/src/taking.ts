/** Which paths of a document take a parameter. */

/** The paths whose method takes a parameter of this name: `"cursor"` in the `query` of `get`. */
export type PathTaking<Paths, Method extends string, Place extends string, Name extends string> = {
  [Path in keyof Paths]: Paths[Path] extends Record<Method, { parameters: { [At in Place]?: infer Taken } }>
    ? [NonNullable<Taken>] extends [never]
      ? never
      : Name extends keyof NonNullable<Taken>
        ? Path
        : never
    : never;
}[keyof Paths];
