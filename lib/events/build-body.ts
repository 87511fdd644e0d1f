import { toPublicId } from "../core/ids";

/**
 * The body that goes out, byte for byte.
 *
 * @param event `data`: JSON text, as the lossless parser writes it, so that numbers keep every digit
 */
export function buildBody(event: { id: string; type: string; timestamp: Date; data: string }): string {
  const { id, type, timestamp, data } = event;
  return `{"id":"${toPublicId("event", id)}","type":${JSON.stringify(type)},"timestamp":"${timestamp.toISOString()}","data":${data}}`;
}
