import type { Failure } from "../failure";
import type { TextField, Values } from "../items/resource";
import { Field } from "./field";

/** The fields of an item, each with what the API says about it. */
export function Fields({
  fields,
  values,
  onChange,
  failure,
}: {
  fields: readonly TextField[];
  values: Values;
  onChange: (values: Values) => void;
  failure: Failure | undefined;
}) {
  return fields.map(({ name, label, isLong, isOptional }) => (
    <Field
      key={name}
      label={label}
      placeholder={isOptional ? `${label} (optional)` : label}
      isLong={isLong}
      isRequired={!isOptional}
      value={values[name] ?? ""}
      onChange={(value) => onChange({ ...values, [name]: value })}
      issue={failure?.fields[name]}
    />
  ));
}
