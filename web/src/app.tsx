import { useEffect, useRef, type ComponentType } from "react";

import { StartScreen } from "./examples/start-screen";
import { Connection } from "./parts/connection";
import { Header } from "./parts/header";
import { Notice } from "./parts/notice";
import { PostsScreen } from "./posts/posts-screen";
import { usePlace, type Path } from "./route";
import { TasksScreen } from "./tasks/tasks-screen";
import { TokenDialog } from "./token/token-dialog";
import { Wire } from "./wire/wire";

const screens: Record<Path, { title: string; Screen: ComponentType }> = {
  "/": { title: "Routelet", Screen: StartScreen },
  "/posts": { title: "Posts · Routelet", Screen: PostsScreen },
  "/tasks": { title: "Tasks · Routelet", Screen: TasksScreen },
};

export function App() {
  const { path } = usePlace();
  const { title, Screen } = screens[path];
  useNewScreen(path);
  return (
    <>
      <title>{title}</title>
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
function useNewScreen(path: Path) {
  const shown = useRef(path);
  useEffect(() => {
    if (shown.current !== path) {
      shown.current = path;
      document.querySelector("h1")?.focus();
    }
  }, [path]);
}
