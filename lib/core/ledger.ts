/** What a check reports: the ledger and the tables differ, or a delivery has been due for too long. */
export const ledgerAlarmKinds = ["gap", "late"] as const;
export type LedgerAlarmKind = (typeof ledgerAlarmKinds)[number];

/** Deliveries of an hour by outcome; `pending` includes held ones. */
export type LedgerSums = {
  accepted: number;
  pending: number;
  succeeded: number;
  failed: number;
  discarded: number;
};

/** A delivery is late if it has been due for longer and its enabled endpoint is sent nothing else. */
export const lateAfterSeconds = 60;
/** Between two comparisons with the tables. */
export const compareEveryMinutes = 5;
/** Within this time all retained data is compared once. */
export const compareAllHours = 24;

/** The start of counting if all retained deliveries are counted. */
export const completeSince = new Date(0);
