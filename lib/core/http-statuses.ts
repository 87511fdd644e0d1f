/** Whether a receiver has taken a delivery: any 2xx; `null` is no answer. */
export function isSuccess(httpStatus: number | null): boolean {
  return httpStatus !== null && httpStatus >= 200 && httpStatus < 300;
}
