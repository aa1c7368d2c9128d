import { CreateForm } from "../items/create-form";
import { created } from "../items/created";
import { ItemList } from "../items/item-list";
import { useItems } from "../items/use-items";
import { notify } from "../parts/notice";
import { Once } from "./once";
import { TaskText } from "./task-text";
import { tasks, type Task } from "./tasks";
import "./tasks.css";

export const about = "to add, complete, edit and delete";

export const examples = [Once];

export function Screen() {
  const list = useItems(tasks.list);

  function add(task: Task, wasReplayed: boolean) {
    list.put(task);
    notify(created("task", wasReplayed));
  }

  return (
    <>
      <h1 tabIndex={-1}>Tasks</h1>
      <CreateForm resource={tasks} label="Add Task" onCreated={add} />
      <ItemList resource={tasks} list={list} label="Tasks" empty="No tasks yet. Add the first one above.">
        {(task, onGone) => <TaskText task={task} onChange={list.put} onGone={onGone} />}
      </ItemList>
    </>
  );
}
