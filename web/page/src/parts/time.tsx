const format = new Intl.DateTimeFormat("en", { dateStyle: "medium", timeStyle: "short" });

export function Time({ at }: { at: string }) {
  return <time dateTime={at}>{format.format(new Date(at))}</time>;
}
