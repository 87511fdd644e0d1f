/**
 * Opens ciphertexts and keeps what it opened: the deliveries of one endpoint share their secrets. Once it holds
 * `max`, it begins anew.
 */
export function remember<T>(
  max: number,
  open: (ciphertext: string, context: string) => T,
): (ciphertext: string, context: string) => T {
  const opened = new Map<string, T>();
  return (ciphertext, context) => {
    const key = `${context} ${ciphertext}`;
    const known = opened.get(key);
    if (known !== undefined) return known;
    const made = open(ciphertext, context);
    if (opened.size >= max) opened.clear();
    opened.set(key, made);
    return made;
  };
}
