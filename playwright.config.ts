import { defineConfig } from '@playwright/test'
import { findBrowser } from './scripts/setup/browser.mjs'

const isRoot = process.getuid?.() === 0

/** End-to-end tests in a real Chromium, through the browser mode, each in a fresh folder against a demo Exchange of its own. */
export default defineConfig({
  testDir: 'test/e2e',
  testMatch: '**/*.spec.ts',
  outputDir: 'test-results',
  // The pictures that are compared are those that docs/tour.md shows.
  snapshotPathTemplate: 'docs/tour/{arg}{ext}',
  // Each has servers and folders of its own, and spends half of its time waiting.
  workers: 2,
  retries: 0,
  forbidOnly: true,
  timeout: 60_000,
  expect: { timeout: 15_000 },
  reporter: 'list',
  use: {
    viewport: { width: 1280, height: 860 },
    locale: 'en-GB',
    // Recording costs a third of the time: a failure leaves a picture, and `--trace on` tells the rest.
    screenshot: 'only-on-failure',
    launchOptions: {
      ...executable(),
      args: [
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
        '--disable-quic',
        // Chromium's sandbox does not work as root.
        ...(isRoot ? ['--no-sandbox'] : []),
      ],
    },
  },
})

/** The machine's own browser; where there is none Playwright says what it misses. */
function executable(): { executablePath?: string } {
  const browser = findBrowser()
  return browser === null ? {} : { executablePath: browser }
}
