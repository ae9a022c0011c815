/** The signals by which a person, a terminal that closes or a service manager ends a program. */
export const endings = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

const lookEveryMs = 500;

/**
 * Calls `onGone` once when the process that started this one has ended. A signal to npm ends npm and the shell
 * below it, and does not come further: without this the server would run on with nobody in front of it.
 *
 * @returns a function that ends the watch
 */
export function watchParent(onGone: () => void): () => void {
  const parent = process.ppid;
  const timer = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(timer);
    onGone();
  }, lookEveryMs);
  timer.unref();
  return () => clearInterval(timer);
}
