// Made from the solutions' cells by `npm run exercises`: fingerprints of each exercise's solution, then of the
// mistakes that were foreseen, in the order of exercises.ts.
export const DIGESTS: Readonly<Record<string, readonly string[]>> = {
  "00-a": ["b86e3a1923b6f03c", "1a3636b7afd4876c", "1a3632b7afd480a0"],
  "00-b": ["abd3b9eaeaf5eeb3", "5fbe3a74a45dd49d"],
  "00-c": ["a71b691919e731c5", "a71b681919e73012", "a71b6a1919e73378"],
  "01-a": ["ca58f836ae2a8df6", "aecc56e59f809132", "c1a1e436a93700f4"],
  "01-b": ["2675ba01b81a51ae", "2675bb01b81a5361", "2675b501b81a492f"],
  "01-c": ["ad1559b1249d2a57", "81b87cb10c09de22", "014b97070ed91580"],
  "01-d": ["ce20e0e7c8635c8e", "8ebe57d37eb3cc80"],
  "02-a": ["a32c338dc2b9facb", "dffc327705065f82"],
  "02-b": ["ac932058ec290bf8", "f54ef339b039febd", "17961639c389c25a", "92a4cef2576bb2bb"],
  "02-c": ["1f78b44341a91651", "566033692351ec7b", "a3ce00de319290ed"],
  "03-a": ["0386814f7f817492", "b05cca933bb78c67", "293e1e174c7768ec"],
  "03-b": ["d0f28505144d6fec", "668fe37a28a529cd"],
  "03-c": ["4c59dc0a8c0ba662", "4c6e5c0a8c1d28ec", "e0650dda6d83fa95"],
  "08-a": ["34c81591bc893d62", "34e32591bca0204a", "34cb9b91bc8c56eb"],
  "08-b": ["56409578bb1a9101", "565b9c78bb31649e", "56409078bb1a8882"],
  "08-c": ["130ff7d0ff912f63", "6759a6266e435411", "502e6042e2a2fda0"],
  "08-d": ["14d325aabf414f31", "14c28caabf338b03", "9cc25d22f831f8a6"],
};
