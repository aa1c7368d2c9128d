/** A list of the API, page by page. */

import { useCallback, useEffect, useRef, useState } from "react";
import { nextPage, type PageQuery } from "routelet-client";

import type { Failure } from "../failure";
import type { Item, Resource } from "./resource";

interface State<It> {
  items: readonly It[];
  isLoading: boolean;
  /** Why the page that was asked for last is not here. */
  failure: Failure | undefined;
  /** The query of the page that is to be loaded next; undefined after the last. */
  next: PageQuery | undefined;
}

export interface Items<It> extends State<It> {
  /** Loads the next page, or again the one that failed. */
  load: () => void;
  /** Adds the item, or puts it in the place of its older version. */
  put: (item: It) => void;
  drop: (id: number) => void;
}

const FIRST: PageQuery = { limit: 20 };

/** The items of a list. It begins again with another function. */
export function useItems<It extends Item>(list: Resource<It>["list"]): Items<It> {
  const [state, setState] = useState<State<It>>(begin);

  // Ends with the list: an answer for the one before must not get into this one.
  const leaving = useRef(new AbortController());

  const fetchPage = useCallback(
    async (query: PageQuery) => {
      const { signal } = leaving.current;
      setState((state) => ({ ...state, isLoading: true }));
      const { data, response, failure } = await list(query, signal);
      if (signal.aborted) {
        return;
      }
      setState((state) =>
        failure
          ? { ...state, isLoading: false, failure }
          : { items: merge(state.items, data), isLoading: false, failure, next: nextPage(response) },
      );
    },
    [list],
  );

  useEffect(() => {
    leaving.current = new AbortController();
    setState(begin());
    fetchPage(FIRST);
    return () => leaving.current.abort();
  }, [fetchPage]);

  const { next, failure, isLoading } = state;
  const load = useCallback(() => {
    if (next && !isLoading) {
      fetchPage(next);
    }
  }, [fetchPage, next, isLoading]);

  useEffect(() => {
    if (failure) {
      addEventListener("online", load);
      return () => removeEventListener("online", load);
    }
    return undefined;
  }, [failure, load]);

  const change = (items: (items: readonly It[]) => readonly It[]) =>
    setState((state) => ({ ...state, items: items(state.items) }));
  return {
    ...state,
    load,
    put: (item) => change((items) => merge(items, [item])),
    drop: (id) => change((items) => items.filter((item) => item.id !== id)),
  };
}

function begin<It>(): State<It> {
  return { items: [], isLoading: true, failure: undefined, next: FIRST };
}

/** In the order of the ids, as the API has them. What was created here may come with a later page, too. */
function merge<It extends Item>(items: readonly It[], more: readonly It[]): It[] {
  const byId = new Map([...items, ...more].map((item) => [item.id, item]));
  return [...byId.values()].sort((a, b) => a.id - b.id);
}
