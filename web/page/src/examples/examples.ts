/** The requests to try, in this order: an import and a line each. */

import { Authorization } from "./auth";
import { Echo } from "./echo";
import { Form } from "./form";
import { Hello } from "./hello";
import { Search } from "./search";
import { Token } from "./token";

// biome-ignore format: one can go without the others
export const examples = [
  Hello,
  Token,
  Authorization,
  Search,
  Form,
  Echo,
];
