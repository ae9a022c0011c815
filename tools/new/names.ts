/** Names that Windows keeps for devices, whatever their ending. */
const DEVICES = /^(con|prn|aux|nul|com\d|lpt\d)$/;

/**
 * Why a campaign cannot have a name, or null if it can. The name becomes a file, a folder and an identifier in a data
 * package, on any system.
 *
 * @example nameFault("My campaign") // "has capital letters; …"
 */
export function nameFault(name: string): string | null {
  if (name === "") return "is empty; a name such as my-campaign is needed";
  if (name.length > 50) return `has ${name.length} characters; at most 50 are allowed`;
  if (/[\\/]/.test(name) || name.startsWith(".")) {
    return "is a path; a name without folders is needed, and the files go to campaigns/";
  }
  if (/\s/.test(name)) return `has blanks; write ${suggestion(name)}`;
  if (/\p{Lu}/u.test(name)) return `has capital letters, which not every system tells apart; write ${suggestion(name)}`;
  if (!/^[a-z]/.test(name)) return "does not begin with a letter from a to z";
  if (!/^[a-z0-9-]+$/.test(name))
    return `has other characters than a to z, 0 to 9 and hyphens; write ${suggestion(name)}`;
  if (name.endsWith("-") || name.includes("--")) return "has a hyphen at its end, or two in a row";
  if (DEVICES.test(name)) return "is the name of a device on Windows";
  return null;
}

/** The name as it could be written, or an example where nothing is left of it. */
function suggestion(name: string): string {
  const plain = name
    .normalize("NFD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^[^a-z]+|-+$/g, "");
  return plain === "" ? "my-campaign" : plain.slice(0, 50);
}
