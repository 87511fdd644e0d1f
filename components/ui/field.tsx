"use client";

import { type ReactNode, useId } from "react";
import { cn } from "./cn";
import { Label } from "./label";

/** Props that connect a control with its label, help and error. Spread them over the control. */
export type FieldControlProps = {
  id: string;
  "aria-describedby": string | undefined;
  "aria-invalid": true | undefined;
};

type FormFieldProps = {
  label: ReactNode;
  /** A sentence below the label. */
  description?: ReactNode;
  /** The error message; also marks the control as invalid. */
  error?: string | undefined;
  /** Says "optional" beside the label. */
  optional?: boolean;
  className?: string;
  children: (control: FieldControlProps) => ReactNode;
};

/** A labelled control: `<FormField label="Name" error={…}>{(control) => <Input {...control} />}</FormField>`. */
export function FormField({ label, description, error, optional, className, children }: FormFieldProps) {
  const id = useId();
  const described = [description && `${id}-description`, error && `${id}-error`].filter(Boolean).join(" ");
  return (
    <div data-slot="field" className={cn("grid grid-cols-1 gap-1.5", className)}>
      <div className="flex items-baseline justify-between gap-2">
        <Label htmlFor={id}>{label}</Label>
        {optional && <span className="text-muted-foreground text-xs">optional</span>}
      </div>
      {description && (
        <p id={`${id}-description`} className="-mt-1 text-muted-foreground text-xs">
          {description}
        </p>
      )}
      {children({
        id,
        "aria-describedby": described || undefined,
        "aria-invalid": error ? true : undefined,
      })}
      <FieldError id={`${id}-error`}>{error}</FieldError>
    </div>
  );
}

/** The error line of a field or of a whole form. Renders nothing without text. */
export function FieldError({
  id,
  className,
  children,
}: {
  id?: string;
  className?: string;
  children?: ReactNode;
}) {
  if (!children) return null;
  return (
    <p id={id} role="alert" className={cn("text-danger text-xs first-letter:uppercase", className)}>
      {children}
    </p>
  );
}
