/** An inner door: what other rooms of lib/ need of this one and no notebook does. */
export { levelOf } from "./choices";
export { medianOf } from "./summary";
