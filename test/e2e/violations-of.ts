import AxeBuilder from '@axe-core/playwright'
import type { Page } from '@playwright/test'

/** Everything that axe finds on the page as it is now, of whatever impact, with the element that it is about. */
export async function violationsOf(page: Page): Promise<string[]> {
  // Fluent's focus manager keeps hidden stops at the edges of what traps the focus; they hold nothing and pass it on at once.
  const { violations } = await new AxeBuilder({ page }).exclude('[data-tabster-dummy]').analyze()
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(' | ')}`)
}
