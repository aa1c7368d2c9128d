import { Link } from "../route";
import { screens } from "../screens";
import { examples } from "./examples";

export function StartScreen() {
  const requests = [...examples, ...screens.flatMap(({ examples = [] }) => examples)];
  return (
    <>
      <h1 tabIndex={-1}>An API to try</h1>
      <p className="lead">
        Each route is one Lambda function, written in Rust. This page calls them, and lists every request that
        it makes.
      </p>
      <ul className="doors">
        {screens.map(({ path, name, about }) => (
          <li key={path}>
            <Link href={path}>{name}</Link>
            {` ${about}`}
          </li>
        ))}
        <li>
          <a href="/api/docs">Reference</a> of every route, to read and to try
        </li>
      </ul>
      {requests.length > 0 && (
        <>
          <h2>Requests to try</h2>
          <div className="examples">
            {requests.map((Request) => (
              <Request key={Request.name} />
            ))}
          </div>
        </>
      )}
    </>
  );
}
