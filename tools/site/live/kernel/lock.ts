import type { FromKernel, ToKernel } from "../protocol";

/**
 * Takes from a worker what code of cells could reach a network, a storage or the page with, and keeps the port to the page
 * for the kernel: what it needs of a port and of messages is taken here, before any cell runs, so that a cell which changes
 * their prototypes finds nothing.
 *
 * The policy of the frame forbids all of this as well; two locks are better than one.
 */
const FORBIDDEN = [
  ..."fetch XMLHttpRequest WebSocket WebSocketStream WebSocketError WebTransport EventSource Request Response".split(
    " ",
  ),
  ..."importScripts indexedDB caches BroadcastChannel SharedWorker Worker Notification PushManager".split(" "),
  ..."RTCPeerConnection RTCDataChannel RTCRtpScriptTransformer navigator close postMessage onmessage".split(" "),
  ..."webkitRequestFileSystem webkitRequestFileSystemSync webkitResolveLocalFileSystemURL cookieStore".split(" "),
  ..."fetchLater crossOriginIsolated location origin name MessageChannel MessagePort ServiceWorkerRegistration".split(
    " ",
  ),
];

export interface Line {
  send(message: FromKernel): void;
  listen(take: (message: ToKernel) => void): void;
}

export function lock(port: MessagePort): Line {
  const post = port.postMessage.bind(port);
  const dataOf = Object.getOwnPropertyDescriptor(MessageEvent.prototype, "data")?.get;
  if (dataOf === undefined) throw new Error("this browser's messages have no data");
  const read = Function.prototype.call.bind(dataOf);
  const seal = Function.prototype.call.bind(Event.prototype.stopImmediatePropagation);
  for (
    let holder: object | null = globalThis;
    holder !== null && holder !== Object.prototype;
    holder = Object.getPrototypeOf(holder)
  )
    for (const name of FORBIDDEN)
      if (Object.hasOwn(holder, name) && !Reflect.deleteProperty(holder, name))
        Reflect.defineProperty(holder, name, { value: undefined, writable: false, configurable: false });
  return {
    send: (message) => post(message),
    listen: (take) => {
      port.onmessage = (event) => {
        seal(event);
        take(read(event));
      };
    },
  };
}
