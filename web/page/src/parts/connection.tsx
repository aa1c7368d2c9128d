/** What stands between the page and the API: no network, or a call that is sent again. */

import { useEffect, useState, useSyncExternalStore } from "react";

import { waiting, type Waiting } from "../api";
import { useStore } from "../store";

export function Connection() {
  const isOnline = useSyncExternalStore(onLineChange, () => navigator.onLine);
  const calls = useStore(waiting);
  return (
    <>
      {!isOnline && (
        <p className="bar warn">You are offline. What you write stays here; send it when you are back.</p>
      )}
      {calls.slice(-1).map((call) => (
        <Repeat key={call.attempt} call={call} />
      ))}
    </>
  );
}

function Repeat({ call: { reason, request, waitMs, until } }: { call: Waiting }) {
  const what = reason === "lost" ? "No answer" : "Temporarily unavailable";
  const isCreate = request.headers.has("idempotency-key");
  const total = Math.ceil(waitMs / 1000);
  const left = Math.min(useSecondsUntil(until), total);
  return (
    <p className="bar warn">
      {/* The time that is left is for the eye: read out each second, it would drown everything else. */}
      <span aria-hidden="true">
        {what}, {left > 0 ? `trying again in ${left} s` : "trying again now"}.
      </span>
      <span className="unseen">
        {what}, trying again in {total} s.
      </span>
      {isCreate && " It has the same key, so only one is made."}
    </p>
  );
}

function useSecondsUntil(until: number): number {
  const secondsLeft = () => Math.max(0, Math.ceil((until - Date.now()) / 1000));
  const [left, setLeft] = useState(secondsLeft);
  useEffect(() => {
    const timer = setInterval(() => setLeft(secondsLeft()), 250);
    return () => clearInterval(timer);
  });
  return left;
}

function onLineChange(onChange: () => void): () => void {
  addEventListener("online", onChange);
  addEventListener("offline", onChange);
  return () => {
    removeEventListener("online", onChange);
    removeEventListener("offline", onChange);
  };
}
