/** How long to wait before a repeat. */

const SHORTEST_MS = 200;
const LONGEST_MS = 30_000;

/**
 * The milliseconds until the next attempt: what `Retry-After` says, in seconds or as a date (RFC 9110, section
 * 10.2.3), or else a random time that may be twice as long after each attempt, so that many clients do not come back
 * at once. Undefined if the API asks for more than half a minute: nobody waits that long for a call.
 */
export function waitBefore(attempt: number, retryAfter: string | null, now = Date.now()): number | undefined {
  const asked = retryAfter === null ? undefined : milliseconds(retryAfter, now);
  if (asked === undefined) {
    return Math.random() * Math.min(SHORTEST_MS * 2 ** attempt, LONGEST_MS);
  }
  return asked <= LONGEST_MS ? asked : undefined;
}

function milliseconds(retryAfter: string, now: number): number | undefined {
  if (/^\d+$/.test(retryAfter)) {
    return Number(retryAfter) * 1000;
  }
  const date = Date.parse(retryAfter);
  return Number.isNaN(date) ? undefined : Math.max(0, date - now);
}

/** Waits, but no longer than the signal lets it: then it throws the signal's reason. */
export function wait(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    signal.throwIfAborted();
    const abort = () => {
      clearTimeout(timer);
      reject(signal.reason);
    };
    const timer = setTimeout(() => {
      signal.removeEventListener("abort", abort);
      resolve();
    }, ms);
    signal.addEventListener("abort", abort, { once: true });
  });
}
