import { useId, useState, type FormEvent, type ReactNode } from "react";

import type { Answer } from "./answer";

/** One request to try: its fields, a button, and the answer as it came. */
export function Example({
  title,
  route,
  send,
  button = "Send",
  children,
}: {
  title: string;
  route: string;
  send: () => Promise<Answer>;
  button?: string;
  children?: (issues: Answer["issues"]) => ReactNode;
}) {
  const heading = useId();
  const [isSending, setSending] = useState(false);
  const [answer, setAnswer] = useState<Answer | "lost">();

  async function onSubmit(event: FormEvent) {
    event.preventDefault();
    if (isSending) {
      return;
    }
    setSending(true);
    setAnswer(await send().catch(() => "lost" as const));
    setSending(false);
  }

  return (
    <form className="card example" aria-labelledby={heading} onSubmit={onSubmit} noValidate>
      <h3 id={heading}>{title}</h3>
      <p className="route">{route}</p>
      <div className="fields">{children?.(answer && answer !== "lost" ? answer.issues : {})}</div>
      <button type="submit" aria-disabled={isSending}>
        {button}
      </button>
      <output className="answer">
        {answer === "lost" && "No answer from the API. Check your connection, then try again."}
        {answer && answer !== "lost" && (
          <>
            <b className={answer.status < 400 ? undefined : "bad"}>{answer.status}</b> {answer.body}
          </>
        )}
      </output>
    </form>
  );
}
