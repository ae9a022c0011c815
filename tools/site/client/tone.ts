/** Tones for the level of a curve: nothing sounds, and no sound is asked for from the browser, before a reader wants it. */

let context: AudioContext | undefined;

/** Lowest tone, at level 0, and how many octaves higher level 1 is. */
const LOWEST = 220;
const OCTAVES = 2;
/** Seconds of a tone, and of a whole curve. */
const TONE = 0.25;
const CURVE = 4;
const LOUD = 0.12;
/** Curves sound different, too. */
const SHAPES: readonly OscillatorType[] = ["sine", "triangle", "square", "sawtooth"];

/** Frequency in hertz of a level between 0 and 1. */
export function frequencyOf(level: number): number {
  return LOWEST * 2 ** (OCTAVES * level);
}

/** A short tone for a level. */
export function curveTone(curve: number, level: number): void {
  sound(curve, TONE, (frequency, now) => frequency.setValueAtTime(frequencyOf(level), now));
}

/** The whole curve from left to right. */
export function playCurve(
  curve: number,
  points: readonly { readonly time: number; readonly survival: number }[],
): void {
  const end = points[points.length - 1].time;
  sound(curve, CURVE, (frequency, now) => {
    for (const { time, survival } of points)
      frequency.setValueAtTime(frequencyOf(survival), now + (end > 0 ? (time / end) * CURVE : 0));
  });
}

function sound(curve: number, seconds: number, pitch: (frequency: AudioParam, now: number) => void): void {
  context ??= new AudioContext();
  void context.resume();
  const now = context.currentTime;
  const oscillator = context.createOscillator();
  const gain = context.createGain();
  oscillator.type = SHAPES[curve % SHAPES.length];
  pitch(oscillator.frequency, now);
  // Without ramps a tone begins and ends with a click.
  gain.gain.setValueAtTime(0, now);
  gain.gain.linearRampToValueAtTime(LOUD, now + 0.02);
  gain.gain.setValueAtTime(LOUD, now + seconds - 0.05);
  gain.gain.linearRampToValueAtTime(0, now + seconds);
  oscillator.connect(gain).connect(context.destination);
  oscillator.start(now);
  oscillator.stop(now + seconds);
}
