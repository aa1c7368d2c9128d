import { Link } from "../route";
import { Authorization } from "./auth";
import { Echo } from "./echo";
import { Form } from "./form";
import { Hello } from "./hello";
import { Once } from "./once";
import { Search } from "./search";
import { Token } from "./token";

export function StartScreen() {
  return (
    <>
      <h1 tabIndex={-1}>An API to try</h1>
      <p className="lead">
        Each route is one Lambda function, written in Rust. This page calls them, and lists every request that
        it makes.
      </p>
      <ul className="doors">
        <li>
          <Link href="/posts">Posts</Link> to write, edit, filter and delete
        </li>
        <li>
          <Link href="/tasks">Tasks</Link> to add, complete, edit and delete
        </li>
        <li>
          <a href="/api/docs">Reference</a> of every route, to read and to try
        </li>
      </ul>
      <h2>Requests to try</h2>
      <div className="examples">
        <Hello />
        <Token />
        <Authorization />
        <Search />
        <Form />
        <Echo />
        <Once />
      </div>
    </>
  );
}
