/** Where a request about an account comes from. */
export type Source = {
  /** See `clientNetwork`. */
  network: string;
  userAgent: string | null;
};
