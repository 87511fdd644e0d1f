"use client";

import { Eye, EyeOff } from "lucide-react";
import { type ComponentProps, useState } from "react";
import { cn } from "./cn";
import { IconButton } from "./icon-button";
import { Input } from "./input";

/** A password field whose text can be shown. */
export function PasswordInput({ className, ...props }: Omit<ComponentProps<"input">, "type">) {
  const [shown, setShown] = useState(false);
  const Icon = shown ? EyeOff : Eye;
  return (
    <div className="relative">
      <Input type={shown ? "text" : "password"} className={cn("pr-9", className)} {...props} />
      <IconButton
        label="Show password"
        aria-pressed={shown}
        onClick={() => setShown(!shown)}
        className="absolute top-0.5 right-0.5 text-muted-foreground"
      >
        <Icon aria-hidden="true" />
      </IconButton>
    </div>
  );
}
