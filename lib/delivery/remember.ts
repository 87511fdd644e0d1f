/**
 * Keeps what was made of two texts: the deliveries of one endpoint share their secrets and their URL. The second text
 * holds no space. Once it holds `max`, it begins anew.
 */
export function remember<T, Context extends string>(
  max: number,
  make: (text: string, context: Context) => T,
): (text: string, context: Context) => T {
  const made = new Map<string, T>();
  return (text, context) => {
    const key = `${context} ${text}`;
    const known = made.get(key);
    if (known !== undefined) return known;
    const fresh = make(text, context);
    if (made.size >= max) made.clear();
    made.set(key, fresh);
    return fresh;
  };
}
