import { Link, usePlace } from "../route";
import { screens } from "../screens";
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
        {screens.map(({ path, name }) => (
          <ScreenLink key={path} path={path} name={name} />
        ))}
        <a href="/api/docs">Reference</a>
      </nav>
      <TokenButton />
    </header>
  );
}

function ScreenLink({ path, name }: { path: string; name: string }) {
  return (
    <Link href={path} aria-current={useCurrent(path)}>
      {name}
    </Link>
  );
}

function useCurrent(path: string): "page" | undefined {
  return usePlace().path === path ? "page" : undefined;
}
