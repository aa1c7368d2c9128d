import { useId, useState } from "react";

import type { Failure } from "../failure";
import { FailureText } from "../parts/failure-text";
import { LongText } from "../parts/long-text";
import { Time } from "../parts/time";
import { complete } from "./complete";
import type { Task } from "./tasks";

/** A task, which is done or not with one click. */
export function TaskText({
  task,
  onChange,
  onGone,
}: {
  task: Task;
  onChange: (task: Task) => void;
  onGone: () => void;
}) {
  const id = useId();
  // Shown before the API has said so, for it is easily taken back.
  const [wanted, setWanted] = useState<boolean>();
  const [failure, setFailure] = useState<Failure>();

  async function toggle(completed: boolean) {
    if (wanted !== undefined) {
      return;
    }
    setWanted(completed);
    const { data, failure } = await complete(task.id, completed);
    if (data) {
      onChange(data);
    }
    if (failure?.kind === "gone") {
      onGone();
      return;
    }
    setFailure(failure);
    setWanted(undefined);
  }

  return (
    <>
      <div className={task.completed ? "task done" : "task"}>
        <input
          type="checkbox"
          id={id}
          checked={wanted ?? task.completed}
          onChange={(event) => toggle(event.target.checked)}
        />
        <label htmlFor={id}>{task.title}</label>
        <Time at={task.createdAt} />
      </div>
      {task.description !== null && <LongText text={task.description} />}
      <FailureText failure={failure} />
    </>
  );
}
