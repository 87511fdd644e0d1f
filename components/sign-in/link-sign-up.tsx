"use client";

import { useState } from "react";
import { Button } from "@/components/ui/button";
import { FieldError, FormField } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { beginSession } from "./begin-session";

/** Creates the account of the address that a link was sent to, and signs in. */
export function LinkSignUp({ token, email }: { token: string; email: string }) {
  const [name, setName] = useState("");
  const [wrong, setWrong] = useState<string>();
  const [failure, setFailure] = useState<string>();
  const [pending, setPending] = useState(false);
  const create = async () => {
    setFailure(undefined);
    if (name.trim() === "") return setWrong("Enter your name");
    setWrong(undefined);
    setPending(true);
    const outcome = await beginSession("link", { token, name: name.trim() });
    if (outcome.step === "in") return window.location.assign("/");
    setPending(false);
    // The address got an account meanwhile, which requires a code.
    if (outcome.step === "code") window.location.assign("/sign-in?step=code");
    else setFailure(outcome.message);
  };
  return (
    <form
      noValidate
      className="grid gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        if (!pending) void create();
      }}
    >
      <FormField label="Email">
        {(control) => <Input {...control} type="email" autoComplete="username" value={email} readOnly />}
      </FormField>
      <FormField label="Your name" error={wrong}>
        {(control) => (
          <Input
            {...control}
            autoFocus
            autoComplete="name"
            maxLength={100}
            value={name}
            onChange={(event) => setName(event.target.value)}
          />
        )}
      </FormField>
      <FieldError className="rounded-md bg-danger-soft px-2.5 py-2 text-sm">{failure}</FieldError>
      <Button type="submit" pending={pending}>
        {pending ? "Creating…" : "Create account"}
      </Button>
    </form>
  );
}
