/** An inner door: what other rooms of lib/ need of this one and no notebook does. */

export { LEAST_MONTHS } from "./urgent-actions/load-prisoners";
export { regionOf } from "./woman";
