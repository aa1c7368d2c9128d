/** Where the page is. The API serves it at the path of each screen. */

import type { AnchorHTMLAttributes, MouseEvent } from "react";

import { createStore, useStore } from "./store";

interface Place {
  path: string;
  query: URLSearchParams;
}

const place = createStore(read());

addEventListener("popstate", () => place.set(read()));

function read(): Place {
  return {
    path: location.pathname,
    query: new URLSearchParams(location.search),
  };
}

export function usePlace(): Place {
  return useStore(place);
}

/** Opens a screen, as a link would. */
export function go(to: string): void {
  history.pushState(null, "", to);
  place.set(read());
}

/** A link to another screen, which needs no new page. What opens a tab or saves stays the browser's own. */
export function Link({ href, ...rest }: { href: string } & AnchorHTMLAttributes<HTMLAnchorElement>) {
  const open = (event: MouseEvent) => {
    if (event.button === 0 && !event.metaKey && !event.ctrlKey && !event.shiftKey && !event.altKey) {
      event.preventDefault();
      go(href);
      scrollTo(0, 0);
    }
  };
  return <a href={href} onClick={open} {...rest} />;
}
