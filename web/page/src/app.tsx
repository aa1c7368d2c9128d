import { useEffect, useRef } from "react";

import { StartScreen } from "./examples/start-screen";
import { Connection } from "./parts/connection";
import { Header } from "./parts/header";
import { Notice } from "./parts/notice";
import { usePlace } from "./route";
import { screens } from "./screens";
import { TokenDialog } from "./token/token-dialog";
import { Wire } from "./wire/wire";

export function App() {
  const { path } = usePlace();
  const screen = screens.find((screen) => screen.path === path);
  const Screen = screen?.Screen ?? StartScreen;
  useNewScreen(path);
  return (
    <>
      <title>{screen ? `${screen.name} · Routelet` : "Routelet"}</title>
      <Header />
      <div className="sheet">
        <main>
          <Screen />
        </main>
        <Wire />
      </div>
      <div className="bars" role="status">
        <Connection />
        <Notice />
      </div>
      <TokenDialog />
    </>
  );
}

/** A new screen takes the focus to its heading, as a new page would begin at its top. */
function useNewScreen(path: string) {
  const shown = useRef(path);
  useEffect(() => {
    if (shown.current !== path) {
      shown.current = path;
      document.querySelector("h1")?.focus();
    }
  }, [path]);
}
