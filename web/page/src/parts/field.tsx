import { useId } from "react";

interface FieldProps {
  label: string;
  value: string;
  onChange: (value: string) => void;
  /** What stands in it while it is empty; its label if nothing else is given. */
  placeholder?: string;
  /** What is wrong with it. */
  issue?: string | undefined;
  /** What to know before writing. */
  hint?: string;
  isLong?: boolean | undefined;
  isRequired?: boolean;
  isSecret?: boolean;
}

/** A text field. Its label stands above what is written; before that, its placeholder says the same. */
export function Field({
  label,
  value,
  onChange,
  issue,
  hint,
  isLong,
  isRequired,
  isSecret,
  placeholder,
}: FieldProps) {
  const id = useId();
  const notes = [issue && `${id}-issue`, hint && `${id}-hint`].filter(Boolean).join(" ");
  const shared = {
    id,
    value,
    placeholder: placeholder ?? label,
    autoComplete: "off",
    "aria-required": isRequired,
    "aria-invalid": issue !== undefined,
    "aria-describedby": notes || undefined,
  };
  return (
    <div className="field">
      {isLong ? (
        <textarea {...shared} rows={3} onChange={(event) => onChange(event.target.value)} />
      ) : (
        <input
          {...shared}
          type={isSecret ? "password" : "text"}
          onChange={(event) => onChange(event.target.value)}
        />
      )}
      <label htmlFor={id}>{label}</label>
      {issue !== undefined && (
        <p className="issue" id={`${id}-issue`}>
          {issue}
        </p>
      )}
      {hint !== undefined && (
        <p className="hint" id={`${id}-hint`}>
          {hint}
        </p>
      )}
    </div>
  );
}
