import { type ReactNode, useState } from "react";

/** Holds the value of a field that is controlled from outside, as a form does; `values` gets each one that it changes to. */
export function Controlled<Value>({
  initial,
  values,
  children,
}: {
  initial: Value;
  values: Value[];
  children: (value: Value, onChange: (value: Value) => void) => ReactNode;
}) {
  const [value, setValue] = useState(initial);
  return children(value, (next) => {
    values.push(next);
    setValue(next);
  });
}
