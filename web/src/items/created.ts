/** What to say about a new item. A replayed answer says that an earlier attempt had arrived. */
export function created(name: string, wasReplayed: boolean): string {
  return wasReplayed
    ? `Sent again with the same key: an attempt before had arrived, and it is still one ${name}.`
    : `The ${name} is created.`;
}
