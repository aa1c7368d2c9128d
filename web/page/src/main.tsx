import { StrictMode } from "react";
import { flushSync } from "react-dom";
import { createRoot } from "react-dom/client";

// What is general comes first, so that a screen can say otherwise.
import "./styles/base.css";
import "./styles/layout.css";
import "./styles/parts.css";

import { App } from "./app";

const root = document.getElementById("root");
if (root) {
  const page = (
    <StrictMode>
      <App />
    </StrictMode>
  );
  // At once, for the browser would paint an empty page before a render that is only scheduled.
  flushSync(() => createRoot(root).render(page));
}
