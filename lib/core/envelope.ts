/**
 * The form of the bodies that go out: `{"id","type","timestamp","data"}` as JSON. Written once, when an event is accepted,
 * and sent byte for byte.
 */
export const envelope = {
  contentType: "application/json",
  /**
   * @param event.id as the API shows it
   * @param event.data JSON text, as the lossless parser writes it, so that numbers keep every digit
   */
  write({ id, type, timestamp, data }: { id: string; type: string; timestamp: Date; data: string }): string {
    return `{"id":"${id}","type":${JSON.stringify(type)},"timestamp":"${timestamp.toISOString()}","data":${data}}`;
  },
};
