/** Whether a receiver accepted a delivery: any 2xx. `null` means no answer. */
export function isSuccess(httpStatus: number | null): boolean {
  return httpStatus !== null && httpStatus >= 200 && httpStatus < 300;
}
