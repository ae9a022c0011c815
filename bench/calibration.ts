/** Seconds of a fixed loop: tells a slow machine, or a slow hour of one, from a slow program. */
export function calibration(): number {
  const started = performance.now();
  let sum = 0;
  for (let i = 0; i < 3e8; i++) sum += i % 7;
  return sum > 0 ? (performance.now() - started) / 1000 : 0;
}
