/**
 * The body of requests: `{"id","type","timestamp","data"}` as JSON. It is written once, when an event is accepted,
 * and sent byte for byte.
 */
export const envelope = {
  contentType: "application/json",
  /**
   * @param event.id as shown by the API
   * @param event.data JSON text written by the lossless parser, so that numbers keep every digit
   */
  write({ id, type, timestamp, data }: { id: string; type: string; timestamp: Date; data: string }): string {
    return `{"id":"${id}","type":${JSON.stringify(type)},"timestamp":"${timestamp.toISOString()}","data":${data}}`;
  },
};
