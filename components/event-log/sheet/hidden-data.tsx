/** Replaces data that the workspace hides from its viewers. */
export function HiddenData() {
  return (
    <p className="text-muted-foreground">
      This workspace doesn't show the data of events to viewers. An owner can change that.
    </p>
  );
}
