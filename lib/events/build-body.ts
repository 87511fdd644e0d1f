import { stringify } from "lossless-json";
import { toPublicId } from "../ids";

/** The body that goes out, byte for byte. Numbers of the data keep every digit. */
export function buildBody(event: { id: string; type: string; timestamp: Date; data: unknown }): string {
  const { id, type, timestamp, data } = event;
  return `{"id":"${toPublicId("event", id)}","type":${JSON.stringify(type)},"timestamp":"${timestamp.toISOString()}","data":${stringify(data)}}`;
}
