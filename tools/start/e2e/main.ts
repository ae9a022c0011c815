import { thisMachine } from "../machine";
import { setUpNeeds } from "./set-up";

// The first half of `npm run test:e2e`: Jupyter, nbconvert, Chromium and R, or the command that brings them.
process.exitCode = (await setUpNeeds(thisMachine())) ? 0 : 1;
