import { defineConfig } from 'vitest/config'

const project = (name: string, timeoutMs: number) => ({
  test: { name, include: [`test/${name}/**/*.test.ts`], testTimeout: timeoutMs, hookTimeout: timeoutMs },
})

/** One project a folder of tests; end-to-end tests are Playwright's. */
export default defineConfig({
  test: {
    pool: 'forks',
    maxWorkers: 2,
    projects: [
      project('unit', 20_000),
      project('integration', 60_000),
      project('contract', 60_000),
      project('security', 60_000),
      project('architecture', 60_000),
    ],
  },
})
