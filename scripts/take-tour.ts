// The last part of `npm run screenshots`: takes the pictures of docs/tour.md anew, through the very tests that compare them.
import { spawnSync } from 'node:child_process'
import { readdir, readFile, writeFile } from 'node:fs/promises'
import { join, sep } from 'node:path'
import sharp from 'sharp'

const PROJECT_DIR = join(import.meta.dirname, '..')
const TOUR_DIR = join(PROJECT_DIR, 'docs', 'tour')
/** Few colours: the pictures are compared with a tolerance, and the repository stays small. Those without faces need fewer. */
const COLOURS = { shown: 64, compared: 16 }

/** Takes every picture of the tour, then makes the files small. */
export async function takeTour(): Promise<void> {
  const playwright = join(PROJECT_DIR, 'node_modules', '@playwright', 'test', 'cli.js')
  const ran = spawnSync(process.execPath, [playwright, 'test', 'test/e2e/tour', '--update-snapshots=all'], {
    cwd: PROJECT_DIR,
    stdio: 'inherit',
    env: { ...process.env, ROLLCALL_TEST_LONG: '1' },
  })
  if (ran.status !== 0) throw new Error('The pictures of the tour could not be taken.')
  await shrinkTour()
}

/** Reduces the colours of the tour's pictures. */
async function shrinkTour(): Promise<void> {
  let bytes = 0
  const names = (await readdir(TOUR_DIR, { recursive: true })).filter((name) => name.endsWith('.png'))
  for (const name of names) {
    const file = join(TOUR_DIR, name)
    const small = await sharp(await readFile(file))
      .png({ palette: true, colours: name.includes(sep) ? COLOURS.compared : COLOURS.shown, effort: 7, dither: 0 })
      .toBuffer()
    await writeFile(file, small)
    bytes += small.length
  }
  console.info(`docs/tour: ${names.length} pictures, ${Math.round(bytes / 1024)} KB`)
}
