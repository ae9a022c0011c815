/** An inner door: what other rooms of lib/ need of this one and no notebook does. */
export { checkBundle } from "./check-bundle";
