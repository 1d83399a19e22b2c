import AxeBuilder from '@axe-core/playwright'
import type { Page } from '@playwright/test'

/** Everything that axe finds on the page as it is now, of every rule and impact, with the elements that it is about. */
export async function violationsOf(page: Page): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page })
    // The page has no frames. Without the way through each of them, and without a record of what is well, this takes a fourth of the time.
    .setLegacyMode(true)
    .options({ resultTypes: ['violations'] })
    // Fluent's focus manager keeps hidden stops at the edges of what traps the focus; they hold nothing and pass it on at once.
    .exclude('[data-tabster-dummy]')
    .analyze()
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(' | ')}`)
}
