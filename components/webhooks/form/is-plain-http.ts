import { isLoopbackHost } from "@/lib/core/loopback-host";

/** Whether a URL sends unencrypted over a network: http, and not to this machine. */
export function isPlainHttp(text: string): boolean {
  if (!URL.canParse(text.trim())) return false;
  const { protocol, hostname } = new URL(text.trim());
  return protocol === "http:" && !isLoopbackHost(hostname);
}
