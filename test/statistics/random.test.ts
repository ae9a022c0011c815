import { describe, expect, it } from "vitest";
import { chiSquareUpperTail, seededRandom } from "../../lib/statistics/index";

const FIRST = [0.7827033482915134, 0.8381517510913734, 0.18082076783071643];

describe("seededRandom", () => {
  it("gives the same numbers for the same seed, on every machine", () => {
    const random = seededRandom(20150901);
    expect([random.next(), random.next(), random.next()]).toEqual(FIRST);
    const again = seededRandom(20150901);
    expect([again.next(), again.next(), again.next()]).toEqual(FIRST);
  });

  it("gives others for other seeds and streams", () => {
    const first = new Set<number>();
    for (let seed = 0; seed < 1000; seed++) first.add(seededRandom(seed).next());
    for (let stream = 1; stream < 1000; stream++) first.add(seededRandom(0, stream).next());
    for (let k = 1; k < 1000; k++) first.add(seededRandom(k * 2 ** 32).next());
    expect(first.size).toBe(2998);
  });

  it("draws whole numbers equally often", () => {
    const random = seededRandom(1);
    for (const sides of [2, 6, 37, 1000]) {
      const counts = new Array<number>(sides).fill(0);
      const draws = 200 * sides;
      for (let i = 0; i < draws; i++) counts[random.integer(sides)]++;
      const chiSquare = counts.reduce((sum, count) => sum + (count - 200) ** 2 / 200, 0);
      const p = chiSquareUpperTail(chiSquare, sides - 1);
      expect(p).toBeGreaterThan(0.001);
      expect(p).toBeLessThan(0.999);
    }
    expect(random.integer(1)).toBe(0);
  });

  it("draws whole numbers as Lemire has them, from 32 bits a draw, whatever the bound", () => {
    const whole = 2 ** 32;
    const bounds = [
      1,
      2,
      3,
      37,
      1000,
      2 ** 20 + 7,
      2 ** 21 - 1,
      2 ** 21,
      2 ** 21 + 1,
      3e6,
      2 ** 31 + 11,
      whole - 1,
      whole,
    ];
    for (const below of bounds) {
      const [found, bits] = [seededRandom(7), seededRandom(7)];
      for (let i = 0; i < 500; i++) {
        let product: bigint;
        do product = BigInt(bits.integer(whole)) * BigInt(below);
        while (product % BigInt(whole) < BigInt(whole) % BigInt(below));
        expect(found.integer(below)).toBe(Number(product / BigInt(whole)));
      }
    }
  });

  it("draws numbers in [0, 1) with mean 1/2 and normal ones with mean 0 and variance 1", () => {
    const random = seededRandom(2);
    const n = 100_000;
    let uniform = 0;
    let sum = 0;
    let squares = 0;
    for (let i = 0; i < n; i++) {
      const u = random.next();
      if (u < 0 || u >= 1) expect.fail(`${u} is outside [0, 1)`);
      uniform += u;
      const z = random.normal();
      sum += z;
      squares += z * z;
    }
    expect(Math.abs(uniform / n - 0.5)).toBeLessThan(4 / Math.sqrt(12 * n));
    expect(Math.abs(sum / n)).toBeLessThan(4 / Math.sqrt(n));
    expect(Math.abs(squares / n - 1)).toBeLessThan(4 * Math.sqrt(2 / n));
  });

  it("shuffles into each order equally often", () => {
    const random = seededRandom(3);
    const counts = new Map<string, number>();
    for (let i = 0; i < 6000; i++) {
      const items = ["a", "b", "c"];
      random.shuffle(items);
      counts.set(items.join(""), (counts.get(items.join("")) ?? 0) + 1);
    }
    expect(counts.size).toBe(6);
    for (const count of counts.values()) expect(Math.abs(count - 1000)).toBeLessThan(4 * Math.sqrt(1000));
  });

  it("refuses a seed that is not a whole number", () => {
    expect(() => seededRandom(1.5)).toThrow("seed is 1.5");
    expect(() => seededRandom(-1)).toThrow("seed is -1");
    expect(() => seededRandom(1, -1)).toThrow("stream is -1");
    expect(() => seededRandom(1).integer(0)).toThrow("below is 0");
  });
});
