/** Ten made-up rows, seven events, on which small models can be fitted. */
export const time = [4, 7, 9, 12, 15, 18, 20, 24, 30, 31];
export const event = [1, 1, 0, 1, 1, 1, 0, 1, 1, 0];
export const featured = [1, 0, 0, 1, 1, 0, 1, 0, 1, 0];
export const year = [1, 4, 2, 3, 6, 2, 5, 1, 3, 4];
