import { expect, test } from './fixtures.ts'
import { readDirectory } from './window.ts'

test.use({ peopleCount: 900 })

test('a scrollbar that is dragged past everybody says whose place it is at', async ({ page, app }) => {
  await app.open(page)
  await readDirectory(page, app)
  const grid = page.getByRole('grid')
  const seen = await grid.evaluate(async (element) => {
    const farthestPx = element.scrollHeight - element.clientHeight
    for (let frame = 0; ; frame += 1) {
      element.scrollTop = farthestPx * ((0.37 * frame) % 1)
      await new Promise(requestAnimationFrame)
      const label = document.querySelector('[data-flight-label]')
      if (label !== null) return label.textContent
    }
  })
  expect(seen).toMatch(/\p{L}/u)
  // Where it stops there are faces, and names of their own.
  await expect(page.locator('[data-flight-label]')).toHaveCount(0)
  await expect(grid.locator('[data-address] [data-picture]').first()).toBeVisible()
  // In flight lines stand as they come; they are read in their order.
  const isInOrder = () =>
    grid.locator('[role="row"]').evaluateAll((rows) => {
      const numbers = rows.map((row) => Number(row.ariaRowIndex))
      return numbers.join() === numbers.toSorted((a, b) => a - b).join()
    })
  await expect.poll(isInOrder).toBe(true)
})
