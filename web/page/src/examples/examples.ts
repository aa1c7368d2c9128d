/** The requests to try, in this order: an import and a line each. */

import type { ComponentType } from "react";
import { Authorization, Token } from "./auth";
import { Echo } from "./echo";
import { Form } from "./form";
import { Hello } from "./hello";
import { Search } from "./search";

// biome-ignore format: one can go without the others
export const examples: readonly ComponentType[] = [
  Hello,
  Token,
  Authorization,
  Search,
  Form,
  Echo,
];
