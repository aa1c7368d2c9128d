import { useEffect, useRef, type ReactNode } from "react";
import { flushSync } from "react-dom";

import { FailureText } from "../parts/failure-text";
import { Row, rowId } from "./row";
import { Skeleton } from "./skeleton";
import type { Item, Resource } from "./resource";
import type { Items } from "./use-items";

/** The pages of a list that are loaded so far, and the way to the next. */
export function ItemList<It extends Item>({
  resource,
  list,
  label,
  empty,
  children,
}: {
  resource: Resource<It>;
  list: Items<It>;
  label: string;
  /** What to say if there is nothing. */
  empty: string;
  /** What one item shows. */
  children: (item: It, onGone: () => void) => ReactNode;
}) {
  const { items, isLoading, failure, next, load, put, drop } = list;
  const seen = useRef<Set<number>>(undefined);

  // Whoever loads more goes on with the first item that is new.
  useEffect(() => {
    const first = seen.current && items.find(({ id }) => !seen.current?.has(id));
    if (first) {
      seen.current = undefined;
      document.getElementById(rowId(resource, first))?.focus();
    }
  }, [resource, items]);

  function loadMore() {
    seen.current = new Set(items.map(({ id }) => id));
    load();
  }

  /** The focus must not get lost with the item that had it. */
  function dropAndFocus({ id }: It) {
    const index = items.findIndex((item) => item.id === id);
    const neighbour = items[index + 1] ?? items[index - 1];
    flushSync(() => drop(id));
    const row = neighbour && document.getElementById(rowId(resource, neighbour));
    (row ?? document.querySelector("h1"))?.focus();
  }

  const isFirst = items.length === 0;
  return (
    <>
      {isLoading && isFirst && <Skeleton />}
      <ul className="items" aria-label={label} aria-busy={isLoading}>
        {items.map((item) => (
          <Row key={item.id} resource={resource} item={item} onChange={put} onGone={() => dropAndFocus(item)}>
            {(gone) => children(item, gone)}
          </Row>
        ))}
      </ul>
      <FailureText failure={failure} />
      {failure && (
        <button type="button" aria-disabled={isLoading} onClick={load}>
          Try again
        </button>
      )}
      {!failure && next && !(isLoading && isFirst) && (
        <button type="button" aria-disabled={isLoading} onClick={loadMore}>
          {isLoading ? "Loading..." : "Load more"}
        </button>
      )}
      {!failure && !next && isFirst && <p className="empty">{empty}</p>}
    </>
  );
}
