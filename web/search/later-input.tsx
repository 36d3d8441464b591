import { useEffect, useState } from "react";

interface LaterInputProps {
  readonly id: string;
  readonly value: string;
  readonly onValue: (value: string) => void;
}

/** A text field that tells its value when it is left, or on Enter. */
export function LaterInput({ id, value, onValue }: LaterInputProps) {
  const [typed, setTyped] = useState(value);
  useEffect(() => setTyped(value), [value]);
  const tell = () => {
    if (typed !== value) onValue(typed);
  };
  return (
    <input
      id={id}
      type="text"
      value={typed}
      onChange={(event) => setTyped(event.target.value)}
      onBlur={tell}
      onKeyDown={(event) => event.key === "Enter" && tell()}
    />
  );
}
