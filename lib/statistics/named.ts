/** The same names with what a function makes of their values. */
export function mapValues<Value, Made>(
  named: Readonly<Record<string, Value>>,
  make: (value: Value) => Made,
): Record<string, Made> {
  return Object.fromEntries(Object.entries(named).map(([name, value]) => [name, make(value)]));
}
