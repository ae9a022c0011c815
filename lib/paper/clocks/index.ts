/** paper/clocks */
export { type ClockedRow, type ClockedRows, type ClockOptions, clockedRows } from "./clocked-rows";
export {
  type Bound,
  type ChosenDays,
  type DateBounds,
  type DateBoundsOptions,
  dateBounds,
  type UncertainDay,
} from "./date-bounds";
export { listSpells, prisonerSpells, type Spell } from "./spell";
export { TIME_ZEROS, type TimeZero, type TimeZeroNote } from "./time-zero";
