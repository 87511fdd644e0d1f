/** "1 event", "4,120 events". */
export function countEvents(count: number): string {
  return `${count.toLocaleString("en")} ${count === 1 ? "event" : "events"}`;
}
