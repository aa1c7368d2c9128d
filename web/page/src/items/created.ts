/** What to say about a new item. A replayed answer means that an attempt before had arrived. */
export function created(name: string, wasReplayed: boolean): string {
  return wasReplayed
    ? `One ${name}: the first attempt had arrived, and the second had the same key.`
    : `The ${name} is created.`;
}
