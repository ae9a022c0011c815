import type { Page } from "playwright-core";
import type { Output } from "../../../tools/notebooks/notebook";

/** Pages that run, as the checks use them. */

/** Waits until nothing runs on the page. */
export async function ended(page: Page, milliseconds = 180_000): Promise<void> {
  await page.locator(".live-bar:not([data-running])").waitFor({ timeout: milliseconds });
}

/** Outputs without pictures, which a page does not make. */
export function withoutPictures(outputs: readonly Output[]): Output[] {
  return outputs.map((output) => {
    if (!("data" in output)) return output;
    const { "image/png": _, ...data } = output.data;
    return { ...output, data };
  });
}

/** Writes a text in place of the code of a cell, as a reader does. */
export async function write(page: Page, number: number, text: string): Promise<void> {
  const box = page.getByRole("textbox", { name: `Cell ${number}`, exact: true });
  await box.focus();
  await page.locator(`[data-cell="${number}"] .cm-content`).waitFor();
  await page.keyboard.press("Control+a");
  await page.keyboard.insertText(text);
}
