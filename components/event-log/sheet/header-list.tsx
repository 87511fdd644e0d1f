/** HTTP headers, one per line. */
export function HeaderList({ headers }: { headers: Record<string, string> }) {
  const entries = Object.entries(headers);
  if (entries.length === 0) return <p className="text-muted-foreground">None</p>;
  return (
    <ul className="font-mono text-xs leading-5">
      {entries.map(([name, value]) => (
        <li key={name} className="break-all">
          <span className="text-muted-foreground">{name}:</span> {value}
        </li>
      ))}
    </ul>
  );
}
