/** Explains one error of the API; text between backticks is code. */
export function ErrorExplanation({
  code,
  status,
  title,
  explanation,
}: {
  code: string;
  status: number;
  title: string;
  explanation: string;
}) {
  return (
    <main className="mx-auto grid max-w-xl gap-3 px-4 py-24">
      <h1 className="font-medium text-base">{title}</h1>
      <p className="text-muted-foreground">
        HTTP {status} · <code>{code}</code>
      </p>
      <p>
        {explanation.split("`").map((part, at) =>
          at % 2 === 1 ? (
            <code key={part} className="rounded-sm bg-muted px-1">
              {part}
            </code>
          ) : (
            part
          ),
        )}
      </p>
      <p className="text-muted-foreground">
        The API's response contains a <code>requestId</code>, which is also in the log.
      </p>
    </main>
  );
}
