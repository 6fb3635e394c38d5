/** The browser that tests look at pages with: Debian's Chromium, driven by Playwright's core. */
import { existsSync } from "node:fs";
import { chromium, type Browser } from "playwright-core";

const candidates = [
  process.env["CHROMIUM"],
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome",
];

/** Its executable; `undefined` where this machine has none. */
export const browserPath = candidates.find((path) => path !== undefined && existsSync(path));

/** Tests that need a browser may be left out where there is none, but not where they are relied on. */
export const mayLackBrowser = process.env["CI"] === undefined || process.env["CI"] === "";

export async function launchBrowser(): Promise<Browser> {
  if (browserPath === undefined) {
    throw new Error(
      "No browser was found. Install chromium, or name one in the environment variable CHROMIUM.",
    );
  }
  const quiet = [
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
  ];
  return chromium.launch({ executablePath: browserPath, args: ["--no-sandbox", "--disable-gpu", ...quiet] });
}
