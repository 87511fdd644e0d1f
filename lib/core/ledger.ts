/** What a check raises: the ledger and the tables disagree; a delivery has been due for too long. */
export const ledgerAlarmKinds = ["gap", "late"] as const;
export type LedgerAlarmKind = (typeof ledgerAlarmKinds)[number];

/** Deliveries of an hour, by what became of them; `pending` holds the held ones too. */
export type LedgerSums = {
  accepted: number;
  pending: number;
  succeeded: number;
  failed: number;
  discarded: number;
};

/** A delivery due for longer, of an enabled endpoint that is sent nothing else, is late. */
export const lateAfterSeconds = 60;
/** Between two comparisons with the tables. */
export const compareEveryMinutes = 5;
/** All that is retained is compared once in that time. */
export const compareAllHours = 24;

/** From when on deliveries are counted if all that is retained is. */
export const completeSince = new Date(0);
