"use client";

import { Download } from "lucide-react";
import { Button } from "@/components/ui/button";
import { CopyButton } from "@/components/ui/copy-button";
import {
  Dialog,
  DialogBody,
  DialogContent,
  DialogDescription,
  DialogFooter,
  DialogHeader,
  DialogTitle,
} from "@/components/ui/dialog";

/** Recovery codes, shown once. A click outside does not close them. */
export function RecoveryCodesDialog({ codes, onClose }: { codes: string[]; onClose: () => void }) {
  return (
    <Dialog open onOpenChange={(open) => !open && onClose()}>
      <DialogContent className="sm:max-w-md" onInteractOutside={(event) => event.preventDefault()}>
        <RecoveryCodes codes={codes} onDone={onClose} />
      </DialogContent>
    </Dialog>
  );
}

/** The same within an open dialog. */
export function RecoveryCodes({ codes, onDone }: { codes: string[]; onDone: () => void }) {
  const text = `${codes.join("\n")}\n`;
  const download = () => {
    const url = URL.createObjectURL(new Blob([text], { type: "text/plain" }));
    const link = document.createElement("a");
    link.href = url;
    link.download = "posthorn-recovery-codes.txt";
    link.click();
    URL.revokeObjectURL(url);
  };
  return (
    <>
      <DialogHeader>
        <DialogTitle>Save your recovery codes</DialogTitle>
        <DialogDescription>
          Without your phone, you can sign in with one of these. Each works once. They are not shown again.
        </DialogDescription>
      </DialogHeader>
      <DialogBody className="grid gap-3">
        <ul
          aria-label="Recovery codes"
          className="grid grid-cols-2 gap-x-6 gap-y-1 rounded-md border border-border bg-surface px-3 py-2 font-mono text-sm"
        >
          {codes.map((code) => (
            <li key={code}>{code}</li>
          ))}
        </ul>
        <div className="flex flex-wrap gap-2">
          <CopyButton value={text} text="Copy all" />
          <Button variant="outline" size="sm" onClick={download}>
            <Download aria-hidden="true" />
            Download
          </Button>
        </div>
      </DialogBody>
      <DialogFooter>
        <Button onClick={onDone}>I saved them</Button>
      </DialogFooter>
    </>
  );
}
