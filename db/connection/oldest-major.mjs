/** The oldest PostgreSQL that Posthorn runs on, and is tested with. */
export const oldestMajor = 15;
