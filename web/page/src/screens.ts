/** The screens beside the start. Each folder here with a `screen.tsx` is one; its name is the path. */

import type { ComponentType } from "react";

import { linkTo, type ScreenLink } from "./link";

/** What a `screen.tsx` exports. */
interface ScreenFile {
  Screen: ComponentType;
  /** What can be done there: "to write, edit and delete". */
  about: string;
  /** Its requests to try, for the start. */
  examples?: readonly ComponentType[];
}

const files = import.meta.glob<ScreenFile>("./*/screen.tsx", { eager: true });

export const screens: readonly (ScreenLink & ScreenFile)[] = Object.entries(files).map(([path, file]) => ({
  ...linkTo(path.split("/")[1] ?? ""),
  ...file,
}));
