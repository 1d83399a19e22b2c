import { join } from 'node:path'
import sharp from 'sharp'
import { expect, it } from 'vitest'

const RESOURCES = join(import.meta.dirname, '..', '..', '..', 'resources')

it('the icon’s PNG is its SVG, 512 px wide', async () => {
  const file = join(RESOURCES, 'icon.png')
  expect(await sharp(file).metadata()).toMatchObject({ format: 'png', width: 512, height: 512, hasAlpha: true })
  const [kept, drawn] = await Promise.all(
    [file, join(RESOURCES, 'icon.svg')].map((path) => sharp(path).resize(128, 128).ensureAlpha().raw().toBuffer()),
  )
  const difference = kept?.reduce((sum, value, at) => sum + Math.abs(value - (drawn?.[at] ?? 0)), 0) ?? Number.NaN
  // Few colours and another version's edges make a little difference; another drawing makes a large one.
  expect(difference / (128 * 128 * 4)).toBeLessThan(4)
})
