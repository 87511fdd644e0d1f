"use client";

import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Input } from "@/components/ui/input";

/** Adds one status, like 404, to the response filter. */
export function ResponseCodeInput({ onAdd }: { onAdd: (status: string) => void }) {
  const [text, setText] = useState("");
  const valid = /^[1-5]\d\d$/.test(text);
  return (
    <form
      className="mt-1 flex gap-1 border-border border-t p-1 pt-2"
      onSubmit={(event) => {
        event.preventDefault();
        if (!valid) return;
        onAdd(text);
        setText("");
      }}
    >
      <Input
        aria-label="A status code"
        placeholder="A code, like 404"
        inputMode="numeric"
        maxLength={3}
        value={text}
        onChange={(event) => setText(event.target.value.replace(/\D/g, ""))}
        className="h-7"
      />
      <Button type="submit" size="sm" variant="outline" disabled={!valid}>
        Add
      </Button>
    </form>
  );
}
