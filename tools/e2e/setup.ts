import { thisMachine } from "../start/machine";
import { setUpNeeds } from "./setup-needs";

// The first half of `npm run test:e2e`: Jupyter, nbconvert, Chromium and R, or the command that brings them.
process.exitCode = (await setUpNeeds(thisMachine())) ? 0 : 1;
