import type { Outcome } from "../failure";
import { read } from "../items/resource";
import { tasks, type Task } from "./tasks";

/**
 * Marks a task as done or not. A PATCH leaves the rest as it is, so nobody has to be asked after a 412: whoever has
 * renamed the task meanwhile keeps the name, and the mark is made on the version that is there now.
 */
export async function complete(id: number, completed: boolean): Promise<Outcome<Task>> {
  const first = await tasks.change(id, { completed });
  if (first.failure?.kind !== "changed" && first.failure?.kind !== "unknown") {
    return first;
  }
  const now = await read(tasks, id);
  if (now.failure) {
    return now.failure.kind === "gone" ? now : first;
  }
  const { item, etag } = now.data;
  return item.completed === completed
    ? { data: item, response: now.response }
    : tasks.change(id, { completed }, etag);
}
