import { createHmac, randomUUID, timingSafeEqual } from "node:crypto";
import { asObject, asString, type JsonObject } from "./json";

export { asObject, asString, type JsonObject };

/**
 * The Jupyter wire protocol, as both ends of this project speak it: the kernel (`tools/kernel`) and the
 * notebook runner (`tools/kernel/protocol/client.ts`). A message is a list of ZeroMQ frames:
 *
 *     [identity ...] "<IDS|MSG>" signature header parent_header metadata content [buffers ...]
 *
 * Source: https://jupyter-client.readthedocs.io/en/stable/messaging.html, protocol 5.3.
 */

export const PROTOCOL_VERSION = "5.3";

const DELIMITER = Buffer.from("<IDS|MSG>");

/** The header of a message; a parent header is `{}` where there is no parent. */
export interface Header {
  msg_id: string;
  msg_type: string;
  session: string;
  username: string;
  date: string;
  version: string;
}

export interface Message {
  /** Routing frames of a ROUTER socket, or the topic of a published message. */
  identities: Buffer[];
  header: Header;
  parent: Partial<Header>;
  metadata: JsonObject;
  content: JsonObject;
}

/** What a client writes for a kernel to read: ports, address and the key that signs each message. */
export interface ConnectionInfo {
  transport: "tcp";
  ip: string;
  shell_port: number;
  iopub_port: number;
  stdin_port: number;
  control_port: number;
  hb_port: number;
  key: string;
  signature_scheme: "hmac-sha256";
  kernel_name?: string;
}

/** A header of the given type, unique in the session. */
export function newHeader(type: string, session: string): Header {
  return {
    msg_id: randomUUID(),
    msg_type: type,
    session,
    username: "hrd",
    date: new Date().toISOString(),
    version: PROTOCOL_VERSION,
  };
}

function sign(key: string, parts: readonly Buffer[]): string {
  if (key === "") return "";
  const hmac = createHmac("sha256", key);
  for (const part of parts) hmac.update(part);
  return hmac.digest("hex");
}

/** The frames of a message, signed with the connection's key. */
export function encode(message: Message, key: string): Buffer[] {
  const parts = [message.header, message.parent, message.metadata, message.content].map((part) =>
    Buffer.from(JSON.stringify(part)),
  );
  return [...message.identities, DELIMITER, Buffer.from(sign(key, parts)), ...parts];
}

/**
 * The message that the frames hold.
 *
 * @throws Error when the delimiter is missing, a part is missing, or the signature is not that of the key:
 *   anybody on this machine can connect to the ports, only who has the connection file can sign.
 */
export function decode(frames: readonly Buffer[], key: string): Message {
  const at = frames.findIndex((frame) => frame.equals(DELIMITER));
  if (at < 0) throw new Error(`Jupyter message of ${frames.length} frames has no <IDS|MSG> delimiter`);
  const parts = frames.slice(at + 2, at + 6);
  if (parts.length < 4) throw new Error(`Jupyter message has ${parts.length} parts after the signature, 4 are needed`);
  const given = Buffer.from(frames[at + 1]?.toString() ?? "");
  const expected = Buffer.from(sign(key, parts));
  if (given.length !== expected.length || !timingSafeEqual(given, expected)) {
    throw new Error("Jupyter message is not signed with this connection's key");
  }
  const [header, parent, metadata, content] = parts.map((part) => asObject(JSON.parse(part.toString())));
  return {
    identities: frames.slice(0, at),
    header: toHeader(header ?? {}),
    parent: parent ?? {},
    metadata: metadata ?? {},
    content: content ?? {},
  };
}

function toHeader(part: JsonObject): Header {
  return {
    msg_id: asString(part.msg_id),
    msg_type: asString(part.msg_type),
    session: asString(part.session),
    username: asString(part.username),
    date: asString(part.date),
    version: asString(part.version, PROTOCOL_VERSION),
  };
}
