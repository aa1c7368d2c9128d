import { Link, usePlace, type Path } from "../route";
import { TokenButton } from "../token/token-dialog";

export function Header() {
  return (
    <header className="top">
      <Link href="/" className="brand" aria-current={useCurrent("/")}>
        <svg viewBox="0 0 16 16" aria-hidden="true">
          <path d="M3 13V6a3 3 0 0 1 6 0v4a3 3 0 0 0 4 2" />
        </svg>
        <span>Routelet</span>
      </Link>
      <nav aria-label="Main">
        <Link href="/posts" aria-current={useCurrent("/posts")}>
          Posts
        </Link>
        <Link href="/tasks" aria-current={useCurrent("/tasks")}>
          Tasks
        </Link>
        <a href="/api/docs">Reference</a>
      </nav>
      <TokenButton />
    </header>
  );
}

function useCurrent(path: Path): "page" | undefined {
  return usePlace().path === path ? "page" : undefined;
}
