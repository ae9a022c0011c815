/** Of a plot's height so much stays where a slide has less room; with less, its rows would run into each other. */
const LEAST = 0.76;

/** The height that a plot takes where there is `room`, both in its own pixels. */
export function squeezed(own: number, room: number): number {
  return Math.round(Math.min(own, Math.max(own * LEAST, room)));
}
