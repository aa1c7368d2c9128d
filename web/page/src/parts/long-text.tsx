import { useState } from "react";

const SHORT = 400;

/** A text of any length: the API takes contents of 256 KiB, and nobody scrolls past that. */
export function LongText({ text }: { text: string }) {
  const [isWhole, setWhole] = useState(false);
  const characters = Array.from(text.slice(0, 2 * SHORT));
  const isLong = characters.length > SHORT;
  return (
    <div className="text">
      <p>{isLong && !isWhole ? `${characters.slice(0, SHORT).join("")}…` : text}</p>
      {isLong && (
        <button type="button" className="plain" aria-expanded={isWhole} onClick={() => setWhole(!isWhole)}>
          {isWhole ? "Show less" : "Show all of it"}
        </button>
      )}
    </div>
  );
}
